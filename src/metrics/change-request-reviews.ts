import { contributionsIn } from './contributions.ts'
import type { ProjectHistory } from './history.ts'
import { type Metric, notKnown } from './metric.ts'
import type { Window } from './window.ts'

/**
 * Change Request Reviews (CHAOSS): to what extent change requests are formally
 * reviewed, here how many reviews people submitted on each other's.
 * https://chaoss.community/kb/metric-change-request-reviews/
 */
export function changeRequestReviews(
  { activities, threads }: Pick<ProjectHistory, 'activities' | 'threads'>,
  window: Window,
): number {
  const authors = new Map(threads.map(({ number, author }) => [number, author?.id]))
  return contributionsIn(activities, window).filter(
    ({ kind, thread, person }) =>
      kind === 'pull_request_review.submitted' &&
      !(thread !== null && authors.get(thread) === person.id),
  ).length
}

export const changeRequestReviewsMetric: Metric = {
  name: 'Change Request Reviews',
  definition: 'How many reviews people submitted on pull requests of others.',
  chaossUrl: 'https://chaoss.community/kb/metric-change-request-reviews/',
  unit: 'reviews',
  nullMeans: notKnown,
  choice:
    'Each submitted review counts, whatever its verdict. What GitHub files as a review of one’s own pull request, an answer to comments on lines, does not.',
  measure: changeRequestReviews,
}
