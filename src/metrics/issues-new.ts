import { isAutomated } from './contributions.ts'
import type { Activity } from './history.ts'
import { type Metric, notKnown } from './metric.ts'
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

export const issuesNewMetric: Metric = {
  name: 'Issues New',
  definition: 'How many issues were opened.',
  chaossUrl: 'https://chaoss.community/kb/metric-issues-new/',
  unit: 'issues',
  nullMeans: notKnown,
  choice:
    'A reopened issue is not a new one. Issues of bots and AI agents are left out, as are deleted and transferred ones.',
  measure: ({ activities }, window) => issuesNew(activities, window),
}
