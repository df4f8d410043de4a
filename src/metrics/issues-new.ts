import { isAutomated } from './contributions.ts'
import type { Activity } from './history.ts'
import { isWithin, type Window } from './window.ts'

/**
 * Issues New (CHAOSS): how many issues were opened in the window; those of
 * bots and AI agents are left out.
 * https://chaoss.community/kb/metric-issues-new/
 */
export function issuesNew(activities: readonly Activity[], window: Window): number {
  return activities.filter(
    ({ kind, occurredAt, person }) =>
      kind === 'issues.opened' && isWithin(occurredAt, window) && !isAutomated(person),
  ).length
}
