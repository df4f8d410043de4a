import { z } from 'zod'
import { Author } from './account.ts'
import type { Fact, FactKind, Recording, ThreadState } from './fact.ts'
import { Instant, parsePayload } from './payload.ts'
import { combined, recording } from './recording.ts'
import { Envelope, envelopeRecording } from './repository.ts'
import { onceFact, repeatableFact, threadRecording } from './thread.ts'

/** A pull request object, from its own event or from those of its reviews. */
export const PullRequest = z.object({
  number: z.int(),
  title: z.string(),
  state: z.string(),
  draft: z.boolean().nullish(),
  user: Author,
  author_association: z.string().nullish(),
  created_at: Instant,
  updated_at: Instant,
  closed_at: Instant.nullish(),
  merged_at: Instant.nullish(),
  merge_commit_sha: z.string().nullish(),
  head: z.object({ repo: z.object({ id: z.int() }).nullish() }).nullish(),
})
export type PullRequest = z.output<typeof PullRequest>

/** Opened, merged or closed, and how it looks: the same from every payload that carries it. */
export function pullRequestRecording(repositoryId: number, pullRequest: PullRequest): Recording {
  const state = pullRequestState(repositoryId, pullRequest)
  return threadRecording({
    state,
    author: pullRequest.user,
    association: pullRequest.author_association,
    facts: pullRequestFacts(state),
  })
}

/** A merge is credited to the author: who pressed the button did not write the change. */
export function pullRequestFacts(state: ThreadState): Fact[] {
  const opened = onceFact('pull_request.opened', state, state.createdAt)
  if (state.mergedAt !== null) {
    return [opened, onceFact('pull_request.merged', state, state.mergedAt)]
  }
  return state.open || state.closedAt === null
    ? [opened]
    : [opened, repeatableFact('pull_request.closed', state, state.closedAt)]
}

function pullRequestState(repositoryId: number, pullRequest: PullRequest): ThreadState {
  const mergedAt = pullRequest.merged_at ?? null
  return {
    repositoryId,
    number: pullRequest.number,
    type: 'pull_request',
    updatedAt: pullRequest.updated_at,
    title: pullRequest.title,
    open: pullRequest.state === 'open',
    draft: pullRequest.draft ?? false,
    createdAt: pullRequest.created_at,
    authorId: pullRequest.user?.id ?? null,
    closedAt: pullRequest.closed_at ?? null,
    mergedAt,
    // before the merge this field holds a throw-away commit that GitHub makes to test mergeability
    mergeSha: mergedAt === null ? null : (pullRequest.merge_commit_sha ?? null),
    headRepositoryId: pullRequest.head?.repo?.id ?? null,
  }
}

const Payload = Envelope.extend({ pull_request: PullRequest })

/** Actions of which the object itself keeps no instant: it is the object's latest change. */
const momentKinds = new Map<string | undefined, FactKind>([
  ['ready_for_review', 'pull_request.ready_for_review'],
  ['reopened', 'pull_request.reopened'],
])

export function translatePullRequest(payload: unknown): Recording {
  const event = parsePayload('pull_request', Payload, payload)
  const { action, repository, pull_request: pullRequest } = event
  return combined([
    envelopeRecording(event, pullRequest.updated_at),
    pullRequestEventRecording(action, repository.id, pullRequest),
  ])
}

/** The pull request as it stands, with what the action says that the object does not. */
export function pullRequestEventRecording(
  action: string | undefined,
  repositoryId: number,
  pullRequest: PullRequest,
): Recording {
  const told = pullRequestRecording(repositoryId, pullRequest)
  const kind = momentKinds.get(action)
  if (kind === undefined) return told
  const state = pullRequestState(repositoryId, pullRequest)
  return combined([told, recording({ facts: [repeatableFact(kind, state, state.updatedAt)] })])
}
