import type { ProjectHistory } from './history.ts'
import { measure } from './measure.ts'
import type { Metric } from './metric.ts'
import type { Week } from './window.ts'

/** One metric over nine weeks. Null is unknown, or nothing to measure. */
export interface Trend {
  thisWeek: number | null
  lastWeek: number | null
  /** the median of the eight weeks before this one; null with fewer than three known */
  usual: number | null
  /** the nine weeks, oldest first */
  weeks: readonly (number | null)[]
}

/** A metric measured in each week that is known. The last week may be known in part. */
export function trendOf(metric: Metric, history: ProjectHistory, week: Week): Trend {
  const { now, before, trailingMedian, series } = measure(metric, history, week)
  return { thisWeek: now, lastWeek: before, usual: trailingMedian, weeks: series }
}
