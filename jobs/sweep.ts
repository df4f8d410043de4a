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
export async function sweep({ db, queue, now, log }: Deps): Promise<void> {
  const at = now()
  const request = { before: new Date(at.getTime() - overdueMs), limit: mostAtOnce }
  const guids = await pendingDeliveries(db, request)
  const jobs = [
    ...guids.map((key) => ({ name: 'record-delivery' as const, key })),
    ...(await overdueWork(db, request)),
  ]
  if (jobs.length === 0) return
  // A deduplication left behind by a lost job would hold these back: each sweep has its own.
  const minute = Math.floor(at.getTime() / 60_000)
  await queue.enqueue(jobs, { evenIfQueued: `@${minute}` })
  log.warn({ deliveries: guids.length, jobs: jobs.length - guids.length }, 'Swept up open work')
}
