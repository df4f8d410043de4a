import { isAutomated } from './contributions.ts'
import type { Thread } from './history.ts'
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
