import { z } from 'zod'
import { recording } from '../../events/recording.ts'
import type { Octokit } from '../github-app.ts'
import { actorFragment } from './actor.ts'
import { connectionOf, pageInfo } from './connection.ts'
import {
  Comments,
  commentFields,
  commentsTold,
  DiscussionComments,
  discussionCommentsTold,
  Replies,
  type Rest,
  Reviews,
  replyFields,
  reviewFields,
  reviewsTold,
  type Told,
} from './conversation.ts'
import { type Lane, laneOf, lanes } from './lanes.ts'
import { ask, type HistoryAnswer, type RateLimit } from './request.ts'
import { discussionCommentFields, together } from './threads.ts'

export interface Where {
  repositoryId: number
  owner: string
  name: string
}

export interface HistoryPage extends Told {
  /** where the next page begins; null: there is none */
  next: string | null
  /** when the oldest thing on it was made; null: nothing is on it */
  oldest: Date | null
  /** when the one that has rested longest last changed; null: nothing is on it */
  updatedTo: Date | null
  rateLimit: RateLimit | null
}

const rateLimit = 'rateLimit { cost limit remaining resetAt }'
/** Creation moves nothing while pages are read; update ends a reading where nothing has changed since. */
export type HistoryOrder = 'created' | 'updated'
const Made = z.looseObject({ createdAt: z.string(), updatedAt: z.string().optional() })

/** One page of a repository's history. One point, if GitHub can give the largest page. */
export async function historyPage(
  octokit: Octokit,
  { repositoryId, owner, name }: Where,
  request: { lane: Lane; after: string | null; size: number; order?: HistoryOrder },
): Promise<HistoryPage> {
  const { lane, after, size, order = 'created' } = request
  const { connection, arguments: given, fields, updatedField } = laneOf[lane]
  const field = order === 'updated' ? updatedField : 'CREATED_AT'
  const document = `query History($owner: String!, $name: String!, $after: String, $size: Int!) {
    ${rateLimit}
    repository(owner: $owner, name: $name) {
      page: ${connection}(first: $size, after: $after, orderBy: { field: ${field}, direction: DESC } ${given}) {
        ${pageInfo} nodes { ${fields} }
      }
    }
  }
  ${actorFragment}`
  const answer = await ask(octokit, document, { owner, name, after, size })
  return pageIn(answer, { lane, repositoryId })
}

/** GitHub does not show this lane to the App; the others may be open. */
export class LaneClosed extends Error {
  override readonly name = 'LaneClosed'
}

const Answer = z.object({
  repository: z.object({ page: connectionOf(z.unknown()).nullable() }).nullable(),
})

/**
 * The page that an answer holds, whole or in part.
 * @throws LaneClosed where it holds none, and what GitHub said where it holds no repository
 */
export function pageIn(
  { data, rateLimit, fault }: HistoryAnswer,
  { lane, repositoryId }: { lane: Lane; repositoryId: number },
): HistoryPage {
  const { repository } = Answer.parse(data)
  if (repository === null) throw fault ?? new Error('GitHub gave neither a page nor a reason')
  const { page } = repository
  if (page === null) throw new LaneClosed('GitHub does not show it to the App', { cause: fault })
  const nodes = page.nodes.map((node) => Made.parse(node))
  const made = nodes.map(({ createdAt }) => Date.parse(createdAt))
  const changed = nodes.map(({ createdAt, updatedAt }) => Date.parse(updatedAt ?? createdAt))
  return {
    ...together(page.nodes.map((node) => laneOf[lane].told(repositoryId, node))),
    next: page.next,
    oldest: made.length === 0 ? null : new Date(Math.min(...made)),
    updatedTo: changed.length === 0 ? null : new Date(Math.min(...changed)),
    rateLimit,
  }
}

/** So many conversations in one request still cost one point. */
export const mostRests = 25

const forRest: Record<Rest['of'], { type: string; connection: string; fields: string }> = {
  'pull_request.reviews': { type: 'PullRequest', connection: 'reviews', fields: reviewFields },
  'pull_request.comments': { type: 'PullRequest', connection: 'comments', fields: commentFields },
  'issue.comments': { type: 'Issue', connection: 'comments', fields: commentFields },
  'discussion.comments': {
    type: 'Discussion',
    connection: 'comments',
    fields: discussionCommentFields(),
  },
  'discussion.replies': { type: 'DiscussionComment', connection: 'replies', fields: replyFields },
}

