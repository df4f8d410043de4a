import { type BotActivity, botActivity } from './bot-activity.ts'
import { contributionsIn } from './contributions.ts'
import type { ForkNetworkReport } from './fork-network.ts'
import type { Completeness, ProjectHistory, Thread } from './history.ts'
import { joinHistories } from './join-histories.ts'
import { isKnown, isPartlyKnown, knownSince } from './known-since.ts'
import { newContributors } from './new-contributors.ts'
import { type ForkNetwork, forkNetwork } from './technical-fork.ts'
import { weeksBefore } from './trend.ts'
import { waiting } from './waiting.ts'
import {
  type DigestTrends,
  measuresOfEarlierWeek,
  measuresOfWeek,
  trendsOf,
  type WeekMeasures,
} from './week-measures.ts'
import { earliest, latest, type Week, type Window, windowsBefore } from './window.ts'

/** One repository of an organisation, with the history of one week at least. */
export interface RepositoryOf<Repository> {
  repository: Repository
  history: ProjectHistory
  /** of the same week; null: nobody has looked */
  forks: ForkNetworkReport | null
}

/** What one week brought one repository. */
export interface RepositoryWeek<Repository> {
  repository: Repository
  measures: WeekMeasures
  /** threads of outsiders that have waited long */
  waiting: number
  /** what people did in it: how much changed */
  contributions: number
}

/** A thread of one of several repositories. */
export interface WaitingAnywhere<Repository> {
  repository: Repository
  thread: Thread
  hours: number
}

/** What one week brought all repositories of an organisation together. */
export interface OrganizationDigest<Repository> {
  week: Week
  completeness: Completeness
  /** from when on each of them is known; null: each is from its beginning */
  since: Date | null
  /** people count once; nobody is called new */
  trends: DigestTrends
  /** how long a thread has to wait to be in `waiting` */
  waitingHours: number
  /** the longest wait first */
  waiting: WaitingAnywhere<Repository>[]
  /** people who did it for the first time in one of the repositories, each once */
  newcomers: { merged: number; others: number }
  forkNetwork: ForkNetwork
  /** of the repositories whose forks were looked at */
  forks: ForkNetworkReport[]
  /** those in which something happened, the most active first */
  repositories: RepositoryWeek<Repository>[]
  /** those in which nothing did */
  quiet: number
  /** those that are not known for as long as a week is compared with others; `since` null: not at all */
  incomplete: { repository: Repository; since: Date | null }[]
  automated: BotActivity
}

interface Options {
  waitingHours: number
  /** of the eight weeks before, oldest first; without them the histories hold those weeks too */
  earlier?: readonly WeekMeasures[]
}

/**
 * The digest of one week of several repositories. Those of which nothing is
 * known in that week are named, and left out.
 *
 * @returns null where nothing is known of any
 */
export function organizationDigest<Repository>(
  all: readonly RepositoryOf<Repository>[],
  week: Week,
  { waitingHours, earlier }: Options,
): OrganizationDigest<Repository> | null {
  const told = all.filter(({ history }) => isPartlyKnown(week, knownSince(history.completeness)))
  const histories = wholly(told.map(({ history }) => history))
  if (histories.length === 0) return null
  const joined = joinHistories(histories)
  const before =
    earlier ?? windowsBefore(week, weeksBefore).map((each) => measuresTogether(histories, each))
  const repositories = told.map((one) => weekOf(one, week, waitingHours))
  const active = repositories.filter(isActive)
  return {
    week,
    completeness: completenessOf(histories, joined),
    since: sinceOf(histories),
    trends: trendsOf(before, together(histories, joined, week, measuresOfWeek)),
    waitingHours,
    waiting: waitingAnywhere(told, week, waitingHours),
    newcomers: newcomersIn(histories, week),
    forkNetwork: forkNetwork(joined.counts, week),
    forks: told.flatMap(({ forks }) => forks ?? []),
    repositories: active.toSorted(
      (a, b) =>
        b.contributions - a.contributions ||
        (b.measures.newForks ?? 0) - (a.measures.newForks ?? 0) ||
        b.waiting - a.waiting,
    ),
    quiet: repositories.length - active.length,
    incomplete: incomplete(all, week),
    automated: botActivity(joined.activities, week),
  }
}

