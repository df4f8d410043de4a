import { changeRequestsMetric } from './change-requests.ts'
import { changeRequestsAcceptedMetric, outsideAcceptedMetric } from './change-requests-accepted.ts'
import { absenceFactorOf } from './contributor-absence-factor.ts'
import { contributorsMetric, outsideContributorsMetric } from './contributors.ts'
import type { Completeness, ProjectHistory } from './history.ts'
import { issueAge } from './issue-age.ts'
import { issuesClosedMetric } from './issues-closed.ts'
import { issuesNewMetric } from './issues-new.ts'
import { knownSince } from './known-since.ts'
import { type Measurement, measure } from './measure.ts'
import type { Metric } from './metric.ts'
import { newContributorsMetric } from './new-contributors.ts'
import { newStarsMetric, starsAt } from './project-popularity.ts'
import { type ForkNetwork, forkNetwork, technicalForkMetric } from './technical-fork.ts'
import { timeToFirstResponseMetric } from './time-to-first-response.ts'
import { waiting } from './waiting.ts'
import type { Window } from './window.ts'

/** A metric in a window and in the one of the same length before it. Null is unknown, or nothing to measure. */
type Comparison = Pick<Measurement, 'now' | 'before'>

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

/** What a report compares with the window before. */
export const reportMetrics = {
  contributors: contributorsMetric,
  outsideContributors: outsideContributorsMetric,
  newContributors: newContributorsMetric,
  opened: changeRequestsMetric,
  merged: changeRequestsAcceptedMetric,
  mergedFromOutside: outsideAcceptedMetric,
  hoursToFirstResponse: timeToFirstResponseMetric,
  issuesNew: issuesNewMetric,
  issuesClosed: issuesClosedMetric,
  newForks: technicalForkMetric,
  newStars: newStarsMetric,
} satisfies Record<string, Metric>

export type ReportMetric = keyof typeof reportMetrics

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
    absenceFactor: absenceFactorOf(history.activities, window),
    forkNetwork: forkNetwork(counts, window),
    stars: starsAt(counts, window.to),
  }
}

function comparisons(history: ProjectHistory, window: Window): Record<ReportMetric, Comparison> {
  const compare = (metric: ReportMetric): Comparison => {
    const { now, before } = measure(reportMetrics[metric], history, window)
    return { now, before }
  }
  return {
    contributors: compare('contributors'),
    outsideContributors: compare('outsideContributors'),
    newContributors: compare('newContributors'),
    opened: compare('opened'),
    merged: compare('merged'),
    mergedFromOutside: compare('mergedFromOutside'),
    hoursToFirstResponse: compare('hoursToFirstResponse'),
    issuesNew: compare('issuesNew'),
    issuesClosed: compare('issuesClosed'),
    newForks: compare('newForks'),
    newStars: compare('newStars'),
  }
}
