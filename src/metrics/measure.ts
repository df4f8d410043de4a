import type { ProjectHistory } from './history.ts'
import { joinHistories } from './join-histories.ts'
import { isKnown, isPartlyKnown, knownSince } from './known-since.ts'
import type { Metric } from './metric.ts'
import { trailingMedian, weeksBefore } from './trend.ts'
import { type Week, type Window, windowsBefore } from './window.ts'

/** A metric in a window and in those before it. Null is unknown, or nothing to measure. */
export interface Measurement {
  now: number | null
  /** in the window before, of the same length */
  before: number | null
  /** of the eight windows before this one; null with fewer than three known */
  trailingMedian: number | null
  /** the eight windows before, oldest first, and this one */
  series: readonly (number | null)[]
}

/**
 * Any metric over any window, with what it was before.
 *
 * @param of one repository, or all of an organisation; what the histories do not hold is null
 */
export function measure(
  metric: Metric,
  of: ProjectHistory | readonly ProjectHistory[],
  window: Window | Week,
): Measurement {
  const history = 'activities' in of ? of : joinHistories(of)
  const earlier = windowsBefore(window, weeksBefore).map((each) =>
    measureWhole(metric, history, each),
  )
  const now = measureBegun(metric, history, window)
  return {
    now,
    before: earlier.at(-1) ?? null,
    trailingMedian: trailingMedian(earlier),
    series: [...earlier, now],
  }
}

/** Null unless all of the window is known, and held. */
export function measureWhole(
  metric: Metric,
  history: ProjectHistory,
  window: Window,
): number | null {
  return isMeasurable(metric, history, window) ? metric.measure(history, window) : null
}

/** The same, but of a window that is known in part it is a beginning. */
export function measureBegun(
  metric: Metric,
  history: ProjectHistory,
  window: Window,
): number | null {
  return isBegun(metric, history, window) ? metric.measure(history, window) : null
}

/** All that the metric looks at is known, and held. */
function isMeasurable(metric: Metric, history: ProjectHistory, window: Window): boolean {
  const from = metric.since?.(window) ?? window.from
  return (
    isHeld(history, { from, to: window.to }) && isKnown({ ...window, from }, reach(metric, history))
  )
}

/** A first window may be known in part: its counts are a beginning. What looks further back needs all of it. */
function isBegun(metric: Metric, history: ProjectHistory, window: Window): boolean {
  if (metric.since !== undefined) return isMeasurable(metric, history, window)
  return isHeld(history, window) && isPartlyKnown(window, reach(metric, history))
}

function isHeld({ span }: ProjectHistory, { from, to }: Window): boolean {
  return span.from <= from && to <= span.to
}

function reach({ source }: Metric, { completeness }: ProjectHistory): Date | null {
  return source === 'deliveries' ? completeness.trackedSince : knownSince(completeness)
}
