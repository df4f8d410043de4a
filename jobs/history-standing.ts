import type { Deps } from '../src/deps.ts'
import { lanesRead } from '../src/github/history/lanes.ts'
import { planOf } from '../src/github/history/plan.ts'
import type { Status } from '../src/report/answers.ts'
import { backfillOf, totalsOf } from '../src/store/backfills.ts'

/** How the reading of a repository's history stands, and what of it GitHub does not show. */
export async function historyStanding(
  repositoryId: number,
  { db, now }: Pick<Deps, 'db' | 'now'>,
): Promise<Pick<Status, 'reading' | 'closedLanes'>> {
  const backfill = await backfillOf(db, repositoryId)
  if (backfill === null) return { reading: null, closedLanes: [] }
  const { finishedAt, points, requests, lanes } = backfill
  const known = totalsOf(backfill)
  const plan = finishedAt === null && known !== null ? planOf(known, now()) : null
  return {
    reading:
      plan === null
        ? null
        : {
            // A request of GraphQL is a point.
            planned: { points: plan.points, requests: plan.points + plan.requests },
            spent: { points, requests },
          },
    closedLanes: lanesRead({ isPrivate: true }).filter((known) =>
      lanes.some(({ lane, failure }) => lane === known && failure !== null),
    ),
  }
}
