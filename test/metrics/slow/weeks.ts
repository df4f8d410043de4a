import type { Fact, FactKind, ThreadState } from '../../../src/events/fact.ts'
import type { DigestMetric } from '../../../src/metrics/week-measures.ts'
import {
  different,
  isHuman,
  isInsider,
  isMachine,
  isOutsider,
  type Ledger,
  middle,
  share,
  work,
} from './ledger.ts'

/** Each number of the digest's tables in one week. */
export function weekOf(
  ledger: Ledger,
  weeksAgo: number,
  isKnownFromBeginning: boolean,
): Record<DigestMetric, number | null> {
  const people = ledger.inWeek(weeksAgo, ...work).filter(isHuman)
  const merges = ledger.inWeek(weeksAgo, 'pull_request.merged').filter(byNoMachine)
  const outside = merges.filter(({ accountId }) => isOutsider(accountId))
  const declined = pullRequestsClosed(ledger, weeksAgo).length
  const rateOf = (isTheirs: (mergesBefore: number) => boolean) =>
    isKnownFromBeginning ? rateAmong(ledger, weeksAgo, isTheirs) : null
  return {
    organizations: null, // nobody says for whom they work
    contributors: different(people),
    outsideContributors: different(people.filter(({ accountId }) => isOutsider(accountId))),
    newContributors: firstMergers(ledger, weeksAgo).length,
    opened: ledger.inWeek(weeksAgo, 'pull_request.opened').filter(byNoMachine).length,
    merged: merges.length,
    mergedFromOutside: outside.length,
    outsideShare: share(outside.length, merges.length),
    declined,
    acceptedShare: share(merges.length, merges.length + declined),
    newcomersAcceptedShare: rateOf((merges) => merges === 0),
    regularsAcceptedShare: rateOf((merges) => merges > 0),
    hoursToMerge: hoursToMerge(ledger, merges),
    hoursToMergeFromOutside: hoursToMerge(ledger, outside),
    hoursToMergeFromInside: hoursToMerge(
      ledger,
      merges.filter(({ accountId }) => isInsider(accountId)),
    ),
    hoursToFirstResponse: middle(answersIn(ledger, weeksAgo, isOutsider)),
    hoursToFirstResponseInside: middle(answersIn(ledger, weeksAgo, isInsider)),
    issuesNew: ledger.inWeek(weeksAgo, 'issues.opened').filter(byNoMachine).length,
    issuesClosed: issuesClosed(ledger, weeksAgo),
    newForks: owners(ledger, weeksAgo, 'fork'),
    newStars: owners(ledger, weeksAgo, 'star.created'),
  }
}

function hoursToMerge(ledger: Ledger, merges: readonly Fact[]): number | null {
  return middle(
    merges.map(({ thread, occurredAt }) => {
      const [opening] = ledger.in(thread, 'pull_request.opened')
      return hours(opening?.occurredAt ?? occurredAt, occurredAt)
    }),
  )
}

/** Of what was decided of some people's, the share that was merged. */
function rateAmong(ledger: Ledger, weeksAgo: number, isTheirs: (mergesBefore: number) => boolean) {
  const all = ledger.ever('pull_request.merged')
  const among = (decided: readonly Fact[]) =>
    decided.filter(({ accountId, occurredAt }) => {
      const before = all.filter((merge) => merge.accountId === accountId)
      const earlier = before.filter((merge) => merge.occurredAt < occurredAt)
      return accountId !== null && isTheirs(earlier.length)
    }).length
  const merged = among(ledger.inWeek(weeksAgo, 'pull_request.merged').filter(isHuman))
  return share(merged, merged + among(pullRequestsClosed(ledger, weeksAgo)))
}

/** Outsiders whose very first merge lies in a week. */
export function firstMergers(ledger: Ledger, weeksAgo: number): number[] {
  const merges = ledger.inWeek(weeksAgo, 'pull_request.merged')
  const ids = new Set(merges.flatMap(({ accountId }) => accountId ?? []))
  return [...ids].filter((id) => {
    const all = ledger.ever('pull_request.merged').filter(({ accountId }) => accountId === id)
    const first = Math.min(...all.map(({ occurredAt }) => occurredAt.getTime()))
    return (
      isOutsider(id) &&
      merges.some((merge) => merge.occurredAt.getTime() === first && merge.accountId === id)
    )
  })
}

/** Hours to the first answer, of some people's threads that had it in a week. */
export function answersIn(
  ledger: Ledger,
  weeksAgo: number,
  isTheirs: (accountId: number | null) => boolean,
): number[] {
  return ledger.threads.flatMap((thread) => {
    const answer = firstAnswer(ledger, thread)
    const began = beginning(ledger, thread)
    if (answer === undefined || began === null || !isTheirs(thread.authorId)) return []
    return ledger.inWeek(weeksAgo, answer.kind).includes(answer)
      ? [hours(began, answer.occurredAt)]
      : []
  })
}

/** When a thread began to wait; null for a draft. */
export function beginning(ledger: Ledger, thread: ThreadState): Date | null {
  const [ready] = ledger.in(thread, 'pull_request.ready_for_review')
  if (ready !== undefined) return ready.occurredAt
  return thread.draft ? null : thread.createdAt
}

export const answering: FactKind[] = [
  'issue_comment.created',
  'discussion_comment.created',
  'pull_request_review.submitted',
  'pull_request_review_comment.created',
]

function firstAnswer(ledger: Ledger, thread: ThreadState) {
  const began = beginning(ledger, thread)
  return ledger
    .in(thread, ...answering)
    .sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime())
    .find(
      (fact) =>
        isHuman(fact) &&
        fact.accountId !== thread.authorId &&
        began !== null &&
        fact.occurredAt >= began,
    )
}

/** The last closing of each pull request that the week ended without merging. */
function pullRequestsClosed(ledger: Ledger, weeksAgo: number): Fact[] {
  return ledger.threads.flatMap(({ number, authorId }) => {
    const turns = ledger
      .inWeek(weeksAgo, 'pull_request.closed', 'pull_request.reopened', 'pull_request.merged')
      .filter(({ thread }) => thread === number)
    const last = latest(turns)
    return !isMachine(authorId) && last?.kind === 'pull_request.closed' ? [last] : []
  })
}

function issuesClosed(ledger: Ledger, weeksAgo: number): number {
  return ledger.threads.filter(({ number, authorId }) => {
    const turns = ledger
      .inWeek(weeksAgo, 'issues.closed', 'issues.reopened')
      .filter(({ thread }) => thread === number)
    return !isMachine(authorId) && latest(turns)?.kind === 'issues.closed'
  }).length
}

function latest(facts: readonly Fact[]): Fact | undefined {
  return [...facts].sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime()).at(-1)
}

/** An account once, and everybody whose account is gone. */
function owners(ledger: Ledger, weeksAgo: number, kind: FactKind): number {
  const of = ledger.inWeek(weeksAgo, kind)
  const gone = of.filter(({ accountId }) => accountId === null)
  return different(of) - (gone.length > 0 ? 1 : 0) + gone.length
}

function byNoMachine({ accountId }: { accountId: number | null }): boolean {
  return !isMachine(accountId)
}

function hours(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 3_600_000
}
