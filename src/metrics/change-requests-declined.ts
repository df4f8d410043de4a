import { isAutomated } from './contributions.ts'
import type { Activity, ProjectHistory } from './history.ts'
import { type Closing, lastInThread } from './last-in-thread.ts'
import { type Metric, notKnown } from './metric.ts'
import type { Window } from './window.ts'

/**
 * Change Requests Declined (CHAOSS): how many change requests the window ended
 * without merging them. One that was closed twice counts once; one that was
 * reopened or merged after all does not count.
 * https://chaoss.community/kb/metric-change-requests-declined/
 */
export function changeRequestsDeclined(
  history: Pick<ProjectHistory, 'activities'>,
  window: Window,
): number {
  return declinedIn(history, window).length
}

/** The last closing of each change request that was declined. */
export function declinedIn(
  { activities }: Pick<ProjectHistory, 'activities'>,
  window: Window,
): Activity[] {
  const turns: Closing = {
    kinds: ['pull_request.closed', 'pull_request.reopened', 'pull_request.merged'],
    window,
  }
  return lastInThread(activities, turns).filter(
    ({ kind, person }) => kind === 'pull_request.closed' && !isAutomated(person),
  )
}

export const changeRequestsDeclinedMetric: Metric = {
  name: 'Change Requests Declined',
  definition: 'How many pull requests were closed without a merge.',
  chaossUrl: 'https://chaoss.community/kb/metric-change-requests-declined/',
  unit: 'pull requests',
  nullMeans: notKnown,
  choice:
    'One that was closed twice in the window counts once. One that was reopened, or merged after all, in the same window does not count; what happens later changes nothing.',
  measure: changeRequestsDeclined,
}
