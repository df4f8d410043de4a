import type { FactKind } from '../events/fact.ts'
import { isAutomated } from './contributions.ts'
import type { Activity } from './history.ts'
import { type Metric, notKnown } from './metric.ts'
import { isWithin, type Window } from './window.ts'

export interface ChangeRequests {
  total: number
  /** those of `total` whose author was outside at that instant */
  outside: number
}

/**
 * Change Requests (CHAOSS): new requests to change the code, GitHub's pull
 * requests, opened in the window by anyone but bots and AI agents.
 * https://chaoss.community/kb/metric-change-requests/
 */
export function changeRequests(activities: readonly Activity[], window: Window): ChangeRequests {
  return changeRequestsOf('pull_request.opened', activities, window)
}

/** One kind of fact about pull requests; a deleted account's count in the total only. */
export function changeRequestsOf(
  kind: FactKind,
  activities: readonly Activity[],
  window: Window,
): ChangeRequests {
  const of = activities.filter(
    (activity) =>
      activity.kind === kind &&
      isWithin(activity.occurredAt, window) &&
      !isAutomated(activity.person),
  )
  return { total: of.length, outside: of.filter(({ outside }) => outside).length }
}

export const changeRequestsMetric: Metric = {
  name: 'Change Requests',
  definition: 'How many pull requests were opened.',
  chaossUrl: 'https://chaoss.community/kb/metric-change-requests/',
  unit: 'pull requests',
  nullMeans: notKnown,
  choice: 'Drafts count. Those of bots and AI agents do not; those of deleted accounts do.',
  measure: ({ activities }, window) => changeRequests(activities, window).total,
}
