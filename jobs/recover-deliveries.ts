import type { Deps } from '../src/deps.ts'
import { type DeliveryAttempt, deliveryAttempts, redeliver } from '../src/github/delivery-log.ts'
import { failureOf } from '../src/github/failure.ts'
import { keptAmong, markRecovered, noteMissed } from '../src/store/missed-deliveries.ts'

/** GitHub keeps its log, and can send again, for so long. */
const logDays = 3
const dayMs = 24 * 60 * 60_000
const mostRequests = 3

/**
 * GitHub never sends a failed delivery again by itself. Every ten minutes its
 * log is read, and what failed is asked for; what cannot be had is noted, so
 * that reports can say so. Asking twice does no harm: the inbox knows a GUID.
 */
export async function recoverDeliveries(deps: Deps): Promise<void> {
  const { db, github, now, log } = deps
  const since = new Date(now().getTime() - logDays * dayMs)
  const byGuid = new Map<string, DeliveryAttempt[]>()
  for (const attempt of await deliveryAttempts(github, since)) {
    byGuid.set(attempt.guid, [...(byGuid.get(attempt.guid) ?? []), attempt])
  }
  const failed = [...byGuid.values()].filter((attempts) =>
    attempts.every(({ succeeded }) => !succeeded),
  )
  const kept = await keptAmong(
    db,
    failed.flatMap(([attempt]) => attempt?.guid ?? []),
  )
  let asked = 0
  for (const attempts of failed) {
    if (await askFor(attempts, kept, deps)) asked += 1
  }
  const recovered = await markRecovered(db, now())
  if (asked > 0 || recovered > 0) {
    log.warn({ failed: failed.length, asked, recovered }, 'Deliveries had failed')
  }
}

/** Whether GitHub was asked to send it again. `attempts` are newest first. */
async function askFor(
  attempts: readonly DeliveryAttempt[],
  kept: ReadonlySet<string>,
  { db, github, now }: Deps,
): Promise<boolean> {
  const [newest] = attempts
  const first = attempts.at(-1)
  if (newest === undefined || first === undefined) return false
  const { guid, event, repositoryId } = first
  const note = (lostReason: string | null) =>
    noteMissed(db, { guid, event, repositoryId, deliveredAt: first.deliveredAt, lostReason })
  // GitHub may have given up while we had it already: then nothing is missing.
  if (kept.has(guid)) return false
  if (attempts.filter(({ redelivery }) => redelivery).length >= mostRequests) {
    await note('sent again without success')
    return false
  }
  await note(null)
  try {
    await redeliver(github, newest.id)
    return true
  } catch (error) {
    const { kind, reason } = failureOf(error, now())
    if (kind === 'wait' || kind === 'passing') throw error
    await note(reason)
    return false
  }
}
