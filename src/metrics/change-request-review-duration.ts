import type { Thread } from './history.ts'
import type { Metric } from './metric.ts'
import { timeToFirstResponse } from './time-to-first-response.ts'
import type { Window } from './window.ts'

/**
 * Change Request Review Duration (CHAOSS): the time between the submission of
 * a change request and its first review.
 * https://chaoss.community/kb/metric-change-request-review-duration/
 *
 * @returns hours, the median; null when nothing had its first review
 */
export function changeRequestReviewDuration(
  threads: readonly Thread[],
  window: Window,
): number | null {
  const reviewed = threads
    .filter(({ type }) => type === 'pull_request')
    .map((thread) => ({
      ...thread,
      responses: thread.responses.filter(({ kind }) => kind === 'pull_request_review.submitted'),
    }))
  return timeToFirstResponse(reviewed, window).median
}

export const changeRequestReviewDurationMetric: Metric = {
  name: 'Change Request Review Duration',
  definition: 'How long pull requests waited for the first review of somebody else, as a median.',
  chaossUrl: 'https://chaoss.community/kb/metric-change-request-review-duration/',
  unit: 'hours',
  nullMeans: 'no pull request had its first review',
  choice:
    'Everybody’s pull requests, insiders’ too; comments are no review. What was merged without a review is left out, where CHAOSS counts it as zero: no review is not a fast one.',
  measure: ({ threads }, window) => changeRequestReviewDuration(threads, window),
}
