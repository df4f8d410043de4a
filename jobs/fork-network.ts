import type { Deps } from '../src/deps.ts'
import {
  type ForkNetworkReport,
  forkNetworkReport,
  weeksLookedAt,
} from '../src/metrics/fork-network.ts'
import { type AreaNames, namedAreas } from '../src/metrics/named-areas.ts'
import { weeksBefore } from '../src/metrics/trend.ts'
import {
  isWithin,
  type Week,
  type Window,
  weekAfter,
  windowsBefore,
} from '../src/metrics/window.ts'
import { forkCounts, forksMadeIn, networkSizeAt, networkSizes } from '../src/store/fork-counts.ts'
import { forkMilestones } from '../src/store/fork-milestones.ts'
import { forkPaths } from '../src/store/fork-paths.ts'
import { type ForkScan, forkScanOf } from '../src/store/fork-scans.ts'
import { forkStateCounts } from '../src/store/fork-states.ts'
import { forksWithWorkAt } from '../src/store/fork-work-counts.ts'
import { forkWorks } from '../src/store/fork-works.ts'
import type { TrackedRepository } from '../src/store/repositories.ts'
import { isForGit } from './fork-scan-step.ts'

type StoreOf = Pick<Deps, 'db'>

/**
 * A repository's fork network as it is known: nothing is asked of GitHub for
 * it. Sizes and what is new are of the window; states and work are of now.
 *
 * @param asked `week` is the latest whole one, which growth and bursts are told
 * of; `areas` what the project calls its directories, nothing where left out
 * @returns null: nobody has looked yet
 */
export async function forkNetworkOf(
  { id, name }: Pick<TrackedRepository, 'id' | 'name'>,
  asked: { window: Window; week: Week; areas?: AreaNames },
  { db }: StoreOf,
): Promise<ForkNetworkReport | null> {
  const scan = await forkScanOf(db, id)
  if (scan === null) return null
  const { window, week, areas: names = {} } = asked
  const works = await forkWorks(db, id, asked.window.from)
  const { from, to } = window
  const counts = await forkCounts(db, id)
  const since = weekAfter(week, 1 - weeksLookedAt).from
  return forkNetworkReport(
    {
      ...{ name, window, week },
      defaultBranch: scan.defaultBranch,
      size: (await networkSizeAt(db, id, to)) ?? sizeSeen(scan, to),
      sizeBefore: await networkSizeAt(db, id, from),
      direct: scan.scannedAt === null ? null : counts.direct,
      made: await forksMadeIn(db, id, window),
      states: await forkStateCounts(db, id),
      works: works.map((work) => ({ ...work, areas: namedAreas(work.areas, names) })),
      worksKnownSince: scan.worksKnownSince,
      withWork: await forksWithWorkAt(db, id, to),
      withWorkByWeek: await withWorkByWeek(id, week, scan, { db }),
      milestones: await milestonesIn(id, window, { db }),
      counts: await networkSizes(db, id, since),
      paths: await forkPaths(db, id, { from: since, to: week.to }),
      // A whole scan lists every fork that is there, however old.
      knownSince: scan.scannedAt === null ? null : new Date(0),
      reading: {
        scannedAt: scan.scannedAt,
        refreshedAt: scan.refreshedAt,
        isUnderWay: scan.startedAt !== null,
        troubled: counts.troubled,
        byGit: await isForGit(id, scan, { db }),
        parent: scan.parent,
      },
    },
    to,
  )
}

async function milestonesIn(id: number, window: Window, { db }: StoreOf) {
  const seen = await forkMilestones(db, id)
  return seen.filter(({ passedAt }) => isWithin(passedAt, window)).map(({ milestone }) => milestone)
}

async function withWorkByWeek(id: number, week: Week, scan: ForkScan, { db }: StoreOf) {
  const known = scan.worksKnownSince
  const ends = windowsBefore(week, weeksBefore).map(({ to }) => to)
  return await Promise.all(
    ends.map(async (to) =>
      known === null || known > to ? null : await forksWithWorkAt(db, id, to),
    ),
  )
}

/** What a scan saw later says nothing of an earlier instant. */
function sizeSeen({ networkSize, wantedAt }: ForkScan, at: Date): number | null {
  return wantedAt <= at ? networkSize : null
}
