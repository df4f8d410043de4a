import { type BotActivity, botActivity } from './bot-activity.ts'
import type { ForkNetworkReport } from './fork-network.ts'
import type { Completeness, Person, ProjectHistory } from './history.ts'
import { knownSince } from './known-since.ts'
import { type Newcomer, newContributors } from './new-contributors.ts'
import { type NewcomerCohort, newcomerCohort } from './newcomer-cohort.ts'
import { starsAt } from './project-popularity.ts'
import { returningContributors } from './returning-contributors.ts'
import { reviewsOwed } from './reviews-owed.ts'
import { type ForkNetwork, forkNetwork } from './technical-fork.ts'
import { type TimeToFirstResponse, timeToFirstResponse } from './time-to-first-response.ts'
import { weeksBefore } from './trend.ts'
import { type TypeOfContribution, typesOfContributions } from './types-of-contributions.ts'
import { type WaitingThread, waiting } from './waiting.ts'
import {
  type DigestTrends,
  measuresOfEarlierWeek,
  measuresOfWeek,
  trendsOf,
  type WeekMeasures,
} from './week-measures.ts'
import { type Week, windowsBefore } from './window.ts'

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
  /** pull requests of outsiders whose author had the last word */
  reviewsOwed: WaitingThread[]
  /** how long a thread has to wait to be in `waiting` or `reviewsOwed` */
  waitingHours: number
  newcomers: Newcomer[]
  returning: Person[]
  /** those who came last month; null where that is not known */
  cohort: NewcomerCohort | null
  types: TypeOfContribution[]
  forkNetwork: ForkNetwork
  /** what lives in the network; null: nobody has looked yet */
  forks: ForkNetworkReport | null
  /** all stars at the end of the week */
  stars: number | null
  automated: BotActivity
}

interface DigestOptions {
  /** how long an outsider's thread waits before it is listed */
  waitingHours?: number
  /** of the eight weeks before, oldest first; without them the history holds those weeks too */
  earlier?: readonly WeekMeasures[]
  /** of the same week */
  forks?: ForkNetworkReport | null
}

/**
 * The digest of one week.
 *
 * @param history covers the week, and the eight before it where `earlier` does not tell of them; `people` tells what lies before the week itself
 */
export function weeklyDigest(
  history: ProjectHistory,
  week: Week,
  { waitingHours = 48, earlier = measuredBefore(history, week), forks = null }: DigestOptions = {},
): WeeklyDigest {
  const { activities, counts, threads, completeness } = history
  return {
    week,
    completeness,
    since: knownSince(completeness),
    trends: trendsOf(earlier, measuresOfWeek(history, week)),
    firstResponse: timeToFirstResponse(
      threads.filter(({ outside }) => outside),
      week,
    ),
    waiting: waiting(threads, week.to, waitingHours),
    reviewsOwed: reviewsOwed(threads, week.to, waitingHours),
    waitingHours,
    newcomers: newContributors(history, week),
    returning: returningContributors(history, week),
    cohort: newcomerCohort(history, week),
    types: typesOfContributions(activities, week),
    forkNetwork: forkNetwork(counts, week),
    forks,
    stars: starsAt(counts, week.to),
    automated: botActivity(activities, week),
  }
}

function measuredBefore(history: ProjectHistory, week: Week): WeekMeasures[] {
  return windowsBefore(week, weeksBefore).map((each) => measuresOfEarlierWeek(history, each))
}
