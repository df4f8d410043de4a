import { z } from 'zod'
import type { GitHubClient } from '../client.ts'
import type { Rest } from '../history/conversation.ts'
import { conversationRests, restsForOnePoint } from '../history/conversation-rests.ts'
import { rateLimitFields } from '../history/document.ts'
import { type Lane, laneOf, lanes } from '../history/lanes.ts'
import { historyPage, LaneClosed, type Where } from '../history/read-history.ts'
import { ask, type RateLimit, TooMuch } from '../history/request.ts'
import { reviewCommentsPage } from '../history/review-comments.ts'
import type { WindowPart, WindowReading } from './part.ts'

const Count = z.object({ totalCount: z.int() }).nullish()
const Totals = z.object({
  repository: z
    .object({
      changed: Count,
      pull_requests: Count,
      issues: Count,
      releases: Count,
      forks: Count,
      discussions: Count,
    })
    .nullable(),
})

/**
 * What `windowByGraphql` will cost, for one point. GitHub counts what changed
 * since an instant for issues alone: of all else as large a part is expected.
 * `left`: points of the hour; null where GitHub has no limit.
 */
export async function costByGraphql(
  client: GitHubClient,
  { owner, name }: Where,
  { since }: WindowReading,
): Promise<{ points: number; left: number | null }> {
  const counts = lanes.map((lane) => {
    const { connection, arguments: given } = laneOf[lane]
    return `${lane}: ${connection}(first: 1, ${given}) { totalCount }`
  })
  const document = `query WindowTotals($owner: String!, $name: String!, $since: DateTime!) {
    ${rateLimitFields}
    repository(owner: $owner, name: $name) {
      changed: issues(first: 1, filterBy: { since: $since }) { totalCount } ${counts.join(' ')}
    }
  }`
  const asked = { owner, name, since: since.toISOString() }
  const { data, rateLimit, fault } = await ask(client, document, asked)
  const { repository } = Totals.parse(data)
  if (repository === null) throw fault ?? new Error('GitHub gave neither totals nor a reason')
  const issues = repository.issues?.totalCount ?? 0
  const share = issues === 0 ? 1 : (repository.changed?.totalCount ?? 0) / issues
  const pages = lanes.map((lane) =>
    Math.max(
      1,
      Math.ceil(((repository[lane]?.totalCount ?? 0) * share) / laneOf[lane].largestPage),
    ),
  )
  return {
    points: pages.reduce((sum, each) => sum + each, 1),
    left: rateLimit?.remaining ?? null,
  }
}

/**
 * Everything that changed in a repository since an instant: by GraphQL, and
 * comments on single lines by the REST API. Each lane is read from what changed
 * last back to that instant; one that GitHub does not show is left out.
 */
export async function* windowByGraphql(
  client: GitHubClient,
  where: Where,
  reading: WindowReading,
): AsyncGenerator<WindowPart> {
  for (const lane of lanes) yield* laneSince(client, where, { lane, ...reading })
  yield* reviewCommentsSince(client, where, reading)
}

interface LaneReading extends WindowReading {
  lane: Lane
}

async function* laneSince(
  client: GitHubClient,
  where: Where,
  { lane, since, readAt }: LaneReading,
): AsyncGenerator<WindowPart> {
  let rests: Rest[] = []
  let after: string | null = null
  let size = laneOf[lane].largestPage
  for (;;) {
    try {
      const request = { lane, after, size, order: 'updated', readAt } as const
      const page = await historyPage(client, where, request)
      const isLast = page.next === null || page.updatedTo === null || page.updatedTo < since
      yield {
        lane,
        recording: page.recording,
        reachedTo: page.next === null ? null : page.updatedTo,
        ...costOf(page.rateLimit),
      }
      rests = [...rests, ...page.rest]
      if (isLast) break
      after = page.next
    } catch (error) {
      if (error instanceof LaneClosed) return
      if (!(error instanceof TooMuch) || size === 1) throw error
      size = Math.ceil(size / 2)
    }
  }
  yield* restsOf(client, where, { lane, rests, readAt })
}

/** The rest of conversations that are longer than what came with their thread. */
async function* restsOf(
  client: GitHubClient,
  { repositoryId }: Where,
  given: { lane: Lane; rests: Rest[]; readAt: Date },
): AsyncGenerator<WindowPart> {
  const { lane, readAt } = given
  let rests = given.rests
  let size = 100
  while (rests.length > 0) {
    const many = restsForOnePoint(rests)
    try {
      const asked = { rests: rests.slice(0, many), size, readAt }
      const { recording, rest, rateLimit } = await conversationRests(client, repositoryId, asked)
      yield { lane, recording, reachedTo: null, ...costOf(rateLimit) }
      rests = [...rest, ...rests.slice(many)]
    } catch (error) {
      if (!(error instanceof TooMuch) || size === 1) throw error
      size = Math.ceil(size / 2)
    }
  }
}

async function* reviewCommentsSince(
  client: GitHubClient,
  where: Where,
  { since, readAt }: WindowReading,
): AsyncGenerator<WindowPart> {
  let after: string | null = null
  do {
    const page = await reviewCommentsPage(client, where, { after, since, readAt })
    const { recording, oldest: reachedTo } = page
    yield { lane: 'review_comments', recording, reachedTo, points: 0, requests: 1 }
    after = page.next
  } while (after !== null)
}

function costOf(rateLimit: RateLimit | null): Pick<WindowPart, 'points' | 'requests'> {
  return { points: rateLimit?.cost ?? 1, requests: 1 }
}
