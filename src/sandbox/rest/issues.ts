import { z } from 'zod'
import { ApiError, invalid } from '../api-error.ts'
import type { Repository } from '../entities.ts'
import { labelsNamed } from '../labels.ts'
import { issuePayload, pullRequestPayload } from '../payloads.ts'
import { issueShape, labelShape } from '../shapes/issue.ts'
import { isPull } from '../shapes/pull-request.ts'
import { editThread, newThread, setOpen } from '../threads.ts'
import type { Call, Operation } from './operation.ts'
import { page, sorted, updatedSince } from './page.ts'

/** GitHub counts characters, and refuses longer bodies. */
const longestBody = 65_536

const Labels = z.array(z.union([z.string(), z.object({ name: z.string() })]))

const NewIssue = z.object({
  title: z.coerce.string().min(1),
  body: z.string().nullish(),
  labels: Labels.optional(),
})

const IssueChange = z.object({
  title: z.coerce.string().optional(),
  body: z.string().nullish(),
  state: z.enum(['open', 'closed']).optional(),
  state_reason: z.enum(['completed', 'not_planned', 'reopened']).nullish(),
  labels: Labels.optional(),
})

const NewLabel = z.object({
  name: z.string(),
  color: z.string().default('ededed'),
  description: z.string().nullish(),
})

export const issueOperations: Operation[] = [
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/issues',
    caller: 'repository',
    needs: { issues: 'read' },
    handle: listIssues,
  },
  {
    method: 'POST',
    path: '/repos/{owner}/{repo}/issues',
    caller: 'repository',
    needs: { issues: 'write' },
    handle: createIssue,
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/issues/{issue_number}',
    caller: 'repository',
    needs: { issues: 'read', pull_requests: 'read' },
    handle: ({ world, repository, thread }) => {
      if (!isPull(thread)) requireIssues(repository)
      return { status: 200, body: issueShape(world, repository, thread) }
    },
  },
  {
    method: 'PATCH',
    path: '/repos/{owner}/{repo}/issues/{issue_number}',
    caller: 'repository',
    needs: { issues: 'write', pull_requests: 'write' },
    handle: changeIssue,
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/labels',
    caller: 'repository',
    needs: { issues: 'read', pull_requests: 'read' },
    handle: (call) =>
      page(call, call.repository.labels, (label) => labelShape(call.world, call.repository, label)),
  },
  {
    method: 'POST',
    path: '/repos/{owner}/{repo}/labels',
    caller: 'repository',
    needs: { issues: 'write', pull_requests: 'write' },
    handle: (call) => {
      const { world, repository } = call
      const { name, color, description } = call.parsed(NewLabel)
      if (repository.labels.some((label) => label.name.toLowerCase() === name.toLowerCase())) {
        throw invalid('Label', 'name', 'already_exists')
      }
      const label = { id: world.nextId(), name, color, description: description ?? null }
      repository.labels.push(label)
      return { status: 201, body: labelShape(world, repository, label) }
    },
  },
]

/** @throws ApiError 422 for a body that is too long for GitHub */
export function checkBody(resource: string, body: string): void {
  if (Array.from(body).length > longestBody) {
    throw invalid(resource, 'body', `body is too long (maximum is ${longestBody} characters)`)
  }
}

/** @throws ApiError 410 where the repository has issues turned off */
function requireIssues({ hasIssues }: Repository): void {
  if (!hasIssues) throw new ApiError(410, 'Issues has been disabled in this repository.')
}

function listIssues(call: Call) {
  const { world, repository, query } = call
  const state = query.get('state') ?? 'open'
  const labels = query.get('labels')?.split(',') ?? []
  const creator = query.get('creator')?.toLowerCase()
  const found = [...repository.threads.values()].filter(
    (thread) =>
      (repository.hasIssues || isPull(thread)) &&
      (state === 'all' || thread.open === (state === 'open')) &&
      labels.every((name) => thread.labels.some((label) => label.name === name)) &&
      (creator === undefined || thread.author.login.toLowerCase() === creator),
  )
  return page(call, sorted(call, updatedSince(call, found)), (thread) =>
    issueShape(world, repository, thread),
  )
}

function createIssue(call: Call) {
  const { world, repository, services, author, byApp } = call
  requireIssues(repository)
  const { title, body, labels } = call.parsed(NewIssue)
  checkBody('Issue', body ?? '')
  const thread = newThread(world, repository, {
    title,
    body: body ?? null,
    author,
    byApp,
    labels: labelsNamed(world, repository, namesOf(labels)),
  })
  services.deliveries.announceLater(
    services.deliveries.make(
      'issues',
      { repository, sender: author },
      issuePayload(world, 'opened', { repository, thread }),
    ),
  )
  return { status: 201, body: issueShape(world, repository, thread) }
}

function changeIssue(call: Call) {
  const { world, repository, services, author, thread } = call
  if (!isPull(thread)) requireIssues(repository)
  const change = call.parsed(IssueChange)
  checkBody('Issue', change.body ?? '')
  const wasOpen = thread.open
  const changes = editThread(world, thread, change)
  if (change.labels) thread.labels = labelsNamed(world, repository, namesOf(change.labels))
  if (change.state) {
    setOpen(world, thread, {
      open: change.state === 'open',
      by: author,
      reason: change.state_reason ?? null,
    })
  }
  for (const action of actionsAfter(changes, { wasOpen, isOpen: thread.open })) {
    const at = { repository, sender: author }
    const delivery = isPull(thread)
      ? services.deliveries.make(
          'pull_request',
          at,
          pullRequestPayload(
            world,
            action,
            { repository, thread },
            action === 'edited' ? { changes } : {},
          ),
        )
      : services.deliveries.make(
          'issues',
          at,
          issuePayload(world, action, { repository, thread }, changes),
        )
    services.deliveries.announceLater(delivery)
  }
  return { status: 200, body: issueShape(world, repository, thread) }
}

function actionsAfter(
  changes: Record<string, unknown>,
  { wasOpen, isOpen }: { wasOpen: boolean; isOpen: boolean },
): string[] {
  return [
    ...(Object.keys(changes).length > 0 ? ['edited'] : []),
    ...(wasOpen && !isOpen ? ['closed'] : []),
    ...(!wasOpen && isOpen ? ['reopened'] : []),
  ]
}

function namesOf(labels: z.infer<typeof Labels> | undefined): string[] {
  return (labels ?? []).map((label) => (typeof label === 'string' ? label : label.name))
}
