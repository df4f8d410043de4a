import type { Deps } from '../src/deps.ts'
import type { Octokit } from '../src/github/github-app.ts'
import { Rest } from '../src/github/history/conversation.ts'
import { type Lane, laneOf, lanes } from '../src/github/history/lanes.ts'
import {
  conversationRests,
  type HistoryPage,
  historyPage,
  historyTotals,
  LaneClosed,
  mostRests,
  pageIn,
  type Where,
} from '../src/github/history/read-history.ts'
import { type RateLimit, TooMuch } from '../src/github/history/request.ts'
import {
  type Backfill,
  beginBackfill,
  countRequest,
  keepLane,
  keepReach,
  type LaneProgress,
} from '../src/store/backfills.ts'
import type { Database } from '../src/store/database.ts'
import { record } from '../src/store/record.ts'

/** Reports need both of these; how far back is known is how far both are. */
const coreLanes: readonly string[] = ['pull_requests', 'issues'] satisfies Lane[]
/** A page that was halved for GitHub's sake grows again after so many good ones. */
const goodPagesToGrow = 5
/** Long conversations are read many at once, but the months that are known do not wait for that. */
const longestGatherMs = 30 * 24 * 60 * 60_000

/** One request: what it gives is recorded together with where the next one begins. Null: all is read. */
export async function backfillStep(
  octokit: Octokit,
  where: Where,
  { backfill, deps }: { backfill: Backfill; deps: Pick<Deps, 'db' | 'now'> },
): Promise<{ rateLimit: RateLimit | null } | null> {
  if (backfill.repositoryCreatedAt === null) return await begin(octokit, where, deps)
  const lane = nextLane(backfill)
  if (lane === null) return null
  const step: Step = { octokit, where, lane, createdAt: backfill.repositoryCreatedAt, ...deps }
  try {
    return lane.reads_rests ? await readRests(step) : await readPage(step)
  } catch (error) {
    if (error instanceof LaneClosed) {
      await closeLane(deps, where, lane)
      return { rateLimit: null }
    }
    if (!(error instanceof TooMuch) || lane.page_size === 1) throw error
    await deps.db.transaction().execute(async (trx) => {
      await countRequest(trx, where.repositoryId, error.partial?.rateLimit?.cost ?? 1)
      const page_size = Math.ceil(lane.page_size / 2)
      await keepLane(trx, where.repositoryId, { ...lane, page_size, good_pages: 0 })
    })
    return { rateLimit: error.partial?.rateLimit ?? null }
  }
}

interface Step {
  octokit: Octokit
  where: Where
  lane: LaneProgress
  createdAt: Date
  db: Database
  now: () => Date
}

/** The totals: a lane of nothing is done. */
async function begin(octokit: Octokit, where: Where, { db, now }: Pick<Deps, 'db' | 'now'>) {
  const { createdAt, totals, rateLimit } = await historyTotals(octokit, where)
  await db.transaction().execute(async (trx) => {
    await countRequest(trx, where.repositoryId, rateLimit?.cost ?? 1)
    await beginBackfill(trx, where.repositoryId, { at: now(), repositoryCreatedAt: createdAt })
    const kept: LaneProgress[] = lanes.map((lane) => ({
      lane,
      total: totals[lane],
      cursor: null,
      page_size: laneOf[lane].largestPage,
      good_pages: 0,
      pages_done: totals[lane] === 0,
      rests: [],
      reads_rests: false,
      oldest_at: null,
      reached_to: totals[lane] === 0 ? createdAt : null,
      finished_at: totals[lane] === 0 || totals[lane] === null ? now() : null,
      failure: totals[lane] === null ? notShown : null,
    }))
    for (const lane of kept) await keepLane(trx, where.repositoryId, lane)
    await keepReach(trx, where.repositoryId, coreLanes)
  })
  return { rateLimit }
}

const notShown = 'GitHub does not show it to the App'

async function closeLane({ db, now }: Pick<Deps, 'db' | 'now'>, where: Where, lane: LaneProgress) {
  await db.transaction().execute(async (trx) => {
    await countRequest(trx, where.repositoryId, 1)
    await keepLane(trx, where.repositoryId, { ...lane, finished_at: now(), failure: notShown })
  })
}

