import type { FactKind, ThreadType } from '../events/fact.ts'
import type { Window } from './window.ts'

/**
 * What metrics read: facts of one repository with the person behind each
 * already found. The store builds it, metrics only look at it.
 */

/** People, bots and AI agents are three groups, and only people are counted as people. */
export type Group = 'human' | 'bot' | 'ai'

export interface Person {
  /** `account:583231` or `signature:5f…`; stable, never shown */
  id: string
  /** for display only; null where only a commit signature is known */
  login: string | null
  group: Group
  /** asked not to appear by name */
  hidden: boolean
  /** for whom they work, by a name that the configuration gives; null where nobody says */
  organization: string | null
}

/** One fact with its person. */
export interface Activity {
  kind: FactKind
  occurredAt: Date
  /** null: the account is gone ("ghost"), or the commit's author is unknown */
  person: Person | null
  /** neither a member, owner nor collaborator at that instant, and human */
  outside: boolean
  thread: number | null
  /** `fork`: `owner/name` */
  fullName: string | null
}

/** An issue, pull request or discussion with everything that was said in it, whenever it was said. */
export interface Thread {
  number: number
  type: ThreadType
  title: string
  open: boolean
  draft: boolean
  createdAt: Date
  /** when a draft was first marked ready; null if it never was a draft, or still is one */
  readyAt: Date | null
  closedAt: Date | null
  mergedAt: Date | null
  author: Person | null
  /** the author was outside when the thread was opened */
  outside: boolean
  /** comments and submitted reviews, oldest first */
  responses: Activity[]
  /** the first directories of what a pull request changes; empty where unknown */
  areas: string[]
}

/** A person's first and latest contributions, as of the beginning of the last window; see `creditedKinds`. */
export interface PersonHistory {
  firstAt: Date
  /** the latest contribution before the last window began; null for somebody new in it */
  lastBeforeAt: Date | null
  /** pull requests merged before the last window began */
  mergedBefore: number
}

/** Somebody, no bot, whose first contribution is recent. */
export interface Arrival {
  person: Person
  firstAt: Date
  /** their latest contribution before the span ends */
  lastAt: Date
  /** they were when they came */
  outside: boolean
}

/** One day's last known counts, from the payloads of that day or, before the installation, from GitHub's history of stars. */
export interface DayCount {
  /** midnight UTC that begins the day */
  day: Date
  stars: number
  /** the whole fork network; null: no payload of that day is known */
  forks: number | null
}

/** How much of the truth the store holds for a window. */
export interface Completeness {
  /** null: not installed yet */
  trackedSince: Date | null
  deliveries: number
  /** kept, but their facts could not be recorded */
  failedDeliveries: number
  /** GitHub could not hand them over */
  missedDeliveries: number
  /** of the missed ones: sent again, and kept */
  recoveredDeliveries: number
  /** facts that no delivery told, found by comparing with what GitHub shows */
  foundFacts: number
  /** what changed before was compared; null: nothing was yet */
  comparedTo: Date | null
  /** the instant from which history was backfilled; null: no history before `trackedSince` */
  backfilledTo: Date | null
}

/** All that one report needs about one repository. */
export interface ProjectHistory {
  /** what `activities` reach over; more may be known */
  span: Window
  /** facts of the span, oldest first */
  activities: Activity[]
  /** every thread that these facts or the open list touch */
  threads: Thread[]
  /** by person id, for everybody in `activities` */
  people: ReadonlyMap<string, PersonHistory>
  /** the instant that `people` tells the past of: when the last window began */
  peopleAsOf: Date
  /** oldest first; days without a payload are absent */
  counts: DayCount[]
  /** all of it is known, from the first thread and the first commit on */
  isKnownFromBeginning: boolean
  /** who came in the last calendar month that was over at `peopleAsOf`, or near it; null where history is not known from its beginning */
  arrivals: Arrival[] | null
  completeness: Completeness
}

/** Kinds that are a contribution: starring and forking are interest, not work. */
export const creditedKinds: ReadonlySet<FactKind> = new Set<FactKind>([
  'commit.authored',
  'commit.coauthored',
  'commit_comment.created',
  'discussion.created',
  'discussion_comment.created',
  'issue_comment.created',
  'issues.opened',
  'pull_request.opened',
  'pull_request.merged',
  'pull_request_review.submitted',
  'pull_request_review_comment.created',
])

/** Everything before one pull request that its author did here. */
export interface ContributorHistory {
  person: Person
  /** oldest first */
  merged: { number: number; mergedAt: Date; areas: string[] }[]
  /** pull requests opened before this one, whatever became of them */
  opened: number
  /** issue numbers, oldest first */
  reported: number[]
  /** null: nothing before */
  firstAt: Date | null
  lastAt: Date | null
}

/** How often a person reviewed pull requests that touch an area, lately. */
export interface AreaReviewer {
  area: string
  login: string
  reviews: number
}