/** A week to compare with, of several repositories: null unless all of it is known of each. */
export function measuresTogether(histories: readonly ProjectHistory[], week: Window): WeekMeasures {
  const known = wholly(histories)
  return together(known, joinHistories(known), week, measuresOfEarlierWeek)
}

/** People count once, so they are counted in the join; who forks two repositories has made two forks. */
function together(
  histories: readonly ProjectHistory[],
  joined: ProjectHistory,
  week: Window,
  measure: (history: ProjectHistory, week: Window) => WeekMeasures,
): WeekMeasures {
  const each = histories.map((history) => measure(history, week))
  return {
    ...measure(joined, week),
    newForks: sum(each.map(({ newForks }) => newForks)),
    newStars: sum(each.map(({ newStars }) => newStars)),
    // Somebody's past in a repository that they did not touch this week is not in the join.
    newContributors: null,
  }
}

function sum(values: readonly (number | null)[]): number | null {
  return values.reduce(
    (total, value) => (total === null || value === null ? null : total + value),
    0,
  )
}

function weekOf<Repository>(
  { repository, history }: RepositoryOf<Repository>,
  week: Week,
  waitingHours: number,
): RepositoryWeek<Repository> {
  return {
    repository,
    measures: measuresOfWeek(history, week),
    waiting: waiting(history.threads, week.to, waitingHours).length,
    contributions: contributionsIn(history.activities, week).length,
  }
}

function isActive({ contributions, measures, waiting }: RepositoryWeek<unknown>): boolean {
  return contributions > 0 || (measures.newForks ?? 0) > 0 || waiting > 0
}

function waitingAnywhere<Repository>(
  told: readonly RepositoryOf<Repository>[],
  { to }: Week,
  hours: number,
): WaitingAnywhere<Repository>[] {
  return told
    .flatMap(({ repository, history }) =>
      waiting(history.threads, to, hours).map((waited) => ({ repository, ...waited })),
    )
    .toSorted((a, b) => b.hours - a.hours)
}

function newcomersIn(histories: readonly ProjectHistory[], week: Week) {
  const newcomers = histories.flatMap((history) => newContributors(history, week))
  const merged = new Set(
    newcomers.flatMap(({ person, firstMerge }) => (firstMerge ? [person.id] : [])),
  )
  const all = new Set(newcomers.map(({ person }) => person.id))
  return { merged: merged.size, others: all.size - merged.size }
}

function incomplete<Repository>(all: readonly RepositoryOf<Repository>[], week: Week) {
  const [first = week] = windowsBefore(week, weeksBefore)
  return all.flatMap(({ repository, history }) => {
    const since = knownSince(history.completeness)
    return history.isKnownFromBeginning || isKnown(first, since) ? [] : [{ repository, since }]
  })
}

/** A delivery that could not be read counts against every repository, and here once. */
function completenessOf(
  histories: readonly ProjectHistory[],
  { completeness }: ProjectHistory,
): Completeness {
  const failed = histories.map((history) => history.completeness.failedDeliveries)
  return { ...completeness, failedDeliveries: Math.max(...failed) }
}

/**
 * Before its first day nothing happened in a repository, and that is known: a
 * young one is known for as long as the oldest of the others.
 */
function wholly(histories: readonly ProjectHistory[]): ProjectHistory[] {
  const known = histories.flatMap(({ completeness }) => knownSince(completeness) ?? [])
  return histories.map((history) => {
    if (!history.isKnownFromBeginning || known.length === 0) return history
    const completeness = { ...history.completeness, backfilledTo: earliest(known) }
    return { ...history, completeness }
  })
}

function sinceOf(histories: readonly ProjectHistory[]): Date | null {
  const since = histories.flatMap((history) =>
    history.isKnownFromBeginning ? [] : (knownSince(history.completeness) ?? []),
  )
  return since.length === 0 ? null : latest(since)
}
