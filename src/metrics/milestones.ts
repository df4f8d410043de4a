import { monthsAfter } from './window.ts'

/** So many merged pull requests, or the first one that is merged a year after the first one was. */
export const milestones = ['10', '50', '100', 'year'] as const
export type Milestone = (typeof milestones)[number]

interface MergedPullRequest {
  number: number
  mergedAt: Date
}

/** In the order in which they were merged; of those at the same instant, in that of their numbers. */
export function inOrderOfMerge<Merge extends MergedPullRequest>(merges: readonly Merge[]): Merge[] {
  return merges.toSorted(
    (a, b) => a.mergedAt.getTime() - b.mergedAt.getTime() || a.number - b.number,
  )
}

/**
 * Which pull request of a person each milestone of theirs belongs to. A year is
 * one as long as there are not two: whoever comes back after a longer time is
 * welcomed back instead.
 *
 * @param merges all of theirs that are merged
 */
export function milestonesOf(merges: readonly MergedPullRequest[]): Map<Milestone, number> {
  const ordered = inOrderOfMerge(merges)
  const found = new Map<Milestone, number>()
  for (const milestone of milestones) {
    const merge = milestone === 'year' ? firstAfterAYear(ordered) : ordered[Number(milestone) - 1]
    if (merge !== undefined) found.set(milestone, merge.number)
  }
  return found
}

function firstAfterAYear(ordered: readonly MergedPullRequest[]): MergedPullRequest | undefined {
  const [first] = ordered
  if (first === undefined) return undefined
  const after = ordered.find(({ mergedAt }) => mergedAt >= monthsAfter(first.mergedAt, 12))
  return after !== undefined && after.mergedAt < monthsAfter(first.mergedAt, 24) ? after : undefined
}
