import { type ForkProjection, type ForkRate, projectionTo } from './fork-growth.ts'

const firstMilestone = 100
const tenfold = 10
const dayMs = 86_400_000

/**
 * The sizes that a network passes when it grows beyond what it ever was: 100,
 * 1,000, 10,000 and so on. One that shrinks and grows again passes none.
 *
 * @param largest the most it ever held, as far as that is known; null: it was
 * never looked at, and what it has passed by now was passed before
 * @returns the smallest first
 */
export function milestonesPassed(largest: number | null, size: number): number[] {
  const passed: number[] = []
  if (largest === null) return passed
  for (let milestone = firstMilestone; milestone <= size; milestone *= tenfold) {
    if (milestone > largest) passed.push(milestone)
  }
  return passed
}

/** The size a tenth as large, from which the last step led. */
export function milestoneBefore(milestone: number): number {
  return milestone / tenfold
}

export interface ForkMilestone {
  milestone: number
  passedAt: Date
  before: number
  /** from the one before to this one; null where it is not known when that was passed */
  days: number | null
  /** when that was seen; else it is told by when the forks were made that are still known, and about right */
  isSeen: boolean
  next: number
  /** null where it does not grow, or not there within a year */
  projection: ForkProjection | null
}

/**
 * A milestone of a fork network, how long the last step took, and when the next
 * one comes if nothing changes.
 *
 * @param passed `before`: when the milestone before was passed, if that was
 * seen; `beforeByForks`: when as many forks had been made, of those that are known
 * @param growth of the latest whole week
 */
export function forkMilestone(
  passed: {
    milestone: number
    at: Date
    before: Date | null
    beforeByForks: Date | null
  },
  growth: { total: number | null; rate: ForkRate | null; to: Date },
): ForkMilestone {
  const { milestone, at } = passed
  const { total, rate, to: from } = growth
  const since = passed.before ?? passed.beforeByForks
  const next = milestone * tenfold
  return {
    milestone,
    passedAt: at,
    before: milestoneBefore(milestone),
    days: since === null ? null : Math.max(0, at.getTime() - since.getTime()) / dayMs,
    isSeen: passed.before !== null,
    next,
    projection: total === null || rate === null ? null : projectionTo(next, { total, rate, from }),
  }
}