/** Of the two that reports need, the one that is behind; then the others in their order. */
function nextLane({ lanes: all }: Backfill): LaneProgress | null {
  const open = lanes.flatMap((name) =>
    all.filter(({ lane, finished_at }) => lane === name && finished_at === null),
  )
  const reach = ({ oldest_at }: LaneProgress) => oldest_at?.getTime() ?? Number.POSITIVE_INFINITY
  const core = open.filter(({ lane }) => coreLanes.includes(lane))
  return core.toSorted((a, b) => reach(b) - reach(a) || 0)[0] ?? open[0] ?? null
}

async function readPage(step: Step): Promise<{ rateLimit: RateLimit | null }> {
  const { octokit, where, lane, db, now } = step
  const name = lane.lane as Lane // as: written by `begin`
  const page = await pageOf(octokit, where, { name, lane })
  const rateLimit = page.rateLimit
  await db.transaction().execute(async (trx) => {
    await countRequest(trx, where.repositoryId, rateLimit?.cost ?? 1)
    await record(trx, page.recording)
    const rests = [...lane.rests, ...page.rest]
    const pages_done = page.next === null
    const oldest_at = page.oldest ?? lane.oldest_at
    const knownTo = lane.reached_to ?? now()
    const gathered = knownTo.getTime() - (oldest_at ?? knownTo).getTime()
    await advance(trx, step, {
      ...grown(lane, laneOf[name].largestPage),
      cursor: page.next,
      pages_done,
      rests,
      reads_rests:
        rests.length > 0 &&
        (pages_done || rests.length >= mostRests || gathered >= longestGatherMs),
      oldest_at,
    })
  })
  return { rateLimit }
}

/** At the smallest size, what GitHub gives in part has to do: one monstrous thing must not hold up all before it. */
async function pageOf(
  octokit: Octokit,
  where: Where,
  { name, lane }: { name: Lane; lane: LaneProgress },
): Promise<HistoryPage> {
  const { cursor: after, page_size: size } = lane
  try {
    return await historyPage(octokit, where, { lane: name, after, size })
  } catch (error) {
    if (!(error instanceof TooMuch) || error.partial === null || size > 1) throw error
    try {
      return pageIn(error.partial, { lane: name, repositoryId: where.repositoryId })
    } catch {
      throw error
    }
  }
}

async function readRests(step: Step): Promise<{ rateLimit: RateLimit | null }> {
  const { octokit, where, lane, db } = step
  const all = Rest.array().parse(lane.rests)
  const many = Math.min(mostRests, lane.page_size)
  const size = Math.min(100, lane.page_size * 4)
  const asked = { rests: all.slice(0, many), size }
  const told = await conversationRests(octokit, where.repositoryId, asked)
  await db.transaction().execute(async (trx) => {
    await countRequest(trx, where.repositoryId, told.rateLimit?.cost ?? 1)
    await record(trx, told.recording)
    const rests = [...told.rest, ...all.slice(many)]
    await advance(trx, step, {
      ...grown(lane, laneOf[lane.lane as Lane].largestPage), // as: written by `begin`
      rests,
      reads_rests: rests.length > 0,
    })
  })
  return { rateLimit: told.rateLimit }
}

function grown(lane: LaneProgress, largestPage: number): LaneProgress {
  const good_pages = lane.good_pages + 1
  if (lane.page_size >= largestPage || good_pages < goodPagesToGrow) return { ...lane, good_pages }
  return { ...lane, page_size: Math.min(largestPage, lane.page_size * 2), good_pages: 0 }
}

/** A page counts as reached once the conversations on it are read, too. */
async function advance(db: Database, { where, createdAt, now }: Step, lane: LaneProgress) {
  const isRead = lane.rests.length === 0
  const isDone = isRead && lane.pages_done
  const oldest = lane.oldest_at
  const beginning = oldest !== null && oldest < createdAt ? oldest : createdAt
  const kept = {
    ...lane,
    reached_to: isDone ? beginning : isRead ? oldest : lane.reached_to,
    finished_at: isDone ? now() : null,
  }
  await keepLane(db, where.repositoryId, kept)
  if (coreLanes.includes(lane.lane)) await keepReach(db, where.repositoryId, coreLanes)
}
