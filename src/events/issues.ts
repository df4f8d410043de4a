import { z } from 'zod'
import { Author } from './account.ts'
import type { Fact, Recording, ThreadState } from './fact.ts'
import { Instant, parsePayload } from './payload.ts'
import { pullRequestFacts } from './pull-request.ts'
import { combined, recording } from './recording.ts'
import { Envelope, envelopeRecording } from './repository.ts'
import { goneRecording, onceFact, repeatableFact, threadRecording } from './thread.ts'

/** An issue object. With `pull_request` it is a pull request: its `id` is another, its number the same. */
export const Issue = z.object({
  number: z.int(),
  title: z.string(),
  /** some payloads leave it out */
  state: z.string().nullish(),
  draft: z.boolean().nullish(),
  user: Author,
  author_association: z.string().nullish(),
  created_at: Instant,
  updated_at: Instant,
  closed_at: Instant.nullish(),
  pull_request: z.object({ merged_at: Instant.nullish() }).nullish(),
})
export type Issue = z.output<typeof Issue>

/** Opened or closed, and how it looks: the same from every payload that carries it. */
export function issueRecording(repositoryId: number, issue: Issue): Recording {
  const state = issueState(repositoryId, issue)
  return threadRecording({
    state,
    author: issue.user,
    association: issue.author_association,
    facts: issue.pull_request == null ? issueFacts(state) : factsOfPullRequest(issue, state),
  })
}

function issueFacts(state: ThreadState): Fact[] {
  const opened = onceFact('issues.opened', state, state.createdAt)
  return state.open || state.closedAt === null
    ? [opened]
    : [opened, repeatableFact('issues.closed', state, state.closedAt)]
}

/** Older servers leave `merged_at` out: then a closed pull request may have been merged, and nothing is said. */
function factsOfPullRequest(issue: Issue, state: ThreadState): Fact[] {
  const saysWhetherMerged = issue.pull_request?.merged_at !== undefined
  return pullRequestFacts(saysWhetherMerged ? state : { ...state, closedAt: null })
}

function issueState(repositoryId: number, issue: Issue): ThreadState {
  return {
    repositoryId,
    number: issue.number,
    type: issue.pull_request == null ? 'issue' : 'pull_request',
    updatedAt: issue.updated_at,
    title: issue.title,
    open: issue.state == null ? issue.closed_at == null : issue.state === 'open',
    draft: issue.draft ?? false,
    createdAt: issue.created_at,
    authorId: issue.user?.id ?? null,
    closedAt: issue.closed_at ?? null,
    mergedAt: issue.pull_request?.merged_at ?? null,
    mergeSha: null,
    headRepositoryId: null,
  }
}

const Payload = Envelope.extend({ issue: Issue })

export function translateIssues(payload: unknown): Recording {
  const event = parsePayload('issues', Payload, payload)
  const { action, repository, issue } = event
  return combined([
    envelopeRecording(event, issue.updated_at),
    issueEventRecording(action, repository.id, issue),
  ])
}

/** The issue as it stands, with what the action says that the object does not; or, deleted, that it never counts. */
export function issueEventRecording(
  action: string | undefined,
  repositoryId: number,
  issue: Issue,
): Recording {
  const told = issueRecording(repositoryId, issue)
  if (action === 'deleted' || action === 'transferred') return goneRecording(told)
  if (action !== 'reopened') return told
  const state = issueState(repositoryId, issue)
  const facts = [repeatableFact('issues.reopened', state, state.updatedAt)]
  return combined([told, recording({ facts })])
}
