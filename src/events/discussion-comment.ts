import { Comment, commentEventRecording } from './comment.ts'
import { Discussion, discussionRecording } from './discussion.ts'
import type { Recording } from './fact.ts'
import { parsePayload } from './payload.ts'
import { combined } from './recording.ts'
import { Envelope, envelopeRecording } from './repository.ts'

const Payload = Envelope.extend({ discussion: Discussion, comment: Comment })

export function translateDiscussionComment(payload: unknown): Recording {
  const event = parsePayload('discussion_comment', Payload, payload)
  const { action, repository, discussion, comment } = event
  const place = {
    kind: 'discussion_comment.created',
    repositoryId: repository.id,
    thread: discussion.number,
  } as const
  return combined([
    envelopeRecording(event, comment.updated_at),
    discussionRecording(repository.id, discussion),
    commentEventRecording(action, place, comment),
  ])
}
