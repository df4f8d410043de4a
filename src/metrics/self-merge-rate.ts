import { isAutomated } from './contributions.ts'
import type { Thread } from './history.ts'
import type { Metric } from './metric.ts'
import { isResponse } from './responses.ts'
import { ratio } from './statistics.ts'
import { isWithin, type Window } from './window.ts'

/**
 * Self-merge Rate (CHAOSS): change requests merged by their author without a
 * review, of all merged. Who pressed the button is not known from every
 * source, so this is the share merged without a review, an upper bound.
 * https://chaoss.community/kb/metric-self-merge-rates/
 *
 * @returns 0 to 1; null when nothing was merged
 */
export function selfMergeRate(threads: readonly Thread[], window: Window): number | null {
  const merged = threads.filter(
    ({ mergedAt, author }) =>
      mergedAt !== null && isWithin(mergedAt, window) && !isAutomated(author),
  )
  return ratio(merged.filter((thread) => !isReviewed(thread)).length, merged.length)
}

function isReviewed(thread: Thread): boolean {
  const { mergedAt } = thread
  return thread.responses.some(
    (response) =>
      response.kind === 'pull_request_review.submitted' &&
      isResponse(response, thread) &&
      mergedAt !== null &&
      response.occurredAt < mergedAt,
  )
}

export const selfMergeRateMetric: Metric = {
  name: 'Self-merge Rate',
  definition: 'The share of merged pull requests that nobody but the author reviewed before.',
  chaossUrl: 'https://chaoss.community/kb/metric-self-merge-rates/',
  unit: 'share',
  nullMeans: 'nothing was merged',
  choice:
    'Not everything that GitHub shows of a pull request says who merged it, so those that a colleague merged without a review are among them: the true rate is this or lower. Comments and bots’ reviews are no review.',
  measure: ({ threads }, window) => selfMergeRate(threads, window),
}
