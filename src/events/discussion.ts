import { z } from 'zod'
import { Author } from './account.ts'
import { Comment } from './comment.ts'
import type { Fact, Recording, ThreadState } from './fact.ts'
import { Instant, parsePayload } from './payload.ts'
import { combined, recording } from './recording.ts'
import { Envelope, envelopeRecording } from './repository.ts'
import { goneRecording, momentKey, onceFact, threadRecording } from './thread.ts'

/** A discussion object. */
export const Discussion = z.object({
  number: z.int(),
  title: z.string(),
  state: z.string().nullish(),
  user: Author,
  author_association: z.string().nullish(),
  created_at: Instant,
  updated_at: Instant,
  closed_at: Instant.nullish(),
  answer_chosen_at: Instant.nullish(),
})
export type Discussion = z.output<typeof Discussion>

export function discussionRecording(repositoryId: number, discussion: Discussion): Recording {
  const state = discussionState(repositoryId, discussion)
  return threadRecording({
    state,
    author: discussion.user,
    association: discussion.author_association,
    facts: [onceFact('discussion.created', state, state.createdAt)],
  })
}

function discussionState(repositoryId: number, discussion: Discussion): ThreadState {
  return {
    repositoryId,
    number: discussion.number,
    type: 'discussion',
    updatedAt: discussion.updated_at,
    title: discussion.title,
    // a locked or converting discussion is not a closed one
    open: discussion.state !== 'closed',
    draft: false,
    createdAt: discussion.created_at,
    authorId: discussion.user?.id ?? null,
    closedAt: discussion.closed_at ?? null,
    mergedAt: null,
    mergeSha: null,
    headRepositoryId: null,
  }
}

const Payload = Envelope.extend({ discussion: Discussion, answer: Comment.nullish() })

export function translateDiscussion(payload: unknown): Recording {
  const event = parsePayload('discussion', Payload, payload)
  const { action, repository, discussion, answer } = event
  const told = discussionRecording(repository.id, discussion)
  const envelope = envelopeRecording(event, discussion.updated_at)
  if (action === 'deleted' || action === 'transferred') {
    return combined([envelope, goneRecording(told)])
  }
  const facts = action === 'answered' ? answeredFacts(repository.id, discussion, answer) : []
  return combined([envelope, told, recording({ facts })])
}

/** Only the event itself says who wrote the answer, and the answer's author is who gets the credit. */
export function answeredFacts(
  repositoryId: number,
  { number, answer_chosen_at: chosenAt }: Discussion,
  answer: Pick<Comment, 'user'> | null | undefined,
): Fact[] {
  if (chosenAt == null || answer == null) return []
  return [
    {
      kind: 'discussion.answered',
      repositoryId,
      key: momentKey(number, chosenAt),
      occurredAt: chosenAt,
      accountId: answer.user?.id ?? null,
      signature: null,
      thread: number,
      detail: {},
    },
  ]
}
