import type { Deps } from '../src/deps.ts'
import type { Octokit } from '../src/github/github-app.ts'
import { laneOf, lanes, lanesRead } from '../src/github/history/lanes.ts'
import { historyTotals, notShown, type Where } from '../src/github/history/read-history.ts'
import { LimitReached } from '../src/github/limit-reached.ts'
import {
  type Backfill,
  beginBackfill,
  countCost,
  keepLane,
  keepReach,
  type LaneProgress,
} from '../src/store/backfills.ts'
import { readList } from './backfill-lists.ts'
import { coreLanes, nextList, nextReading, type Reading } from './backfill-next.ts'
import { type Cost, readConversations, readPages, type Step } from './backfill-pages.ts'

/** A page of the REST API. */
const restPageSize = 100

/** One request: what it gives is recorded together with where the next one begins. Null: all is read. */
export async function backfillStep(
  octokit: Octokit,
  where: Where,
  { backfill, deps }: { backfill: Backfill; deps: Pick<Deps, 'db' | 'now'> },
): Promise<Cost | null> {
  const { repositoryCreatedAt: createdAt, lanes: all } = backfill
  if (createdAt === null) return await begin(octokit, where, deps)
  const step: Step = { octokit, where, createdAt, all, ...deps }
  const next = nextReading(all, deps.now())
  if (next === null) return null
  try {
    return await read(next, step)
  } catch (error) {
    const list = nextList(all)
    if (!(error instanceof LimitReached) || next.kind === 'list' || list === null) throw error
    return await read(list, step)
  }
}

async function read(next: Reading, step: Step): Promise<Cost> {
  switch (next.kind) {
    case 'pages':
      return await readPages(step, next.lanes)
    case 'conversations':
      return await readConversations(step, next)
    case 'list':
      return await readList(step, next.lane)
  }
}

/** The totals: a lane of nothing is done, and one of the REST API shows by itself whether it is open. */
async function begin(
  octokit: Octokit,
  where: Where,
  { db, now }: Pick<Deps, 'db' | 'now'>,
): Promise<Cost> {
  const { createdAt, isPrivate, totals, rateLimit } = await historyTotals(octokit, where)
  const cost = { points: rateLimit?.cost ?? 1, requests: 2 }
  const { repositoryId } = where
  await db.transaction().execute(async (trx) => {
    await countCost(trx, repositoryId, cost)
    await beginBackfill(trx, repositoryId, { at: now(), repositoryCreatedAt: createdAt })
    for (const name of lanesRead({ isPrivate })) {
      const total = totals[name]
      const graphql = lanes.find((lane) => lane === name)
      const isClosed = total === null && graphql !== undefined
      const kept: LaneProgress = {
        lane: name,
        total,
        cursor: null,
        page_size: graphql === undefined ? restPageSize : laneOf[graphql].largestPage,
        good_pages: 0,
        pages_done: total === 0,
        rests: [],
        oldest_at: null,
        reached_to: total === 0 ? createdAt : null,
        finished_at: total === 0 || isClosed ? now() : null,
        failure: isClosed ? notShown : null,
      }
      await keepLane(trx, repositoryId, kept)
    }
    await keepReach(trx, repositoryId, coreLanes)
  })
  return cost
}
