import type { Deps } from '../src/deps.ts'
import { forkNetworkReport, weeksLookedAt } from '../src/metrics/fork-network.ts'
import { weekAfter, weekOf } from '../src/metrics/window.ts'
import { renderForkNetwork } from '../src/report/fork-answer.ts'
import type { Place } from '../src/report/place.ts'
import { forkPaths, networkSizes } from '../src/store/fork-paths.ts'
import { forkScanOf } from '../src/store/fork-scans.ts'
import { forkStateCounts } from '../src/store/fork-states.ts'
import { forkWorks } from '../src/store/fork-works.ts'
import { forkCounts, forksMadeIn, networkSizeAt } from '../src/store/forks.ts'
import type { TrackedRepository } from '../src/store/repositories.ts'
import { isForGit } from './fork-scan-step.ts'

const dayMs = 24 * 60 * 60_000
const daysShown = 28

/** The answer to `/groundswell forks`, from what is known: nothing is asked of GitHub for it. */
export async function forksAnswer(
  { id, name }: TrackedRepository,
  place: Place,
  { db, now }: Pick<Deps, 'db' | 'now'>,
): Promise<string> {
  const scan = await forkScanOf(db, id)
  if (scan === null) return renderForkNetwork(null, null, place)
  const at = now()
  const window = { from: new Date(at.getTime() - daysShown * dayMs), to: at }
  const week = weekAfter(weekOf(at, place.zone), -1)
  const since = weekAfter(week, 1 - weeksLookedAt).from
  const report = forkNetworkReport(
    {
      name,
      window,
      size: (await networkSizeAt(db, id, at)) ?? scan.networkSize,
      sizeBefore: await networkSizeAt(db, id, window.from),
      direct: scan.directForks,
      made: await forksMadeIn(db, id, window),
      states: await forkStateCounts(db, id),
      works: await forkWorks(db, id),
      week,
      counts: await networkSizes(db, id, since),
      paths: await forkPaths(db, id, { from: since, to: week.to }),
      // A whole scan lists every fork that is there, however old.
      knownSince: scan.scannedAt === null ? null : new Date(0),
      reading: {
        scannedAt: scan.scannedAt,
        refreshedAt: scan.refreshedAt,
        isUnderWay: scan.startedAt !== null,
        troubled: (await forkCounts(db, id)).troubled,
        byGit: await isForGit(id, scan, { db }),
        parent: scan.parent,
      },
    },
    at,
  )
  return renderForkNetwork(report, scan.defaultBranch, place)
}
