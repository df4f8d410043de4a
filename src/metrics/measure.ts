import type { ProjectHistory } from './history.ts'
import { joinHistories } from './join-histories.ts'
import { isKnown, isPartlyKnown, knownSince } from './known-since.ts'
import type { Metric } from './metric.ts'
import { median } from './statistics.ts'
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

const windowsShown = 8
const windowsForMedian = 3

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
  const earlier = windowsBefore(window, windowsShown).map((each) =>
    isMeasurable(metric, history, each) ? metric.measure(history, each) : null,
  )
  const now = isBegun(metric, history, window) ? metric.measure(history, window) : null
  const known = earlier.filter((value) => value !== null)
  return {
    now,
    before: earlier.at(-1) ?? null,
    trailingMedian: known.length < windowsForMedian ? null : median(known),
    series: [...earlier, now],
  }
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
