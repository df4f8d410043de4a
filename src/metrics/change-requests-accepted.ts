import { type ChangeRequests, changeRequestsOf } from './change-requests.ts'
import type { Activity } from './history.ts'
import { ratio } from './statistics.ts'
import type { Window } from './window.ts'

/**
 * Change Requests Accepted (CHAOSS): how many change requests were merged in
 * the window; credited to their author, whoever merged them.
 * https://chaoss.community/kb/metric-change-requests-accepted/
 */
export function changeRequestsAccepted(
  activities: readonly Activity[],
  window: Window,
): ChangeRequests {
  return changeRequestsOf('pull_request.merged', activities, window)
}

/** The share (0 to 1) of all merged change requests that came from outside. Null when none was merged. */
export function outsideShare(activities: readonly Activity[], window: Window): number | null {
  const { outside, total } = changeRequestsAccepted(activities, window)
  return ratio(outside, total)
}
