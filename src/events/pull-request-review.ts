import { z } from 'zod'
import { Author, accountStates, associationStates } from './account.ts'
import type { Fact, FactDetail, Recording } from './fact.ts'
import { Instant, parsePayload } from './payload.ts'
import { PullRequest, pullRequestRecording } from './pull-request.ts'
import { combined, recording } from './recording.ts'
import { Envelope, envelopeRecording } from './repository.ts'

/** A review object. Webhooks write its state small, the API in capitals. */
export const Review = z.object({
  id: z.int(),
  user: Author,
  author_association: z.string().nullish(),
  state: z.string().toLowerCase(),
  submitted_at: Instant.nullish(),
})
export type Review = z.output<typeof Review>

const verdicts: readonly NonNullable<FactDetail['verdict']>[] = [
  'approved',
  'changes_requested',
  'commented',
]

/**
 * A submitted review. A pending one is nobody's business yet, and a dismissed
 * one no longer says what its verdict was: neither gives a fact.
 * `pullRequest` is the number.
 */
export function reviewRecording(
  { repositoryId, pullRequest }: { repositoryId: number; pullRequest: number },
  review: Review,
): Recording {
  const { user: author, author_association: association, submitted_at: submittedAt } = review
  if (submittedAt == null) return recording({})
  const verdict = verdicts.find((known) => known === review.state)
  const fact: Fact = {
    kind: 'pull_request_review.submitted',
    repositoryId,
    key: String(review.id),
    occurredAt: submittedAt,
    accountId: author?.id ?? null,
    signature: null,
    thread: pullRequest,
    detail: verdict === undefined ? {} : { verdict },
  }
  return recording({
    facts: verdict === undefined ? [] : [fact],
    accounts: accountStates([author], submittedAt),
    associations: associationStates({ repositoryId, author, association, seenAt: submittedAt }),
  })
}

const Payload = Envelope.extend({ pull_request: PullRequest, review: Review })

export function translatePullRequestReview(payload: unknown): Recording {
  const event = parsePayload('pull_request_review', Payload, payload)
  const { repository, pull_request: pullRequest, review } = event
  return combined([
    envelopeRecording(event, pullRequest.updated_at),
    pullRequestRecording(repository.id, pullRequest),
    reviewRecording({ repositoryId: repository.id, pullRequest: pullRequest.number }, review),
  ])
}
