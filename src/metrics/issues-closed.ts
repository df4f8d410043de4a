import { isAutomated } from './contributions.ts'
import type { ProjectHistory } from './history.ts'
import { lastInThread } from './last-in-thread.ts'
import { type Metric, notKnown } from './metric.ts'
import type { Window } from './window.ts'

/**
 * Issues Closed (CHAOSS): how many issues were closed in the window and not
 * reopened in it. Whoever closed them, a stale bot too; issues that a bot
 * opened are left out.
 * https://chaoss.community/kb/metric-issues-closed/
 */
export function issuesClosed(
  { activities, threads }: Pick<ProjectHistory, 'activities' | 'threads'>,
  window: Window,
): number {
  const automated = new Set(
    threads.filter(({ author }) => isAutomated(author)).map(({ number }) => number),
  )
  return lastInThread(activities, { kinds: ['issues.closed', 'issues.reopened'], window }).filter(
    ({ kind, thread }) => kind === 'issues.closed' && thread !== null && !automated.has(thread),
  ).length
}

export const issuesClosedMetric: Metric = {
  name: 'Issues Closed',
  definition: 'How many issues were closed, and not reopened in the same window.',
  chaossUrl: 'https://chaoss.community/kb/metric-issues-closed/',
  unit: 'issues',
  nullMeans: notKnown,
  choice:
    'One that was closed twice counts once. Whoever closed it, a bot that closes stale issues too; issues that a bot opened are left out.',
  measure: issuesClosed,
}
