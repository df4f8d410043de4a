import { type BotActivity, botActivity } from './bot-activity.ts'
import { changeRequestAcceptanceRatio } from './change-request-acceptance-ratio.ts'
import { changeRequests } from './change-requests.ts'
import { changeRequestsAccepted, outsideShare } from './change-requests-accepted.ts'
import { changeRequestsDeclined } from './change-requests-declined.ts'
import { changeRequestsDuration } from './change-requests-duration.ts'
import { contributors } from './contributors.ts'
import type { Completeness, Person, ProjectHistory } from './history.ts'
import { issuesClosed } from './issues-closed.ts'
import { issuesNew } from './issues-new.ts'
import { knownSince } from './known-since.ts'
import { type Newcomer, newContributors } from './new-contributors.ts'
import { newStars } from './project-popularity.ts'
import { returningContributors } from './returning-contributors.ts'
import { countAt, type ForkNetwork, forkNetwork, technicalForks } from './technical-fork.ts'
import { type TimeToFirstResponse, timeToFirstResponse } from './time-to-first-response.ts'
import { type Trend, trendOf, trendWeeks } from './trend.ts'
import { type TypeOfContribution, typesOfContributions } from './types-of-contributions.ts'
import { type WaitingThread, waiting } from './waiting.ts'
import type { Week, Window } from './window.ts'

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

/** Counts, except where the name says hours or share (0 to 1). */
type DigestTrends = Record<DigestMetric, Trend>

export type DigestMetric =
  | 'contributors'
  | 'outsideContributors'
  | 'newContributors'
  | 'opened'
  | 'merged'
  | 'mergedFromOutside'
  | 'outsideShare'
  | 'declined'
  | 'acceptedShare'
  | 'hoursToMerge'
  | 'hoursToFirstResponse'
  | 'issuesNew'
  | 'issuesClosed'
  | 'newForks'
  | 'newStars'

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
    firstResponse: timeToFirstResponse(outsideThreads(history), week),
    waiting: waiting(threads, week.to, waitingHours),
    waitingHours,
    newcomers: newContributors(history, week, week.from),
    returning: returningContributors(history, week),
    types: typesOfContributions(activities, week),
    forkNetwork: forkNetwork(counts, week),
    stars: countAt(counts, week.to)?.stars ?? null,
    automated: botActivity(activities, week),
  }
}

function trendsOf(history: ProjectHistory, week: Week): DigestTrends {
  const { activities, threads, completeness } = history
  const outside = outsideThreads(history)
  const weeks = trendWeeks(week, knownSince(completeness))
  const trend = (measure: (window: Window) => number | null) => trendOf(weeks, measure)
  return {
    contributors: trend((window) => contributors(activities, window).total),
    outsideContributors: trend((window) => contributors(activities, window).outside),
    newContributors: trend((window) => firstMerges(newContributors(history, window, week.from))),
    opened: trend((window) => changeRequests(activities, window).total),
    merged: trend((window) => changeRequestsAccepted(activities, window).total),
    mergedFromOutside: trend((window) => changeRequestsAccepted(activities, window).outside),
    outsideShare: trend((window) => outsideShare(activities, window)),
    declined: trend((window) => changeRequestsDeclined(history, window)),
    acceptedShare: trend((window) => changeRequestAcceptanceRatio(history, window)),
    hoursToMerge: trend((window) => changeRequestsDuration(threads, window)),
    hoursToFirstResponse: trend((window) => timeToFirstResponse(outside, window).median),
    issuesNew: trend((window) => issuesNew(activities, window)),
    issuesClosed: trend((window) => issuesClosed(history, window)),
    newForks: trend((window) => technicalForks(activities, window)),
    // GitHub keeps no list of past stars that an App may read, so backfill brings none.
    newStars: trendOf({ ...weeks, since: completeness.trackedSince }, (window) =>
      newStars(activities, window),
    ),
  }
}

function outsideThreads({ threads }: ProjectHistory) {
  return threads.filter(({ outside }) => outside)
}

function firstMerges(newcomers: readonly Newcomer[]): number {
  return newcomers.filter(({ firstMerge }) => firstMerge).length
}
