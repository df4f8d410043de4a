import type { Fact, FactKind, ThreadState } from '../../../src/events/fact.ts'
import { dwellers, type World } from '../world.ts'

/**
 * A second opinion on every number of a digest: plain counting over raw facts,
 * with loops and nothing of `src/metrics`. Slow and easy to check by eye.
 */
export class Ledger {
  readonly #world: World
  readonly #lastWeekBegins: number

  constructor(world: World, lastWeekBegins: Date) {
    this.#world = world
    this.#lastWeekBegins = lastWeekBegins.getTime()
  }

  /** Facts of some kinds in one week; 0 is the last one, 8 the first one shown. */
  inWeek(weeksAgo: number, ...kinds: FactKind[]): Fact[] {
    const begins = this.#lastWeekBegins - weeksAgo * weekMs
    return this.#world.facts.filter(({ kind, occurredAt }) => {
      const time = occurredAt.getTime()
      return kinds.includes(kind) && begins <= time && time < begins + weekMs
    })
  }

  ever(...kinds: FactKind[]): Fact[] {
    return this.#world.facts.filter(({ kind }) => kinds.includes(kind))
  }

  in(thread: ThreadState | number | null, ...kinds: FactKind[]): Fact[] {
    const number = typeof thread === 'object' ? thread?.number : thread
    return this.ever(...kinds).filter((fact) => fact.thread === number)
  }

  get threads(): ThreadState[] {
    return this.#world.threads
  }

  get end(): number {
    return this.#lastWeekBegins + weekMs
  }
}

const weekMs = 7 * 24 * 3_600_000

/** Everything that a person is thanked for. */
export const work: FactKind[] = [
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
]

export function isHuman({ accountId, detail }: Fact): boolean {
  return detail.agent === undefined && groupOf(accountId) === 'human'
}

/** Bots and agents; a deleted account is neither. */
export function isMachine(accountId: number | null): boolean {
  return groupOf(accountId) === 'bot' || groupOf(accountId) === 'ai'
}

export function groupOf(accountId: number | null) {
  return dwellers.find(({ id }) => id === accountId)?.group ?? null
}

export function isOutsider(accountId: number | null): boolean {
  return dwellers.some(({ id, group, inside }) => id === accountId && group === 'human' && !inside)
}

export function isInsider(accountId: number | null): boolean {
  return dwellers.some(({ id, group, inside }) => id === accountId && group === 'human' && inside)
}

export function different(facts: readonly Fact[]): number {
  return new Set(facts.map(({ accountId }) => accountId)).size
}

/** The value in the middle, or between the middle two. */
export function middle(values: readonly number[]): number | null {
  return at(values, 0.5)
}

/** What that share of all values lies below. */
export function at(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  const place = share * (sorted.length - 1)
  const low = sorted[Math.trunc(place)] ?? 0
  const high = sorted[Math.min(Math.trunc(place) + 1, sorted.length - 1)] ?? 0
  return low + (place % 1) * (high - low)
}

export function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}
