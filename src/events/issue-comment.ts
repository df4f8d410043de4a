import { Comment, commentEventRecording } from './comment.ts'
import type { Recording } from './fact.ts'
import { Issue, issueRecording } from './issues.ts'
import { parsePayload } from './payload.ts'
import { combined } from './recording.ts'
import { Envelope, envelopeRecording } from './repository.ts'

const Payload = Envelope.extend({ issue: Issue, comment: Comment })

export function translateIssueComment(payload: unknown): Recording {
  const event = parsePayload('issue_comment', Payload, payload)
  const { action, repository, issue, comment } = event
  const place = {
    kind: 'issue_comment.created',
    repositoryId: repository.id,
    thread: issue.number,
  } as const
  return combined([
    envelopeRecording(event, comment.updated_at),
    issueRecording(repository.id, issue),
    commentEventRecording(action, place, comment),
  ])
}
