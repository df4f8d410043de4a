import type { Deps } from '../src/deps.ts'
import { eraseMirror } from '../src/git/mirror.ts'
import { purgeApiCosts } from '../src/store/api-budgets.ts'
import { purgeDeliveries } from '../src/store/deliveries.ts'
import { eraseExpired } from '../src/store/installations.ts'
import { purgeMissed } from '../src/store/missed-deliveries.ts'
import { publishableRepositories } from '../src/store/repositories.ts'
import { rollUp } from '../src/store/roll-up.ts'
import { unsettleEverybody } from '../src/store/settle-people.ts'
import { wantResolution } from '../src/store/signatures.ts'
import { purgeWork } from '../src/store/work.ts'
import { configurationOf } from './configuration.ts'

const dayMs = 24 * 60 * 60_000
/** Longer than any digest can be late, since the table also says which were promised. */
const workDays = 90

/** Once a day: raw payloads past their retention, what left more than the grace period ago, and signatures that may be known by now. */
export async function housekeep(deps: Deps): Promise<void> {
  const { db, defaults, environment, queue, now, log } = deps
  const daysAgo = (days: number) => new Date(now().getTime() - days * dayMs)
  const purged = await purgeDeliveries(db, daysAgo(environment.deliveryRetentionDays))
  await purgeApiCosts(db, daysAgo(workDays))
  await purgeMissed(db, daysAgo(workDays))
  await purgeWork(db, daysAgo(workDays))
  await unsettleEverybody(db)
  const erased = await eraseExpired(db, daysAgo(environment.graceDays))
  const { dataDirectory } = environment
  for (const repositoryId of erased) await eraseMirror({ dataDirectory, repositoryId })
  for (const repository of await publishableRepositories(db)) {
    const { id } = repository
    const { people: overrides } = configurationOf(repository, defaults)
    // So that a digest finds little left to do.
    await rollUp(db, { repositoryId: id, overrides })
    const isWanted = await wantResolution(db, id, { at: now() })
    if (isWanted) await queue.enqueue([{ name: 'resolve-signatures', key: String(id) }])
  }
  log.info({ purged, erased }, 'Kept house')
}
