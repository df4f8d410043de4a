import { z } from 'zod'
import type { GitHubClient } from '../client.ts'
import { actorFragment } from './actor.ts'
import { asRead } from './as-read.ts'
import { connectionOf, pageInfo } from './connection.ts'
import type { Told } from './conversation.ts'
import { mostFetches, rateLimitFields } from './document.ts'
import { type HistoryLane, type Lane, laneOf, lanes } from './lanes.ts'
import { ask, type HistoryAnswer, type RateLimit } from './request.ts'
import { reviewCommentCount } from './review-comments.ts'
import { together } from './threads.ts'

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
}

/** Creation moves nothing while pages are read; update ends a reading where nothing has changed since. */
export type HistoryOrder = 'created' | 'updated'

export interface PageRequest {
  lane: Lane
  /** null: from the newest on */
  after: string | null
  size: number
}

interface Reading {
  order?: HistoryOrder
  /** what pages tell of accounts is what they are now */
  readAt: Date
}

/** Connections that GitHub has to fetch for a page. */
const fetchesFor = ({ lane, size }: Pick<PageRequest, 'lane' | 'size'>) =>
  1 + size * laneOf[lane].nested

/** Whether one request can bring all these pages for one point. */
export function costOnePoint(pages: readonly Pick<PageRequest, 'lane' | 'size'>[]): boolean {
  return pages.reduce((sum, page) => sum + fetchesFor(page), 0) <= mostFetches
}

/**
 * A page of each of these lanes, in one request; in place of a page that GitHub
 * does not show, why.
 * @throws what GitHub said where it shows no repository
 */
export async function historyPages(
  octokit: GitHubClient,
  { repositoryId, owner, name }: Where,
  { pages, order = 'created', readAt }: Reading & { pages: readonly PageRequest[] },
): Promise<{ pages: (HistoryPage | LaneClosed)[]; rateLimit: RateLimit | null }> {
  const declared = pages.map((_, index) => `$after${index}: String, $size${index}: Int!`)
  const parts = pages.map(({ lane }, index) => {
    const { connection, arguments: given, fields, updatedField } = laneOf[lane]
    const field = order === 'updated' ? updatedField : 'CREATED_AT'
    return `page${index}: ${connection}(first: $size${index}, after: $after${index}, orderBy: { field: ${field}, direction: DESC } ${given}) {
      ${pageInfo} nodes { ${fields} }
    }`
  })
  const title = pages.map(({ lane }) => lane).join('_and_')
  const document = `query History_${title}($owner: String!, $name: String!, ${declared.join(', ')}) {
    ${rateLimitFields} repository(owner: $owner, name: $name) { ${parts.join('\n')} }
  }
  ${actorFragment}`
  const variables = pages.flatMap(({ after, size }, index) => [
    [`after${index}`, after],
    [`size${index}`, size],
  ])
  const asked = { owner, name, ...Object.fromEntries(variables) }
  const answer = await ask(octokit, document, asked)
  const names = pages.map(({ lane }) => lane)
  return {
    pages: pagesIn(answer, { lanes: names, repositoryId, readAt }),
    rateLimit: answer.rateLimit,
  }
}

/**
 * One page of a repository's history. One point, if GitHub can give the largest page.
 * @throws LaneClosed where GitHub does not show it to the App
 */
export async function historyPage(
  octokit: GitHubClient,
  where: Where,
  { order, readAt, ...page }: PageRequest & Reading,
): Promise<HistoryPage & { rateLimit: RateLimit | null }> {
  const reading = { pages: [page], readAt, ...(order === undefined ? {} : { order }) }
  const { pages, rateLimit } = await historyPages(octokit, where, reading)
  const [only] = pages
  if (only === undefined || only instanceof LaneClosed) throw only
  return { ...only, rateLimit }
}

/** This lane of a history cannot be read, and the others may be: the message says why. */
export class LaneClosed extends Error {
  override readonly name = 'LaneClosed'
}

