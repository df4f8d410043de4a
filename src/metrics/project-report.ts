import { changeRequests } from './change-requests.ts'
import { changeRequestsAccepted } from './change-requests-accepted.ts'
import { contributionsIn } from './contributions.ts'
import { contributorAbsenceFactor } from './contributor-absence-factor.ts'
import { contributors } from './contributors.ts'
import { groupBy } from './group-by.ts'
import type { Completeness, ProjectHistory } from './history.ts'
import { issueAge } from './issue-age.ts'
import { issuesClosed } from './issues-closed.ts'
import { issuesNew } from './issues-new.ts'
import { isKnown, isPartlyKnown, knownSince } from './known-since.ts'
import { newContributors } from './new-contributors.ts'
import { newStars } from './project-popularity.ts'
import { countAt, type ForkNetwork, forkNetwork, technicalForks } from './technical-fork.ts'
import { timeToFirstResponse } from './time-to-first-response.ts'
import { waiting } from './waiting.ts'
import type { Window } from './window.ts'

/** A metric in a window and in the one of the same length before it. Null is unknown, or nothing to measure. */
interface Comparison {
  now: number | null
  before: number | null
}

/** A window of a project in a few numbers. */
export interface ProjectReport {
  window: Window
  completeness: Completeness
  /** from when on history is known; null: nothing is */
  since: Date | null
  /** counts, except `hoursToFirstResponse` */
  compared: Record<ReportMetric, Comparison>
  /** outsiders' threads without an answer when the window ended */
  waiting: number
  /** hours; null when no issue is open */
  issueAge: number | null
  /** so many people made half of all contributions; null when nobody made one */
  absenceFactor: number | null
  forkNetwork: ForkNetwork
  stars: number | null
}

export type ReportMetric =
  | 'contributors'
  | 'outsideContributors'
  | 'newContributors'
  | 'opened'
  | 'merged'
  | 'mergedFromOutside'
  | 'hoursToFirstResponse'
  | 'issuesNew'
  | 'issuesClosed'
  | 'newForks'
  | 'newStars'

/**
 * What a window brought a project.
 *
 * @param history covers the window and the one of the same length before it; `people` tells what lies before the window
 */
export function projectReport(history: ProjectHistory, window: Window): ProjectReport {
  const { counts, threads, completeness } = history
  return {
    window,
    completeness,
    since: knownSince(completeness),
    compared: comparisons(history, window),
    waiting: waiting(threads, window.to, 0).length,
    issueAge: issueAge(threads, window.to),
    absenceFactor: absenceFactor(history, window),
    forkNetwork: forkNetwork(counts, window),
    stars: countAt(counts, window.to)?.stars ?? null,
  }
}

function comparisons(history: ProjectHistory, window: Window): Record<ReportMetric, Comparison> {
  const { activities, completeness } = history
  const outside = history.threads.filter((thread) => thread.outside)
  const since = knownSince(completeness)
  const compare = (measure: (window: Window) => number | null) =>
    compareSince(since, window, measure)
  return {
    contributors: compare((part) => contributors(activities, part).total),
    outsideContributors: compare((part) => contributors(activities, part).outside),
    newContributors: compare((part) => firstMerges(history, { part, peopleAsOf: window.from })),
    opened: compare((part) => changeRequests(activities, part).total),
    merged: compare((part) => changeRequestsAccepted(activities, part).total),
    mergedFromOutside: compare((part) => changeRequestsAccepted(activities, part).outside),
    hoursToFirstResponse: compare((part) => timeToFirstResponse(outside, part).median),
    issuesNew: compare((part) => issuesNew(activities, part)),
    issuesClosed: compare((part) => issuesClosed(history, part)),
    newForks: compare((part) => technicalForks(activities, part)),
    newStars: compareSince(completeness.trackedSince, window, (part) => newStars(activities, part)),
  }
}

/** An answer has no time to read each person's past, so where history is not known from its beginning nobody is called new. */
function firstMerges(
  history: ProjectHistory,
  { part, peopleAsOf }: { part: Window; peopleAsOf: Date },
): number | null {
  if (history.contributorsEver === null) return null
  return newContributors(history, part, peopleAsOf).filter(({ firstMerge }) => firstMerge).length
}

function compareSince(
  since: Date | null,
  window: Window,
  measure: (window: Window) => number | null,
): Comparison {
  const length = window.to.getTime() - window.from.getTime()
  const before = { from: new Date(window.from.getTime() - length), to: window.from }
  return {
    now: isPartlyKnown(window, since) ? measure(window) : null,
    before: isKnown(before, since) ? measure(before) : null,
  }
}

function absenceFactor({ activities }: ProjectHistory, window: Window): number | null {
  const byPerson = groupBy(contributionsIn(activities, window), ({ person }) => person.id)
  return contributorAbsenceFactor([...byPerson.values()].map(({ length }) => length))
}
