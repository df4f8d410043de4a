import { isAutomated } from './contributions.ts'
import type { Thread } from './history.ts'
import type { Metric } from './metric.ts'
import { median } from './statistics.ts'
import { isWithin, type Window } from './window.ts'

/**
 * Change Requests Duration (CHAOSS): the median time from opening to merging,
 * of accepted change requests only. CHAOSS files each under the window of its
 * creation, we under that of its merge, so that a finished week never changes.
 * https://chaoss.community/kb/metric-change-requests-duration/
 *
 * @returns hours; null when none was merged
 */
export function changeRequestsDuration(threads: readonly Thread[], window: Window): number | null {
  return median(
    threads.flatMap(({ createdAt, mergedAt, author }) =>
      mergedAt !== null && isWithin(mergedAt, window) && !isAutomated(author)
        ? (mergedAt.getTime() - createdAt.getTime()) / 3_600_000
        : [],
    ),
  )
}

const description = {
  definition: 'How long merged pull requests took from opening to merging, as a median.',
  chaossUrl: 'https://chaoss.community/kb/metric-change-requests-duration/',
  unit: 'hours',
  nullMeans: 'nothing was merged',
  choice:
    'A pull request belongs to the window of its merge, so that a finished window never changes; CHAOSS files it under its creation. Time as a draft is part of it. Hours are those of the clock.',
} as const

export const changeRequestsDurationMetric: Metric = {
  ...description,
  name: 'Change Requests Duration',
  measure: ({ threads }, window) => changeRequestsDuration(threads, window),
}

export const outsideDurationMetric: Metric = {
  ...description,
  name: 'Change Requests Duration from Outside',
  definition:
    'How long merged pull requests of people from outside took from opening to merging, as a median.',
  measure: ({ threads }, window) =>
    changeRequestsDuration(
      threads.filter(({ outside }) => outside),
      window,
    ),
}

export const insideDurationMetric: Metric = {
  ...description,
  name: 'Change Requests Duration from Inside',
  definition:
    'How long merged pull requests of members, owners and collaborators took from opening to merging, as a median.',
  measure: ({ threads }, window) =>
    changeRequestsDuration(
      threads.filter(({ outside, author }) => !outside && author !== null),
      window,
    ),
}
