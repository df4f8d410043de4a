import { median } from './statistics.ts'

/** One metric over nine weeks. Null is unknown, or nothing to measure. */
export interface Trend {
  thisWeek: number | null
  lastWeek: number | null
  /** the median of the eight weeks before this one; null with fewer than three known */
  usual: number | null
  /** the nine weeks, oldest first */
  weeks: readonly (number | null)[]
}

/** How many windows a number is compared with. */
export const weeksBefore = 8
const knownForMedian = 3

/** @param earlier the eight weeks before, oldest first */
export function trendOf(earlier: readonly (number | null)[], now: number | null): Trend {
  return {
    thisWeek: now,
    lastWeek: earlier.at(-1) ?? null,
    usual: trailingMedian(earlier),
    weeks: [...earlier, now],
  }
}

/** The median of those that are known; null where that is fewer than three. */
export function trailingMedian(earlier: readonly (number | null)[]): number | null {
  const known = earlier.filter((value) => value !== null)
  return known.length < knownForMedian ? null : median(known)
}
