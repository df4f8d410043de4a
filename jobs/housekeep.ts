import type { Deps } from '../src/deps.ts'
import { purgeApiCosts } from '../src/store/api-budgets.ts'
import { purgeDeliveries } from '../src/store/deliveries.ts'
import { eraseExpired } from '../src/store/installations.ts'
import { purgeMissed } from '../src/store/missed-deliveries.ts'
import { purgeWork } from '../src/store/work.ts'

const dayMs = 24 * 60 * 60_000
/** Longer than any digest can be late, since the table also says which were promised. */
const workDays = 90

/** Once a day: raw payloads past their retention, and what left more than the grace period ago. */
export async function housekeep({ db, environment, now, log }: Deps): Promise<void> {
  const daysAgo = (days: number) => new Date(now().getTime() - days * dayMs)
  const purged = await purgeDeliveries(db, daysAgo(environment.deliveryRetentionDays))
  await purgeApiCosts(db, daysAgo(workDays))
  await purgeMissed(db, daysAgo(workDays))
  await purgeWork(db, daysAgo(workDays))
  const erased = await eraseExpired(db, daysAgo(environment.graceDays))
  log.info({ purged, erased }, 'Kept house')
}