export const notShown = 'GitHub does not show it to the App'

const Answer = z.object({ repository: z.record(z.string(), z.unknown()).nullable() })
const Page = connectionOf(z.unknown())

/**
 * The pages that an answer holds, whole or in part.
 * @throws what GitHub said where it holds no repository
 */
export function pagesIn(
  { data, fault }: HistoryAnswer,
  { lanes, ...at }: { lanes: readonly Lane[]; repositoryId: number; readAt: Date },
): (HistoryPage | LaneClosed)[] {
  const { repository } = Answer.parse(data)
  if (repository === null) throw fault ?? new Error('GitHub gave neither a page nor a reason')
  return lanes.map((lane, index) => {
    const page = repository[`page${index}`]
    return page == null
      ? new LaneClosed(notShown, { cause: fault })
      : pageTold(page, { lane, ...at })
  })
}

const Made = z.looseObject({ createdAt: z.string(), updatedAt: z.string().optional() })

/** What one page of a lane tells, as GraphQL gave it. */
export function pageTold(
  connection: unknown,
  { lane, repositoryId, readAt }: { lane: Lane; repositoryId: number; readAt: Date },
): HistoryPage {
  const page = Page.parse(connection)
  const nodes = page.nodes.map((node) => Made.parse(node))
  const made = nodes.map(({ createdAt }) => Date.parse(createdAt))
  const changed = nodes.map(({ createdAt, updatedAt }) => Date.parse(updatedAt ?? createdAt))
  const told = together(page.nodes.map((node) => laneOf[lane].told(repositoryId, node)))
  return {
    recording: asRead(told.recording, readAt),
    rest: told.rest,
    next: page.next,
    oldest: made.length === 0 ? null : new Date(Math.min(...made)),
    updatedTo: changed.length === 0 ? null : new Date(Math.min(...changed)),
  }
}

export interface HistoryTotals {
  /** when the repository was made: before that there is nothing to know */
  createdAt: Date
  isPrivate: boolean
  /** null where the App may not look, or GitHub does not tell */
  totals: Record<HistoryLane, number | null>
  rateLimit: RateLimit | null
}

const Count = z.object({ totalCount: z.int() }).nullish()
const Totals = z.object({
  repository: z
    .object({
      createdAt: z.string(),
      isPrivate: z.boolean(),
      stargazerCount: z.int(),
      pull_requests: Count,
      issues: Count,
      releases: Count,
      forks: Count,
      discussions: Count,
    })
    .nullable(),
})

/** How much history there is, for one point and one request of the REST API. */
export async function historyTotals(octokit: GitHubClient, where: Where): Promise<HistoryTotals> {
  const { owner, name } = where
  const counts = lanes.map((lane) => {
    const { connection, arguments: given } = laneOf[lane]
    return `${lane}: ${connection}(first: 1, ${given}) { totalCount }`
  })
  const document = `query HistoryTotals($owner: String!, $name: String!) {
    ${rateLimitFields}
    repository(owner: $owner, name: $name) { createdAt isPrivate stargazerCount ${counts.join(' ')} }
  }`
  const answer = await ask(octokit, document, { owner, name })
  const { repository } = Totals.parse(answer.data)
  if (repository === null)
    throw answer.fault ?? new Error('GitHub gave neither totals nor a reason')
  const { createdAt, isPrivate, stargazerCount, ...found } = repository
  return {
    createdAt: new Date(createdAt),
    isPrivate,
    totals: {
      pull_requests: found.pull_requests?.totalCount ?? null,
      issues: found.issues?.totalCount ?? null,
      releases: found.releases?.totalCount ?? null,
      forks: found.forks?.totalCount ?? null,
      discussions: found.discussions?.totalCount ?? null,
      review_comments: await reviewCommentCount(octokit, where),
      stars: stargazerCount,
    },
    rateLimit: answer.rateLimit,
  }
}
