import { groupBy } from './group-by.ts'
import type { AreaReviewer, ContributorHistory, Person, Thread } from './history.ts'
import type { Milestone } from './milestones.ts'
import { median } from './statistics.ts'
import { hoursToFirstResponse } from './time-to-first-response.ts'
import { waiting } from './waiting.ts'

/** The pull request that a summary stands on. */
export interface SummarisedPullRequest {
  number: number
  title: string
  createdAt: Date
  /** null: not merged, or not yet */
  mergedAt: Date | null
  /** the first directories of what it changes; empty where unknown */
  areas: string[]
}

export interface SummaryInput {
  history: ContributorHistory
  pullRequest: SummarisedPullRequest
  /** threads of outsiders, lately */
  recentThreads: readonly Thread[]
  reviewers: readonly AreaReviewer[]
  /** everybody who ever contributed; null where history is not known from its beginning */
  contributorsEver: number | null
  /** told with this merge, once and for good; null: none */
  milestone: Milestone | null
}

/** What is worth knowing about the person behind a pull request, as of its opening. */
export interface ContributorSummary {
  person: Person
  /** `first`: no pull request before; `returning`: nothing at all for a year or more */
  standing: 'first' | 'known' | 'returning'
  pullRequest: SummarisedPullRequest
  openedBefore: number
  mergedBefore: number
  /** null: nothing before */
  since: Date | null
  /** days from the last contribution before; null: nothing before */
  daysSinceLast: number | null
  /** where most of their merged work lies, at most two */
  areas: string[]
  /** issues reported before, oldest first */
  reported: number[]
  /** half of the pull requests that outsiders lately opened had an answer by then; null: fewer had, or fewer than three */
  usualHoursToFirstResponse: number | null
  /** who reviews what this pull request touches: at most two areas, two people each */
  reviewers: { area: string; logins: string[] }[]
  /** null: not merged */
  merge: Merge | null
}

export interface Merge {
  /** which merged pull request of theirs this is, 1 for the first */
  nth: number
  hours: number
  milestone: Milestone | null
  /** everybody who ever contributed, this person counted */
  contributorsEver: number | null
}

const daysUntilReturning = 365
const answersForUsual = 3

/** What Groundswell can say about a contributor on their pull request. */
export function contributorSummary(input: SummaryInput): ContributorSummary {
  const { history, pullRequest, recentThreads, reviewers } = input
  const daysSinceLast =
    history.lastAt === null ? null : hoursBetween(history.lastAt, pullRequest.createdAt) / 24
  return {
    person: history.person,
    standing: standingOf(history, daysSinceLast),
    pullRequest,
    openedBefore: history.opened,
    mergedBefore: history.merged.length,
    since: history.firstAt,
    daysSinceLast,
    areas: topAreas(history),
    reported: history.reported,
    usualHoursToFirstResponse: usualHours(recentThreads, pullRequest.createdAt),
    reviewers: reviewersOf(pullRequest.areas, reviewers, history.person),
    merge: mergeOf(input),
  }
}

/** The areas that most of a person's merged pull requests touched, at most two; a tie goes to the alphabet. */
export function topAreas({ merged }: Pick<ContributorHistory, 'merged'>): string[] {
  const touched = groupBy(
    merged.flatMap(({ areas }) => areas),
    (area) => area,
  )
  return [...touched]
    .toSorted(([a, as], [b, bs]) => bs.length - as.length || (a < b ? -1 : 1))
    .slice(0, 2)
    .map(([area]) => area)
}

function standingOf({ opened, merged }: ContributorHistory, daysSinceLast: number | null) {
  if (daysSinceLast !== null && daysSinceLast >= daysUntilReturning) return 'returning'
  return opened === 0 && merged.length === 0 ? 'first' : 'known'
}

/** Who still waits is taken to wait for ever: what a newcomer is told must not leave them out. */
function usualHours(threads: readonly Thread[], at: Date): number | null {
  const pulls = threads.filter(({ type, outside }) => type === 'pull_request' && outside)
  const answered = pulls.flatMap((thread) => hoursToFirstResponse(thread) ?? [])
  const waits = waiting(pulls, at, 0).map(() => Number.POSITIVE_INFINITY)
  const half = answered.length < answersForUsual ? null : median([...answered, ...waits])
  return half !== null && Number.isFinite(half) ? half : null
}

function reviewersOf(
  areas: readonly string[],
  reviewers: readonly AreaReviewer[],
  author: Person,
): { area: string; logins: string[] }[] {
  return areas
    .map((area) => ({
      area,
      logins: reviewers
        .filter((reviewer) => reviewer.area === area && reviewer.login !== author.login)
        .toSorted((a, b) => b.reviews - a.reviews || (a.login < b.login ? -1 : 1))
        .slice(0, 2)
        .map(({ login }) => login),
    }))
    .filter(({ logins }) => logins.length > 0)
    .slice(0, 2)
}

function mergeOf({ history, pullRequest, ...input }: SummaryInput): Merge | null {
  const { createdAt, mergedAt } = pullRequest
  if (mergedAt === null) return null
  return {
    nth: history.merged.length + 1,
    hours: hoursBetween(createdAt, mergedAt),
    milestone: input.milestone,
    contributorsEver: input.contributorsEver,
  }
}

function hoursBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 3_600_000
}
