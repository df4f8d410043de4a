import type { Thread } from './history.ts'
import type { Metric } from './metric.ts'
import { timeToFirstResponse } from './time-to-first-response.ts'
import type { Window } from './window.ts'

/**
 * Issue Response Time (CHAOSS): the time between the opening of an issue and
 * the first response of another contributor.
 * https://chaoss.community/kb/metric-issue-response-time/
 *
 * @returns hours, the median; null when no issue was answered
 */
export function issueResponseTime(threads: readonly Thread[], window: Window): number | null {
  const issues = threads.filter(({ type }) => type === 'issue')
  return timeToFirstResponse(issues, window).median
}

export const issueResponseTimeMetric: Metric = {
  name: 'Issue Response Time',
  definition: 'How long issues waited for the first answer of somebody else, as a median.',
  chaossUrl: 'https://chaoss.community/kb/metric-issue-response-time/',
  unit: 'hours',
  nullMeans: 'no issue was answered',
  choice:
    'Everybody’s issues, insiders’ too. Who and what answers is as for Time to First Response, and so is the window that an issue belongs to.',
  measure: ({ threads }, window) => issueResponseTime(threads, window),
}
