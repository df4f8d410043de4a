import { contributionsIn } from './contributions.ts'
import type { ProjectHistory } from './history.ts'
import { knownSince } from './known-since.ts'
import type { Metric } from './metric.ts'
import { deviation, mean } from './statistics.ts'
import { type Week, type Window, windowsBefore } from './window.ts'

const windowsCompared = 8
const fewestWindows = 6

/** From here on, up or down, a window is a burst: what CHAOSS suggests with Bollinger bands. */
export const burstFrom = 2

/**
 * Burstiness (CHAOSS): short times of intense activity and the return to the
 * usual, here how many standard deviations the last value lies from the mean
 * of those before. The deviation is never taken for less than what comes by
 * chance (the square root of the mean), nor for less than one, or a quiet
 * project would burst with every comment.
 * https://chaoss.community/kb/metric-burstiness/
 *
 * @returns null with fewer than six values before
 */
export function burstiness(before: readonly number[], now: number): number | null {
  const usual = mean(before)
  const spread = deviation(before)
  if (before.length < fewestWindows || usual === null || spread === null) return null
  return (now - usual) / Math.max(spread, Math.sqrt(usual), 1)
}

/** Of contributions in a window, against the up to eight windows before that are known. */
function burstinessOf(history: ProjectHistory, window: Window | Week): number | null {
  const { activities, span, completeness } = history
  const since = knownSince(completeness)
  const count = (each: Window) => contributionsIn(activities, each).length
  const before = windowsBefore(window, windowsCompared)
    .filter(({ from }) => since !== null && since <= from && span.from <= from)
    .map(count)
  return burstiness(before, count(window))
}

export const burstinessMetric: Metric = {
  name: 'Burstiness',
  definition:
    'How many standard deviations the number of contributions lies above, or below, the mean of the windows before.',
  chaossUrl: 'https://chaoss.community/kb/metric-burstiness/',
  unit: 'standard deviations',
  nullMeans: 'fewer than six windows before are known',
  choice: `Against the eight windows before; from ${burstFrom} on, up or down, it is called a burst. Why is for people to say: a release, a talk, a mention.`,
  since: (window) => windowsBefore(window, fewestWindows)[0]?.from ?? window.from,
  measure: burstinessOf,
}
