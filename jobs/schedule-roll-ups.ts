import type { Deps } from '../src/deps.ts'
import { isAnyDigestUnderWay, wasRollUpWanted } from '../src/store/organization-digests.ts'
import { isPaused } from '../src/store/pauses.ts'
import { publishableRepositories, type TrackedRepository } from '../src/store/repositories.ts'
import { wantWork } from '../src/store/work.ts'
import { isRollUpHome, toldIn } from './compose-roll-up.ts'
import { configurationOf } from './configuration.ts'
import { quietUntil } from './quiet-hours.ts'
import { digestDueAt, latestDueWeek } from './schedule-digests.ts'

/** Longer than digests take, unless one fails again and again. */
const patienceMs = 2 * 60 * 60_000

/**
 * Promises the latest roll-up that is due in each repository that tells of
 * others. It leads to their own digests, so those that are on their way are
 * waited for, for a while.
 */
export async function scheduleRollUps(deps: Deps): Promise<void> {
  const { db, defaults, now } = deps
  for (const home of await publishableRepositories(db)) {
    const configuration = configurationOf(home, defaults)
    if (!isRollUpHome(home, configuration) || (await isPaused(db, home.id))) continue
    if (quietUntil(now(), configuration) !== null) continue
    const week = latestDueWeek(now(), configuration)
    if (week.to <= home.trackedAt) continue
    if (await wasRollUpWanted(db, home.id, { from: week.name })) continue
    const waitsUntil = digestDueAt(week, configuration).getTime() + patienceMs
    if (now().getTime() < waitsUntil && (await areDigestsUnderWay(home, week.name, deps))) continue
    await wantRollUp(home, week.name, deps)
  }
}

async function areDigestsUnderWay(home: TrackedRepository, week: string, deps: Deps) {
  const told = await toldIn(home, deps)
  const ids = told.map(({ id }) => id)
  return await isAnyDigestUnderWay(deps.db, ids, week)
}

async function wantRollUp(home: TrackedRepository, week: string, { db, queue, now }: Deps) {
  const key = `${home.id}/${week}`
  const payload = { repositoryId: home.id, week }
  await wantWork(db, { job: 'publish-roll-up', key, payload }, now())
  await queue.enqueue([{ name: 'publish-roll-up', key }])
}
