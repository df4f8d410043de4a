import { z } from 'zod'
import { Comment, type CommentPlace, commentRecording } from '../../events/comment.ts'
import type { Recording } from '../../events/fact.ts'
import { Review, reviewRecording } from '../../events/pull-request-review.ts'
import { combined } from '../../events/recording.ts'
import { Actor } from './actor.ts'
import { connectionOf, FullId, pageInfo } from './connection.ts'

/** Connections below a thread, as documents name them. */
export const reviewFields = `${pageInfo} nodes { fullDatabaseId state submittedAt authorAssociation author { ...Actor } }`
export const commentFields = `${pageInfo} nodes { fullDatabaseId createdAt updatedAt authorAssociation author { ...Actor } }`
export const replyFields = `${pageInfo} nodes { databaseId createdAt updatedAt authorAssociation author { ...Actor } }`

const Said = z.object({
  authorAssociation: z.string().nullish(),
  author: Actor,
  createdAt: z.string(),
  updatedAt: z.string(),
})

/** What may be longer than the part of it that comes with a page. */
export const restKinds = [
  'pull_request.reviews',
  'pull_request.comments',
  'issue.comments',
  'discussion.comments',
  'discussion.replies',
] as const

/** What remains of a conversation: `cursor` null is its beginning. Kept in the database as it is. */
export const Rest = z.object({
  /** the node that it hangs on */
  node: z.string(),
  of: z.enum(restKinds),
  /** of the thread */
  number: z.int(),
  /** when the thread was opened: only what is younger than the youngest of these is known whole */
  madeAt: z.string(),
  cursor: z.string().nullable(),
})
export type Rest = z.output<typeof Rest>

const ReviewNode = z
  .object({
    fullDatabaseId: FullId,
    state: z.string(),
    submittedAt: z.string().nullish(),
    authorAssociation: z.string().nullish(),
    author: Actor,
  })
  .transform(({ fullDatabaseId: id, author: user, ...review }) =>
    Review.parse({
      id,
      user,
      author_association: review.authorAssociation,
      state: review.state,
      submitted_at: review.submittedAt,
    }),
  )
export const Reviews = connectionOf(ReviewNode).nullish()

function toComment(id: number, { author: user, ...said }: z.output<typeof Said>): Comment {
  return Comment.parse({
    id,
    user,
    author_association: said.authorAssociation,
    created_at: said.createdAt,
    updated_at: said.updatedAt,
  })
}

const CommentNode = Said.extend({ fullDatabaseId: FullId }).transform((node) =>
  toComment(node.fullDatabaseId, node),
)
export const Comments = connectionOf(CommentNode).nullish()

const ReplyNode = Said.extend({ databaseId: z.int() }).transform((node) =>
  toComment(node.databaseId, node),
)
export const Replies = connectionOf(ReplyNode).nullish()

const DiscussionCommentNode = Said.extend({
  id: z.string(),
  databaseId: z.int(),
  replies: Replies,
}).transform((node) => ({
  node: node.id,
  comment: toComment(node.databaseId, node),
  replies: node.replies,
}))
export const DiscussionComments = connectionOf(DiscussionCommentNode).nullish()

/** What a part of a conversation tells, and what is still to be asked for. */
export interface Told {
  recording: Recording
  rest: Rest[]
}

/** A connection that GitHub left out is asked for from its beginning. */
function restOf(from: Omit<Rest, 'cursor'>, page: { next: string | null } | null | undefined) {
  if (page == null) return [{ ...from, cursor: null }]
  return page.next === null ? [] : [{ ...from, cursor: page.next }]
}

export interface Place extends Omit<Rest, 'cursor'> {
  repositoryId: number
}

export function reviewsTold(place: Place, page: z.output<typeof Reviews>): Told {
  const { repositoryId, ...from } = place
  const where = { repositoryId, pullRequest: place.number }
  return {
    recording: combined((page?.nodes ?? []).map((review) => reviewRecording(where, review))),
    rest: restOf(from, page),
  }
}

export function commentsTold(
  place: Place,
  page: z.output<typeof Comments>,
  kind: CommentPlace['kind'],
): Told {
  const { repositoryId, ...from } = place
  const where = { kind, repositoryId, thread: place.number }
  return {
    recording: combined((page?.nodes ?? []).map((comment) => commentRecording(where, comment))),
    rest: restOf(from, page),
  }
}

/** Comments on a discussion, each with the replies below it. */
export function discussionCommentsTold(
  place: Place,
  page: z.output<typeof DiscussionComments>,
): Told {
  const { repositoryId, ...from } = place
  const kind = 'discussion_comment.created'
  const nodes = page?.nodes ?? []
  const where = { kind, repositoryId, thread: place.number } as const
  const said = nodes.map(({ comment }) => commentRecording(where, comment))
  const below = nodes.map(({ node, replies }) =>
    commentsTold({ ...place, node, of: 'discussion.replies' }, replies, kind),
  )
  return {
    recording: combined([...said, ...below.map(({ recording }) => recording)]),
    rest: [...restOf(from, page), ...below.flatMap(({ rest }) => rest)],
  }
}
