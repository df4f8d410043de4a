import { isAutomated } from './contributions.ts'
import type { ProjectHistory } from './history.ts'
import { type Closing, lastInThread } from './last-in-thread.ts'
import type { Window } from './window.ts'

/**
 * Change Requests Declined (CHAOSS): how many change requests the window ended
 * without merging them. One that was closed twice counts once; one that was
 * reopened or merged after all does not count.
 * https://chaoss.community/kb/metric-change-requests-declined/
 */
export function changeRequestsDeclined(
  { activities }: Pick<ProjectHistory, 'activities'>,
  window: Window,
): number {
  const turns: Closing = {
    kinds: ['pull_request.closed', 'pull_request.reopened', 'pull_request.merged'],
    window,
  }
  return lastInThread(activities, turns).filter(
    ({ kind, person }) => kind === 'pull_request.closed' && !isAutomated(person),
  ).length
}
