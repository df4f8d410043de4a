import { z } from 'zod'
import { Author, accountStates, associationStates } from './account.ts'
import type { FactKind, Recording } from './fact.ts'
import { Instant } from './payload.ts'
import { recording } from './recording.ts'

/** A comment object: on an issue, a pull request, a diff, a discussion or a commit. */
export const Comment = z.object({
  id: z.int(),
  user: Author,
  author_association: z.string().nullish(),
  created_at: Instant,
  updated_at: Instant,
})
export type Comment = z.output<typeof Comment>

/** Where a comment stands, and as which kind of fact it counts. */
export interface CommentPlace {
  kind: FactKind
  repositoryId: number
  /** null for a comment on a commit */
  thread: number | null
}

export function commentRecording(place: CommentPlace, comment: Comment): Recording {
  const { repositoryId } = place
  const { id, user: author, author_association: association, updated_at: seenAt } = comment
  return recording({
    facts: [
      {
        ...place,
        key: String(id),
        occurredAt: comment.created_at,
        accountId: author?.id ?? null,
        signature: null,
        detail: {},
      },
    ],
    accounts: accountStates([author], seenAt),
    associations: associationStates({ repositoryId, author, association, seenAt }),
  })
}

/** The comment as it stands, or, deleted, that it never counts. An edited comment is the comment it was. */
export function commentEventRecording(
  action: string | undefined,
  place: CommentPlace,
  comment: Comment,
): Recording {
  const told = commentRecording(place, comment)
  if (action !== 'deleted') return told
  const { kind, repositoryId } = place
  return { ...told, facts: [], retractions: [{ kind, repositoryId, key: String(comment.id) }] }
}
