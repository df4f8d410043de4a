import { Comment, commentEventRecording } from './comment.ts'
import type { Recording } from './fact.ts'
import { parsePayload } from './payload.ts'
import { combined } from './recording.ts'
import { Envelope, envelopeRecording } from './repository.ts'

const Payload = Envelope.extend({ comment: Comment })

export function translateCommitComment(payload: unknown): Recording {
  const event = parsePayload('commit_comment', Payload, payload)
  const { action, repository, comment } = event
  const place = {
    kind: 'commit_comment.created',
    repositoryId: repository.id,
    thread: null,
  } as const
  return combined([
    envelopeRecording(event, comment.updated_at),
    commentEventRecording(action, place, comment),
  ])
}
