import type { Deps } from '../deps.ts'
import { backfillState } from '../store/backfills.ts'
import { inboxState } from '../store/deliveries.ts'
import { workState } from '../store/work.ts'

/** A delivery that waits longer than this says that nobody is working. */
const slowMs = 5 * 60_000

/** How the process stands, without a name of anybody or anything private. */
export async function health({ db, queue, environment, now }: Deps) {
  const { engine, role } = environment
  try {
    const [inbox, work, backfills, depth] = await Promise.all([
      inboxState(db),
      workState(db),
      backfillState(db),
      queue.depth(),
    ])
    const oldest = inbox.oldestPendingAt
    const stuck = oldest !== null && now().getTime() - oldest.getTime() > slowMs
    return {
      status: stuck ? 'stuck' : 'ok',
      engine,
      role,
      deliveries: {
        kept: Number(inbox.kept),
        pending: Number(inbox.pending),
        parked: Number(inbox.parked),
        lastReceivedAt: inbox.lastReceivedAt,
        oldestPendingAt: oldest,
      },
      jobs: {
        open: Number(work.open),
        parked: Number(work.parked),
        oldestAt: work.oldestAt,
        queued: depth,
      },
      backfills: {
        open: Number(backfills.open),
        finished: Number(backfills.finished),
        ended: Number(backfills.ended),
      },
    }
  } catch {
    return { status: 'unreachable', engine, role }
  }
}
