import type { Deps } from '../deps.ts'
import { apiAllowances, apiCosts } from '../store/api-budgets.ts'
import { backfillState } from '../store/backfills.ts'
import { commitReadingState } from '../store/commit-readings.ts'
import { inboxState } from '../store/deliveries.ts'
import { digestStandings } from '../store/digest-checks.ts'
import { sendingState } from '../store/sendings.ts'
import { workState } from '../store/work.ts'

/** A delivery that waits longer than this says that nobody is working. */
const slowMs = 5 * 60_000

const dayMs = 24 * 60 * 60_000
const digestDays = 35

/** How the process stands, without a name of anybody or anything private. */
export async function health({ db, queue, environment, now }: Deps) {
  const { engine, role } = environment
  try {
    const at = now()
    const [costs, allowances, inbox, work, backfills, commits, sendings, standings, depth] =
      await Promise.all([
        apiCosts(db, { repositoryId: null, since: new Date(at.getTime() - dayMs) }),
        apiAllowances(db, at),
        inboxState(db),
        workState(db),
        backfillState(db),
        commitReadingState(db),
        sendingState(db, new Date(at.getTime() - digestDays * dayMs)),
        digestStandings(db),
        queue.depth(),
      ])
    const oldest = inbox.oldestPendingAt
    const stuck = oldest !== null && at.getTime() - oldest.getTime() > slowMs
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
      commits: {
        open: Number(commits.open),
        finished: Number(commits.finished),
        ended: Number(commits.ended),
      },
      /** digests on their way to a place, in the last five weeks */
      digests: {
        sent: Number(sendings.sent),
        failed: Number(sendings.failed),
        /** repositories whose latest digest did not reach every place */
        failing: standings.filter((each) => !each.isUnderWay && each.failures.length > 0).length,
      },
      github: {
        /** requests of the last day and what they cost, by purpose */
        spent: costs,
        /** installations that GitHub, or our own reserve, keeps waiting */
        paused: allowances.paused.length,
        lowest: lowest(allowances.left),
      },
    }
  } catch {
    return { status: 'unreachable', engine, role }
  }
}

/** Of the hour's allowances, the one that is nearest to its end; null: nothing was asked this hour. */
function lowest(left: Awaited<ReturnType<typeof apiAllowances>>['left']) {
  const share = ({ remaining, allowed }: (typeof left)[number]) => remaining / Math.max(allowed, 1)
  const [first] = left.toSorted((a, b) => share(a) - share(b))
  if (first === undefined) return null
  const { resource, remaining, allowed, resets_at: resetsAt } = first
  return { resource, remaining, allowed, resetsAt }
}
