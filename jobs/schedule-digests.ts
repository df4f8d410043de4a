import { DateTime } from 'luxon'
import type { RepositoryConfiguration } from '../config/repository.ts'
import type { Deps } from '../src/deps.ts'
import { type Week, weekAfter, weekOf } from '../src/metrics/window.ts'
import { wasDigestWanted } from '../src/store/digests.ts'
import { isPaused } from '../src/store/pauses.ts'
import { publishableRepositories } from '../src/store/repositories.ts'
import { wantWork } from '../src/store/work.ts'
import { scheduleDigestChecks } from './check-digests.ts'
import { configurationOf } from './configuration.ts'
import { quietUntil } from './quiet-hours.ts'

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']

/** When the digest of a week is posted: the configured day and time of the week after it. */
export function digestDueAt(
  week: Week,
  { digest, timezone }: Pick<RepositoryConfiguration, 'digest' | 'timezone'>,
): Date {
  const [hour, minute] = digest.time.split(':').map(Number)
  return DateTime.fromJSDate(week.to, { zone: timezone })
    .plus({ days: weekdays.indexOf(digest.day) })
    .set({ hour: hour ?? 9, minute: minute ?? 0 })
    .toJSDate()
}

/** The latest week whose digest is due. */
export function latestDueWeek(
  now: Date,
  configuration: Pick<RepositoryConfiguration, 'digest' | 'timezone'>,
): Week {
  const lastWeek = weekAfter(weekOf(now, configuration.timezone), -1)
  return digestDueAt(lastWeek, configuration) <= now ? lastWeek : weekAfter(lastWeek, -1)
}

/**
 * Promises each repository's latest digest that is due and was not promised
 * yet. The week is worked out from the clock and our own table, never from the
 * tick, so whatever was missed while the process was down is caught up once.
 */
export async function scheduleDigests(deps: Deps): Promise<void> {
  const { db, defaults, now, queue } = deps
  for (const repository of await publishableRepositories(db)) {
    const configuration = configurationOf(repository, defaults)
    if (!configuration.digest.enabled || (await isPaused(db, repository.id))) continue
    if (quietUntil(now(), configuration) !== null) continue
    const week = latestDueWeek(now(), configuration)
    if (week.to <= repository.trackedAt) continue
    const key = `${repository.id}/${week.name}`
    // Also a later one: after a change of day or time zone an earlier week can seem due.
    if (await wasDigestWanted(db, repository.id, { from: week.name })) continue
    const payload = { repositoryId: repository.id, week: week.name }
    await wantWork(db, { job: 'publish-digest', key, payload }, now())
    await queue.enqueue([{ name: 'publish-digest', key }])
  }
  await scheduleDigestChecks(deps)
}
