import { type ForkBurst, forkBurst } from './fork-bursts.ts'
import { type ForkCohort, type ForkPath, forkCohort } from './fork-cohorts.ts'
import { type ForkGrowth, forkGrowth } from './fork-growth.ts'
import type { ForkState } from './fork-state.ts'
import { type ForkEffort, type ForkTheme, forkThemes } from './fork-themes.ts'
import type { DayCount } from './history.ts'
import { ratio } from './statistics.ts'
import { isWithin, type Week, type Window, weekAfter } from './window.ts'
import { workNotUpstream } from './work-not-upstream.ts'

/** One fork's work, as the store has it. */
export interface KnownWork extends Omit<ForkEffort, 'fork'> {
  /** `owner/name` */
  fullName: string
  branch: string | null
  state: string | null
  pullRequests: readonly number[]
  originalCommits: number
  authors: number
  /** when the latest of the commits was committed */
  lastAt: Date | null
  /** when the latest of them were written, newest first; null: not known */
  writtenAt: readonly Date[] | null
  /** how many original commits it had when the window began; null: not known */
  originalCommitsBefore: number | null
  /** null where nobody looked */
  releases: number | null
  /** the latest push; null: never, or not known */
  pushedAt: Date | null
}

/** One fork's work as it is reported. */
export interface ReportedWork extends KnownWork {
  /** original commits that were written in the window; null: not known */
  newCommits: number | null
}

export interface KnownNetwork {
  /** of the project */
  name: string
  /** what is told lately */
  window: Window
  /** the whole network as GitHub counts it, private forks included; null where it did not say */
  size: number | null
  /** when the window began */
  sizeBefore: number | null
  direct: number | null
  /** direct forks made in the window */
  made: number
  /** how many public forks are in each state; null: too little is known of them */
  states: readonly { state: string | null; forks: number }[]
  works: readonly KnownWork[]
  /** since when it is known of each fork whether it has original commits; null: it is not */
  worksKnownSince: Date | null
  /** forks with original commits when the window ended, as far as they are known */
  withWork: number
  /** the same at the end of each of the eight weeks before `week`, oldest first; null: not known */
  withWorkByWeek: readonly (number | null)[]
  /** round numbers that the network passed in the window for the first time, the smallest first */
  milestones: readonly number[]
  /** of the project; null: it is empty, or nobody looked */
  defaultBranch: string | null
  /** the latest whole week */
  week: Week
  /** the size of the whole network by day over `weeksLookedAt` up to `week` */
  counts: readonly DayCount[]
  /** direct forks made in the same time */
  paths: readonly ForkPath[]
  /** forks that were made since are known, each of them; null: none are */
  knownSince: Date | null
  reading: ForkReading
}

/** Half a year: what `forkGrowth` draws, and where the cohort comes from. */
export const weeksLookedAt = 26
/** The owners of the older half: the others have not had the time. */
const weeksToContribute = 13

/** How much of the truth is known of a network. */
export interface ForkReading {
  /** when all forks were last looked at; null: not all were yet */
  scannedAt: Date | null
  /** when what was pushed to was last looked at */
  refreshedAt: Date | null
  isUnderWay: boolean
  /** GitHub could not answer for so many in the latest scan */
  troubled: number
  /** through the API it shows what a fork is ahead by, and not what upstream has of it */
  byGit: boolean
  /** `owner/name` of what the repository itself was forked from */
  parent: string | null
}

export interface ForkNetworkReport
  extends Pick<
    KnownNetwork,
    | 'window'
    | 'size'
    | 'direct'
    | 'made'
    | 'reading'
    | 'defaultBranch'
    | 'withWorkByWeek'
    | 'milestones'
  > {
  /** the change of `size` over the window: not the number of new forks, since deleted ones are taken off */
  net: number | null
  growth: number | null
  /** public forks that are there and were seen */
  known: number
  states: Record<Exclude<ForkState, 'gone'>, number>
  /** too little is known to say what they are */
  untold: number
  gone: number
  /** what maintainers would most want to know of first */
  work: ReportedWork[]
  /** with original commits when the window ended; null: not known, as where only the API compares */
  withWork: number | null
  /** whether all forks had been compared when the window began */
  isWorkBeforeKnown: boolean
  themes: ForkTheme[]
  /** of the latest whole week */
  growthOfWeek: ForkGrowth
  /** those who forked three to six months ago; null where not all of them are known */
  cohort: ForkCohort | null
  /** null where too few weeks are known */
  burst: ForkBurst | null
}

