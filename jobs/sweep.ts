import type { Deps } from '../src/deps.ts'
import { pendingDeliveries } from '../src/store/deliveries.ts'
import { overdueWork } from '../src/store/work.ts'

/** Older than this and still open: the queue may have lost it. */
const overdueMs = 60_000
const mostAtOnce = 500

/**
 * Enqueues what our database says is open and the queue may have forgotten: a
 * lost enqueue, a Redis that lost its memory, a job that crashed too often.
 * What is in the queue all the same runs twice, and changes nothing.
 */
export async function sweep(deps: Deps): Promise<void> {
  const at = deps.now()
  await sweepUp({ before: new Date(at.getTime() - overdueMs), at, restingToo: false }, deps)
}

/** When a worker starts, all that is open is swept: whoever had it may have been killed. */
export async function sweepEverything(deps: Deps): Promise<void> {
  const at = deps.now()
  await sweepUp({ before: at, at, restingToo: true }, deps)
}

async function sweepUp(
  { before, at, restingToo }: { before: Date; at: Date; restingToo: boolean },
  { db, queue, log }: Deps,
): Promise<void> {
  const limit = mostAtOnce
  const guids = await pendingDeliveries(db, { before, limit })
  const jobs = [
    ...guids.map((key) => ({ name: 'record-delivery' as const, key })),
    ...(await overdueWork(db, { wantedBefore: before, at: restingToo ? null : at, limit })),
  ]
  if (jobs.length === 0) return
  // A deduplication left behind by a lost job would hold these back: each sweep has its own.
  await queue.enqueue(jobs, { evenIfQueued: `@${at.getTime()}` })
  log.warn({ deliveries: guids.length, jobs: jobs.length - guids.length }, 'Swept up open work')
}
