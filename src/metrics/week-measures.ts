import {
  changeRequestAcceptanceRatioMetric,
  newcomerAcceptanceMetric,
  regularAcceptanceMetric,
} from './change-request-acceptance-ratio.ts'
import { changeRequestsMetric } from './change-requests.ts'
import {
  changeRequestsAcceptedMetric,
  outsideAcceptedMetric,
  outsideShareMetric,
} from './change-requests-accepted.ts'
import { changeRequestsDeclinedMetric } from './change-requests-declined.ts'
import {
  changeRequestsDurationMetric,
  insideDurationMetric,
  outsideDurationMetric,
} from './change-requests-duration.ts'
import { contributorsMetric, outsideContributorsMetric } from './contributors.ts'
import type { ProjectHistory } from './history.ts'
import { issuesClosedMetric } from './issues-closed.ts'
import { issuesNewMetric } from './issues-new.ts'
import { measureBegun, measureWhole } from './measure.ts'
import type { Metric } from './metric.ts'
import { firstMerges, newContributorsMetric } from './new-contributors.ts'
import { organizationalDiversityMetric } from './organizational-diversity.ts'
import { newStarsMetric } from './project-popularity.ts'
import { technicalForkMetric } from './technical-fork.ts'
import { insideResponseMetric, timeToFirstResponseMetric } from './time-to-first-response.ts'
import { type Trend, trendOf } from './trend.ts'
import type { Window } from './window.ts'

/**
 * What a digest shows of nine weeks each. Before somebody is called new in a
 * digest, their past is read, so there the number of first merges waits for no
 * history.
 */
export const digestMetrics = {
  contributors: contributorsMetric,
  outsideContributors: outsideContributorsMetric,
  organizations: organizationalDiversityMetric,
  newContributors: { ...newContributorsMetric, measure: firstMerges },
  opened: changeRequestsMetric,
  merged: changeRequestsAcceptedMetric,
  mergedFromOutside: outsideAcceptedMetric,
  outsideShare: outsideShareMetric,
  declined: changeRequestsDeclinedMetric,
  acceptedShare: changeRequestAcceptanceRatioMetric,
  newcomersAcceptedShare: newcomerAcceptanceMetric,
  regularsAcceptedShare: regularAcceptanceMetric,
  hoursToMerge: changeRequestsDurationMetric,
  hoursToMergeFromOutside: outsideDurationMetric,
  hoursToMergeFromInside: insideDurationMetric,
  hoursToFirstResponse: timeToFirstResponseMetric,
  hoursToFirstResponseInside: insideResponseMetric,
  issuesNew: issuesNewMetric,
  issuesClosed: issuesClosedMetric,
  newForks: technicalForkMetric,
  newStars: newStarsMetric,
} satisfies Record<string, Metric>

export type DigestMetric = keyof typeof digestMetrics

/** What each metric is in one week. Null is unknown, or nothing to measure. */
export type WeekMeasures = Record<DigestMetric, number | null>

/** Counts, except where the name says hours or share (0 to 1). */
export type DigestTrends = Record<DigestMetric, Trend>

/** The week that a digest is about: it may be known in part, and then its counts are a beginning. */
export function measuresOfWeek(history: ProjectHistory, week: Window): WeekMeasures {
  return ofEachMetric((metric) => measureBegun(digestMetrics[metric], history, week))
}

/** A week to compare with: null unless all of it is known. What happens after it changes nothing here. */
export function measuresOfEarlierWeek(history: ProjectHistory, week: Window): WeekMeasures {
  return ofEachMetric((metric) => measureWhole(digestMetrics[metric], history, week))
}

/** What each trend ends in. */
export function measuresIn(trends: DigestTrends): WeekMeasures {
  return ofEachMetric((metric) => trends[metric].thisWeek)
}

/** @param earlier the eight weeks before, oldest first */
export function trendsOf(earlier: readonly WeekMeasures[], now: WeekMeasures): DigestTrends {
  return ofEachMetric((metric) =>
    trendOf(
      earlier.map((week) => week[metric]),
      now[metric],
    ),
  )
}

const names = Object.keys(digestMetrics) as DigestMetric[] // as: its own keys

function ofEachMetric<Value>(of: (metric: DigestMetric) => Value): Record<DigestMetric, Value> {
  // as: fromEntries forgets which keys it was given
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<DigestMetric, Value>
}
