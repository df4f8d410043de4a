import { Comment, commentEventRecording } from './comment.ts'
import type { Recording } from './fact.ts'
import { parsePayload } from './payload.ts'
import { PullRequest, pullRequestRecording } from './pull-request.ts'
import { combined } from './recording.ts'
import { Envelope, envelopeRecording } from './repository.ts'

const Payload = Envelope.extend({ pull_request: PullRequest, comment: Comment })

export function translatePullRequestReviewComment(payload: unknown): Recording {
  const event = parsePayload('pull_request_review_comment', Payload, payload)
  const { action, repository, pull_request: pullRequest, comment } = event
  const place = {
    kind: 'pull_request_review_comment.created',
    repositoryId: repository.id,
    thread: pullRequest.number,
  } as const
  return combined([
    envelopeRecording(event, comment.updated_at),
    pullRequestRecording(repository.id, pullRequest),
    commentEventRecording(action, place, comment),
  ])
}