/** The next `size` of each of these conversations; of one that is gone, nothing. */
export async function conversationRests(
  octokit: Octokit,
  repositoryId: number,
  { rests, size }: { rests: readonly Rest[]; size: number },
): Promise<Told & { rateLimit: RateLimit | null }> {
  const variables = rests.flatMap(({ node, cursor }, index) => [
    [`node${index}`, node],
    [`after${index}`, cursor],
  ])
  const parts = rests.map(({ of }, index) => {
    const { type, connection, fields } = forRest[of]
    return `part${index}: node(id: $node${index}) {
      ... on ${type} { page: ${connection}(first: ${size}, after: $after${index}) { ${fields} } }
    }`
  })
  const declared = rests.map((_, index) => `$node${index}: ID!, $after${index}: String`)
  const document = `query HistoryRest(${declared.join(', ')}) {
    ${rateLimit} ${parts.join('\n')}
  }
  ${actorFragment}`
  const { data, rateLimit: limit } = await ask(octokit, document, Object.fromEntries(variables))
  const told = rests.map((rest, index) => restTold(repositoryId, rest, data[`part${index}`]))
  return { ...together(told), rateLimit: limit }
}

const Part = z.looseObject({ page: z.unknown() }).nullish()

function restTold(repositoryId: number, { node, of, number }: Rest, part: unknown): Told {
  const page = Part.parse(part)?.page
  if (page == null) return { recording: recording({}), rest: [] }
  const place = { repositoryId, node, of, number }
  switch (of) {
    case 'pull_request.reviews':
      return reviewsTold(place, Reviews.parse(page))
    case 'discussion.comments':
      return discussionCommentsTold(place, DiscussionComments.parse(page))
    case 'discussion.replies':
      return commentsTold(place, Replies.parse(page), 'discussion_comment.created')
    default:
      return commentsTold(place, Comments.parse(page), 'issue_comment.created')
  }
}

export interface HistoryTotals {
  /** when the repository was made: before that there is nothing to know */
  createdAt: Date
  /** null where the App may not look */
  totals: Record<Lane, number | null>
  /** what reading all of it will cost at least, one point a page */
  points: number
  rateLimit: RateLimit | null
}

const Count = z.object({ totalCount: z.int() }).nullish()
const Totals = z.object({
  repository: z
    .object({
      createdAt: z.string(),
      pull_requests: Count,
      issues: Count,
      releases: Count,
      forks: Count,
      discussions: Count,
    })
    .nullable(),
})

/** How much history there is, for one point. */
export async function historyTotals(
  octokit: Octokit,
  { owner, name }: Where,
): Promise<HistoryTotals> {
  const counts = lanes.map((lane) => {
    const { connection, arguments: given } = laneOf[lane]
    return `${lane}: ${connection}(first: 1, ${given}) { totalCount }`
  })
  const document = `query HistoryTotals($owner: String!, $name: String!) {
    ${rateLimit} repository(owner: $owner, name: $name) { createdAt ${counts.join(' ')} }
  }`
  const answer = await ask(octokit, document, { owner, name })
  const { repository } = Totals.parse(answer.data)
  if (repository === null)
    throw answer.fault ?? new Error('GitHub gave neither totals nor a reason')
  const { createdAt, ...found } = repository
  const pagesOf = (lane: Lane) =>
    Math.ceil((found[lane]?.totalCount ?? 0) / laneOf[lane].largestPage)
  return {
    createdAt: new Date(createdAt),
    totals: {
      pull_requests: found.pull_requests?.totalCount ?? null,
      issues: found.issues?.totalCount ?? null,
      releases: found.releases?.totalCount ?? null,
      forks: found.forks?.totalCount ?? null,
      discussions: found.discussions?.totalCount ?? null,
    },
    points: lanes.reduce((sum, lane) => sum + Math.max(1, pagesOf(lane)), 1),
    rateLimit: answer.rateLimit,
  }
}