/** What a fork of nothing has made is no work on this project. */
const foreign = new Set<string | null>(['unrelated', 'gone'])

/**
 * A fork network as maintainers ask for it: its size, what lives in it, and the work that upstream does not have.
 * @param at when it is told: what was worked on lately comes first
 */
export function forkNetworkReport(network: KnownNetwork, at: Date): ForkNetworkReport {
  const { window, size, sizeBefore, direct, made, reading } = network
  const { defaultBranch, withWorkByWeek, milestones } = network
  const works = network.works.filter(({ state }) => !foreign.has(state))
  const themes = forkThemes(
    works.map(({ fullName, ...effort }) => ({ ...effort, fork: fullName })),
    network.name,
  )
  const ranked = workNotUpstream(
    works.flatMap((work) => (work.lastAt === null ? [] : [unsent(work, work.lastAt, themes)])),
    at,
  )
  const byName = new Map(works.map((work) => [work.fullName, work]))
  const countOf = (state: string | null) =>
    network.states.filter((one) => one.state === state).reduce((sum, { forks }) => sum + forks, 0)
  const gone = countOf('gone')
  return {
    ...{
      window,
      size,
      direct,
      made,
      reading,
      defaultBranch,
      withWorkByWeek,
      milestones,
      gone,
      themes,
    },
    ...overTime(network),
    ...withWork(network),
    net: size === null || sizeBefore === null ? null : size - sizeBefore,
    growth: size === null || sizeBefore === null ? null : ratio(size - sizeBefore, sizeBefore),
    known: network.states.reduce((sum, { forks }) => sum + forks, 0) - gone,
    states: {
      untouched: countOf('untouched'),
      mirror: countOf('mirror'),
      synced: countOf('synced'),
      patched: countOf('patched'),
      diverged: countOf('diverged'),
      'hard fork': countOf('hard fork'),
      contributing: countOf('contributing'),
      unrelated: countOf('unrelated'),
    },
    untold: countOf(null),
    work: ranked.flatMap(({ fork }) => {
      const work = byName.get(fork)
      return work === undefined ? [] : [{ ...work, newCommits: writtenIn(window, work) }]
    }),
  }
}

function withWork({ window, worksKnownSince: since, withWork }: KnownNetwork) {
  return {
    withWork: since === null || since > window.to ? null : withWork,
    isWorkBeforeKnown: since !== null && since <= window.from,
  }
}

/** Of a great many only the latest are known: where the window may reach further back, nothing is told. */
function writtenIn(window: Window, { writtenAt, originalCommits }: KnownWork): number | null {
  if (writtenAt === null) return null
  const isWhole = writtenAt.length >= originalCommits
  if (!isWhole && writtenAt.every((instant) => instant >= window.from)) return null
  return writtenAt.filter((instant) => isWithin(instant, window)).length
}

function overTime({ week, counts, paths, knownSince }: KnownNetwork) {
  const madeAt = paths.map((path) => path.madeAt)
  const cohortFrom = weekAfter(week, 1 - weeksLookedAt).from
  const cohortWindow = { from: cohortFrom, to: weekAfter(week, 1 - weeksToContribute).from }
  return {
    growthOfWeek: forkGrowth({ counts, madeAt }, week),
    cohort: knownSince === null || knownSince > cohortFrom ? null : forkCohort(paths, cohortWindow),
    burst: knownSince === null ? null : forkBurst(paths, week, knownSince),
  }
}

function unsent(work: KnownWork, lastAt: Date, themes: readonly ForkTheme[]) {
  const { fullName: fork, originalCommits, authors, pullRequests } = work
  const shared = themes.filter(({ forks }) => forks.includes(fork))
  const agreeing = Math.max(0, ...shared.map(({ independent }) => independent - 1))
  return { fork, originalCommits, authors, lastAt, agreeing, offered: pullRequests.length > 0 }
}
