import type {
  Account,
  Comment,
  Discussion,
  DiscussionComment,
  Review,
  Thread,
} from '../entities.ts'

/** What a thread shows below its first text, in the order in which it happened. */
export type Entry = { at: Date } & (
  | {
      kind: 'comment'
      comment: Pick<Comment, 'id' | 'author' | 'body' | 'createdAt' | 'updatedAt' | 'reactions'>
      /** in a discussion: said in the thread of the comment above */
      isReply: boolean
    }
  | { kind: 'review'; review: Review }
  | { kind: 'merged'; by: Account; sha: string | null }
  | { kind: 'closed'; by: Account | null }
)

export function timelineOf({ comments, pull, closedAt, closedBy }: Thread): Entry[] {
  const entries: Entry[] = comments.map((comment) => ({
    at: comment.createdAt,
    kind: 'comment',
    comment,
    isReply: false,
  }))
  for (const review of pull?.reviews ?? []) {
    entries.push({ at: review.submittedAt, kind: 'review', review })
  }
  if (pull?.mergedAt && pull.mergedBy) {
    entries.push({ at: pull.mergedAt, kind: 'merged', by: pull.mergedBy, sha: pull.mergeSha })
  } else if (closedAt !== null) {
    entries.push({ at: closedAt, kind: 'closed', by: closedBy })
  }
  return entries.sort((a, b) => a.at.getTime() - b.at.getTime())
}

/** Each comment with the replies below it. */
export function discussionTimeline({ comments }: Discussion): Entry[] {
  const toEntry = (comment: DiscussionComment, isReply: boolean): Entry => ({
    at: comment.createdAt,
    kind: 'comment',
    comment: { ...comment, body: comment.deletedAt === null ? comment.body : deleted },
    isReply,
  })
  return comments.flatMap((comment) => [
    toEntry(comment, false),
    ...comment.replies.map((reply) => toEntry(reply, true)),
  ])
}

const deleted = '*This comment was deleted.*'

/** `open`, `merged`, … in the words of the badge beside a title. */
export function stateOf({ open, pull, stateReason }: Thread): string {
  if (pull?.mergedAt) return 'merged'
  if (open) return pull?.draft ? 'draft' : 'open'
  return pull === null && stateReason !== 'not_planned' ? 'done' : 'closed'
}

/** `done`: somebody said which answer it is. */
export function discussionStateOf({ answer }: Discussion): string {
  return answer === null ? 'open' : 'done'
}
