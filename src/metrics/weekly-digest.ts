import { type BotActivity, botActivity } from './bot-activity.ts'
import { changeRequestAcceptanceRatioMetric } from './change-request-acceptance-ratio.ts'
import { changeRequestsMetric } from './change-requests.ts'
import {
  changeRequestsAcceptedMetric,
  outsideAcceptedMetric,
  outsideShareMetric,
} from './change-requests-accepted.ts'
import { changeRequestsDeclinedMetric } from './change-requests-declined.ts'
import { changeRequestsDurationMetric } from './change-requests-duration.ts'
import { contributorsMetric, outsideContributorsMetric } from './contributors.ts'
import type { Completeness, Person, ProjectHistory } from './history.ts'
import { issuesClosedMetric } from './issues-closed.ts'
import { issuesNewMetric } from './issues-new.ts'
import { knownSince } from './known-since.ts'
import type { Metric } from './metric.ts'
import {
  firstMerges,
  type Newcomer,
  newContributors,
  newContributorsMetric,
} from './new-contributors.ts'
import { newStarsMetric, starsAt } from './project-popularity.ts'
import { returningContributors } from './returning-contributors.ts'
import { type ForkNetwork, forkNetwork, technicalForkMetric } from './technical-fork.ts'
import {
  type TimeToFirstResponse,
  timeToFirstResponse,
  timeToFirstResponseMetric,
} from './time-to-first-response.ts'
import { type Trend, trendOf } from './trend.ts'
import { type TypeOfContribution, typesOfContributions } from './types-of-contributions.ts'
import { type WaitingThread, waiting } from './waiting.ts'
import type { Week } from './window.ts'

/** What one week brought a repository, against the week before and the eight before. */
export interface WeeklyDigest {
  week: Week
  completeness: Completeness
  /** from when on history is known; null: nothing is */
  since: Date | null
  trends: DigestTrends
  /** of threads that outsiders opened */
  firstResponse: TimeToFirstResponse
  waiting: WaitingThread[]
  /** how long a thread has to wait to be in `waiting` */
  waitingHours: number
  newcomers: Newcomer[]
  returning: Person[]
  types: TypeOfContribution[]
  forkNetwork: ForkNetwork
  /** all stars at the end of the week */
  stars: number | null
  automated: BotActivity
}

/**
 * What a digest shows of nine weeks each. Before somebody is called new in a
 * digest, their past is read, so there the number of first merges waits for no
 * history.
 */
export const digestMetrics = {
  contributors: contributorsMetric,
  outsideContributors: outsideContributorsMetric,
  newContributors: { ...newContributorsMetric, measure: firstMerges },
  opened: changeRequestsMetric,
  merged: changeRequestsAcceptedMetric,
  mergedFromOutside: outsideAcceptedMetric,
  outsideShare: outsideShareMetric,
  declined: changeRequestsDeclinedMetric,
  acceptedShare: changeRequestAcceptanceRatioMetric,
  hoursToMerge: changeRequestsDurationMetric,
  hoursToFirstResponse: timeToFirstResponseMetric,
  issuesNew: issuesNewMetric,
  issuesClosed: issuesClosedMetric,
  newForks: technicalForkMetric,
  newStars: newStarsMetric,
} satisfies Record<string, Metric>

export type DigestMetric = keyof typeof digestMetrics

/** Counts, except where the name says hours or share (0 to 1). */
type DigestTrends = Record<DigestMetric, Trend>

/**
 * The digest of one week.
 *
 * @param history covers the week and the eight before it; `people` tells what lies before the week itself
 * @param waitingHours how long an outsider's thread waits before it is listed
 */
export function weeklyDigest(history: ProjectHistory, week: Week, waitingHours = 48): WeeklyDigest {
  const { activities, counts, threads, completeness } = history
  return {
    week,
    completeness,
    since: knownSince(completeness),
    trends: trendsOf(history, week),
    firstResponse: timeToFirstResponse(
      threads.filter(({ outside }) => outside),
      week,
    ),
    waiting: waiting(threads, week.to, waitingHours),
    waitingHours,
    newcomers: newContributors(history, week),
    returning: returningContributors(history, week),
    types: typesOfContributions(activities, week),
    forkNetwork: forkNetwork(counts, week),
    stars: starsAt(counts, week.to),
    automated: botActivity(activities, week),
  }
}

function trendsOf(history: ProjectHistory, week: Week): DigestTrends {
  const trend = (metric: DigestMetric) => trendOf(digestMetrics[metric], history, week)
  return {
    contributors: trend('contributors'),
    outsideContributors: trend('outsideContributors'),
    newContributors: trend('newContributors'),
    opened: trend('opened'),
    merged: trend('merged'),
    mergedFromOutside: trend('mergedFromOutside'),
    outsideShare: trend('outsideShare'),
    declined: trend('declined'),
    acceptedShare: trend('acceptedShare'),
    hoursToMerge: trend('hoursToMerge'),
    hoursToFirstResponse: trend('hoursToFirstResponse'),
    issuesNew: trend('issuesNew'),
    issuesClosed: trend('issuesClosed'),
    newForks: trend('newForks'),
    newStars: trend('newStars'),
  }
}
