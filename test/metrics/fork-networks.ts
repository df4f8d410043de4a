import type { KnownNetwork, KnownWork } from '../../src/metrics/fork-network.ts'
import { at, namedWeek } from './histories.ts'

/** A fork with two commits of its own, of this week. */
export function work(fullName: string, given: Partial<KnownWork> = {}): KnownWork {
  return {
    fullName,
    branch: 'main',
    state: 'patched',
    pullRequests: [],
    originalCommits: 2,
    commits: [`${fullName} 1`, `${fullName} 2`],
    subjects: ['Tune it'],
    paths: ['src/tune.py'],
    areas: ['src/'],
    authors: 1,
    lastAt: at('2026-11-20'),
    writtenAt: [at('2026-11-20'), at('2026-09-20')],
    originalCommitsBefore: 1,
    releases: null,
    pushedAt: at('2026-11-20'),
    ...given,
  }
}

const dayMs = 24 * 60 * 60_000
const monday = at('2026-11-23').getTime()

/** Half a year of ten new forks a week, and of forty in the last one; every fourth came back as a merged pull request. */
export function halfAYear(): Pick<KnownNetwork, 'counts' | 'paths' | 'knownSince'> {
  const weeks = Array.from({ length: 27 }, (_, back) => new Date(monday - back * 7 * dayMs))
  const before = ({ back, days }: { back: number; days: number }) =>
    new Date(monday - (back * 7 + days) * dayMs)
  return {
    knownSince: new Date(0),
    counts: weeks
      .map((monday, back) => ({
        day: new Date(monday.getTime() - dayMs),
        stars: 0,
        forks: back === 0 ? 1240 : 1210 - back * 10,
      }))
      .reverse(),
    paths: weeks.slice(0, 26).flatMap((_, back) =>
      Array.from({ length: back === 0 ? 40 : 10 }, (_, nth) => ({
        owner: `${back}/${nth}`,
        madeAt: before({ back, days: 3 }),
        pushedAt: nth % 2 === 1 ? before({ back, days: 1 }) : null,
        openedAt: nth % 4 === 1 ? before({ back, days: 1 }) : null,
        mergedAt: nth % 4 === 1 ? before({ back, days: -9 }) : null,
      })),
    ),
  }
}

/** A network of 1,240 forks, looked at two days ago. */
export function network(given: Partial<KnownNetwork> = {}): KnownNetwork {
  return {
    name: 'engine',
    window: { from: at('2026-10-26'), to: at('2026-11-23') },
    size: 1240,
    sizeBefore: 1200,
    direct: 1190,
    made: 55,
    states: [
      { state: 'untouched', forks: 1100 },
      { state: 'patched', forks: 60 },
      { state: 'gone', forks: 12 },
      { state: null, forks: 30 },
    ],
    works: [],
    worksKnownSince: at('2026-09-01'),
    withWork: 57,
    withWorkByWeek: [48, 50, 50, 51, 53, 54, 54, 55],
    milestones: [],
    defaultBranch: 'main',
    week: namedWeek('2026-W47'),
    counts: [],
    paths: [],
    knownSince: null,
    reading: {
      scannedAt: at('2026-11-21'),
      refreshedAt: at('2026-11-23'),
      isUnderWay: false,
      troubled: 0,
      byGit: true,
      parent: null,
    },
    ...given,
  }
}
