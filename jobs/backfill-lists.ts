import { combined } from '../src/events/recording.ts'
import { failureOf } from '../src/github/failure.ts'
import type { RestLane } from '../src/github/history/lanes.ts'
import { LaneClosed } from '../src/github/history/read-history.ts'
import { reviewCommentsPage } from '../src/github/history/review-comments.ts'
import { starHistory } from '../src/github/history/star-history.ts'
import { countCost, keepLane, type LaneProgress } from '../src/store/backfills.ts'
import { keepStarCounts } from '../src/store/star-counts.ts'
import { type OpenLane, reached } from './backfill-next.ts'
import { type Cost, keepStep, type Step } from './backfill-pages.ts'

/**
 * A page of what the REST API gives. A lane that GitHub refuses is closed: to
 * an older GitHub Enterprise Server one of them is unknown.
 */
export async function readList(step: Step, { name, progress }: OpenLane<RestLane>): Promise<Cost> {
  try {
    return name === 'stars' ? await readStars(step, progress) : await readComments(step, progress)
  } catch (error) {
    const reason = refusalIn(error, step.now())
    if (reason === null) throw error
    return await keepStep(step, {
      cost: { points: 0, requests: 1 },
      recording: combined([]),
      kept: [{ ...progress, finished_at: step.now(), failure: reason }],
    })
  }
}

/** Null: it is worth another try. */
function refusalIn(error: unknown, at: Date): string | null {
  if (error instanceof LaneClosed) return error.message
  const { kind, ...failure } = failureOf(error, at)
  return kind === 'gone' || kind === 'refused' ? failure.reason : null
}

async function readComments(step: Step, progress: LaneProgress): Promise<Cost> {
  const { octokit, where, createdAt, now } = step
  const at = now()
  const page = await reviewCommentsPage(octokit, where, {
    after: progress.cursor,
    since: null,
    readAt: at,
  })
  const turned: LaneProgress = {
    ...progress,
    cursor: page.next,
    pages_done: page.next === null,
    oldest_at: page.oldest ?? progress.oldest_at,
  }
  return await keepStep(step, {
    cost: { points: 0, requests: 1 },
    recording: page.recording,
    kept: [reached(turned, { createdAt, at })],
  })
}

/** All pages in one step: there are few, and a count needs all days before it. */
async function readStars(step: Step, progress: LaneProgress): Promise<Cost> {
  const { db, octokit, where, createdAt, now } = step
  const { counts, requests } = await starHistory(octokit, where)
  const cost = { points: 0, requests }
  await db.transaction().execute(async (trx) => {
    await countCost(trx, where.repositoryId, cost)
    await keepStarCounts(trx, where.repositoryId, counts)
    const done = reached({ ...progress, pages_done: true }, { createdAt, at: now() })
    await keepLane(trx, where.repositoryId, done)
  })
  return cost
}
