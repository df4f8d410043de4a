import { isKnown, isPartlyKnown } from './known-since.ts'
import { median } from './statistics.ts'
import { type Week, type Window, weeksUpTo } from './window.ts'

/** One metric over nine weeks. Null is unknown, or nothing to measure. */
export interface Trend {
  thisWeek: number | null
  lastWeek: number | null
  /** the median of the eight weeks before this one; null with fewer than three known */
  usual: number | null
  /** the nine weeks, oldest first */
  weeks: readonly (number | null)[]
}

const weeksShown = 9
const weeksForUsual = 3

/** The weeks that a trend shows, oldest first, and from when on they are known. */
export interface TrendWeeks {
  before: readonly Week[]
  week: Week
  since: Date | null
}

/** A week and the eight before it. */
export function trendWeeks(week: Week, since: Date | null): TrendWeeks {
  return { before: weeksUpTo(week, weeksShown).slice(0, -1), week, since }
}

/** A metric measured in each week that is known. The last week may be known in part. */
export function trendOf(
  { before, week, since }: TrendWeeks,
  measure: (window: Window) => number | null,
): Trend {
  const earlier = before.map((past) => (isKnown(past, since) ? measure(past) : null))
  const thisWeek = isPartlyKnown(week, since) ? measure(week) : null
  const known = earlier.filter((value) => value !== null)
  return {
    thisWeek,
    lastWeek: earlier.at(-1) ?? null,
    usual: known.length < weeksForUsual ? null : median(known),
    weeks: [...earlier, thisWeek],
  }
}
