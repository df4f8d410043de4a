import { z } from 'zod'
import { Comment, commentRecording } from '../../events/comment.ts'
import type { Recording } from '../../events/fact.ts'
import { combined } from '../../events/recording.ts'
import type { GitHubClient } from '../client.ts'
import { asRead } from './as-read.ts'
import { restPage } from './rest-list.ts'

interface Where {
  repositoryId: number
  owner: string
  name: string
}

const list = 'pulls/comments'

/** The object says which pull request it is on by an address alone. */
const ReviewComment = Comment.extend({
  pull_request_url: z
    .string()
    .transform((url) => Number(/\/pulls\/(\d+)$/.exec(url)?.[1]))
    .pipe(z.int()),
})

export interface ReviewCommentsPage {
  recording: Recording
  /** as `after` of the next page; null: this was the last */
  next: string | null
  /** when the oldest of them was made; null: there is none */
  oldest: Date | null
}

/**
 * A hundred comments on single lines, the youngest first, for one request of
 * the REST API: below reviews, GraphQL would take 21 points for as many threads.
 * @param given `since`: only what was written or edited after it
 */
export async function reviewCommentsPage(
  octokit: GitHubClient,
  where: Where,
  given: { after: string | null; since: Date | null; readAt: Date },
): Promise<ReviewCommentsPage> {
  const { repositoryId } = where
  const query = given.after ?? firstQuery(given.since)
  const { data, next } = await restPage(octokit, where, { list, query })
  const comments = z.array(ReviewComment).parse(data)
  const kind = 'pull_request_review_comment.created'
  const told = comments.map(({ pull_request_url: thread, ...comment }) =>
    commentRecording({ kind, repositoryId, thread }, comment),
  )
  const made = comments.map(({ created_at }) => created_at.getTime())
  return {
    recording: asRead(combined(told), given.readAt),
    next,
    oldest: made.length === 0 ? null : new Date(Math.min(...made)),
  }
}

function firstQuery(since: Date | null): string {
  return new URLSearchParams({
    sort: 'created',
    direction: 'desc',
    per_page: '100',
    ...(since === null ? {} : { since: since.toISOString() }),
  }).toString()
}

/**
 * How many there are: the number of the last page, if one is on each. Null
 * where GitHub does not number them. Only an estimate hangs on it, so whatever
 * hinders it is left to whoever reads the list.
 */
export async function reviewCommentCount(
  octokit: GitHubClient,
  where: Where,
): Promise<number | null> {
  try {
    const { data, last, next } = await restPage(octokit, where, { list, query: 'per_page=1' })
    return next === null ? z.array(z.unknown()).parse(data).length : last
  } catch {
    return null
  }
}
