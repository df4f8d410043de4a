import type { ProjectHistory } from './history.ts'
import type { Metric } from './metric.ts'
import { mean, median } from './statistics.ts'
import { hoursToClose } from './time-to-close.ts'
import type { Window } from './window.ts'

export interface IssueResolutionDuration {
  /** hours; null when no issue was closed */
  median: number | null
  /** hours; null when no issue was closed */
  mean: number | null
}

/**
 * Issue Resolution Duration (CHAOSS): how long issues were open before they
 * were closed.
 * https://chaoss.community/kb/metric-issue-resolution-duration/
 */
export function issueResolutionDuration(
  history: Pick<ProjectHistory, 'activities' | 'threads'>,
  window: Window,
): IssueResolutionDuration {
  const hours = hoursToClose(history, window, 'issue')
  return { median: median(hours), mean: mean(hours) }
}

export const issueResolutionDurationMetric: Metric = {
  name: 'Issue Resolution Duration',
  definition: 'How long issues that were closed had been open, as a median.',
  chaossUrl: 'https://chaoss.community/kb/metric-issue-resolution-duration/',
  unit: 'hours',
  nullMeans: 'no issue was closed',
  choice:
    'By the time of closing. The median, where CHAOSS takes the mean: a clean-up of old issues would carry the mean away. Closings count as for Time to Close.',
  measure: (history, window) => issueResolutionDuration(history, window).median,
}
