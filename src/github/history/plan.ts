import { mostRests } from './conversation-rests.ts'
import { type HistoryLane, type Lane, laneOf, lanes, lanesRead } from './lanes.ts'
import { weeksAPage } from './star-history.ts'

export interface PlannedLane {
  lane: HistoryLane
  /** null where GitHub does not tell */
  total: number | null
  /** null where the total is */
  pages: number | null
}

/** What reading a history will cost, before it is read. */
export interface Plan {
  /** in the order in which they are read */
  lanes: PlannedLane[]
  /** of GraphQL, of which GitHub gives an installation 5,000 an hour or more */
  points: number
  /** of the REST API, of which it gives as many; the least that it can be where a total is unknown */
  requests: number
}

/** Conversations that are longer than what comes with their page, as counted in large projects. */
const longShare: Partial<Record<Lane, number>> = { pull_requests: 0.04, issues: 0.08 }
const reviewCommentsAPage = 100
const weekMs = 7 * 24 * 60 * 60_000

/** The two requests that told the totals. */
const totals = { points: 1, requests: 1 }

/**
 * Works out from the totals what a backfill costs: about, since how long
 * conversations are shows only when they are read.
 * @param known `createdAt`: of the repository; a total that is null or missing is unknown;
 * `isPrivate`: see `lanesRead`
 */
export function planOf(
  known: {
    createdAt: Date
    isPrivate: boolean
    totals: Readonly<Partial<Record<HistoryLane, number | null>>>
  },
  at: Date,
): Plan {
  const total = (lane: HistoryLane) => known.totals[lane] ?? null
  const weeks = Math.ceil((at.getTime() - known.createdAt.getTime()) / weekMs)
  const planned = lanesRead(known).map((lane): PlannedLane => {
    const things = total(lane)
    return { lane, total: things, pages: things === null ? null : pagesOf(lane, things, weeks) }
  })
  const pages = (lane: HistoryLane) => planned.find((one) => one.lane === lane)?.pages ?? 0
  const core = pages('pull_requests') + pages('issues')
  // Each page of these two takes one of the others along.
  const alone = Math.max(0, pages('releases') + pages('forks') - core)
  const long = lanes.reduce((sum, lane) => sum + (longShare[lane] ?? 0) * (total(lane) ?? 0), 0)
  return {
    lanes: planned,
    points: totals.points + core + alone + pages('discussions') + Math.ceil(long / mostRests),
    requests: totals.requests + pages('review_comments') + pages('stars'),
  }
}

function pagesOf(lane: HistoryLane, things: number, weeks: number): number {
  if (lane === 'review_comments') return Math.ceil(things / reviewCommentsAPage)
  if (lane === 'stars') return things === 0 ? 0 : Math.ceil(weeks / weeksAPage)
  return Math.ceil(things / laneOf[lane].largestPage)
}
