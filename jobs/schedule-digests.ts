import { DateTime } from 'luxon'
import type { RepositoryConfiguration } from '../config/repository.ts'
import type { Deps } from '../src/deps.ts'
import { type Week, weekAfter, weekOf } from '../src/metrics/window.ts'
import { wasDigestWanted } from '../src/store/digests.ts'
import { isPaused } from '../src/store/pauses.ts'
import { publishableRepositories } from '../src/store/repositories.ts'
import { wantWork } from '../src/store/work.ts'
import { scheduleDigestChecks } from './check-digests.ts'
import { configurationOf, weekRuleOf } from './configuration.ts'
import { quietUntil } from './quiet-hours.ts'

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']

/**
 * When the digest of a week is posted: the configured day and time of the week
 * after it. Where the clock is put forward over that time, an hour later; where
 * it is put back, the first of the two.
 */
export function digestDueAt(week: Week, { digest }: Pick<RepositoryConfiguration, 'digest'>): Date {
  const [hour, minute] = digest.time.split(':').map(Number)
  const days = weekdays.indexOf(digest.day) - weekdays.indexOf(week.start)
  return DateTime.fromJSDate(week.to, { zone: week.zone })
    .plus({ days: days < 0 ? days + 7 : days })
    .set({ hour: hour ?? 9, minute: minute ?? 0 })
    .toJSDate()
}

/** The latest week whose digest is due. */
export function latestDueWeek(
  now: Date,
  configuration: Pick<RepositoryConfiguration, 'digest' | 'timezone' | 'weekStart'>,
): Week {
  const lastWeek = weekAfter(weekOf(now, weekRuleOf(configuration)), -1)
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
    // Also a later one: after a change of the schedule an earlier week can seem due.
    if (await wasDigestWanted(db, repository.id, { from: week.name })) continue
    const payload = { repositoryId: repository.id, week: week.name }
    await wantWork(db, { job: 'publish-digest', key, payload }, now())
    await queue.enqueue([{ name: 'publish-digest', key }])
  }
  await scheduleDigestChecks(deps)
}
