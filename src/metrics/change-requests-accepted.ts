import { type ChangeRequests, changeRequestsOf } from './change-requests.ts'
import type { Activity } from './history.ts'
import { type Metric, notKnown } from './metric.ts'
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

export const changeRequestsAcceptedMetric: Metric = {
  name: 'Change Requests Accepted',
  definition: 'How many pull requests were merged.',
  chaossUrl: 'https://chaoss.community/kb/metric-change-requests-accepted/',
  unit: 'pull requests',
  nullMeans: notKnown,
  choice:
    'A merge is credited to the author of the pull request, whoever pressed the button. Those of bots and AI agents are left out.',
  measure: ({ activities }, window) => changeRequestsAccepted(activities, window).total,
}

export const outsideAcceptedMetric: Metric = {
  name: 'Change Requests Accepted from Outside',
  definition: 'How many merged pull requests had an author from outside the organisation.',
  chaossUrl: 'https://chaoss.community/kb/metric-change-requests-accepted/',
  unit: 'pull requests',
  nullMeans: notKnown,
  choice: 'Outside as of the merge. A deleted account counts in the total only.',
  measure: ({ activities }, window) => changeRequestsAccepted(activities, window).outside,
}

export const outsideShareMetric: Metric = {
  name: 'Outside Share',
  definition: 'The share of merged pull requests whose author was from outside the organisation.',
  chaossUrl: null,
  unit: 'share',
  nullMeans: 'nothing was merged',
  choice: null,
  measure: ({ activities }, window) => outsideShare(activities, window),
}
