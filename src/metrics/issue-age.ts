import { isAutomated } from './contributions.ts'
import type { Thread } from './history.ts'
import type { Metric } from './metric.ts'
import { isOpen } from './responses.ts'
import { median } from './statistics.ts'

/**
 * Issue Age (CHAOSS): how long the issues that are open at an instant have
 * been open, as a median.
 * https://chaoss.community/kb/metric-issue-age/
 *
 * @returns hours; null when no issue is open
 */
export function issueAge(threads: readonly Thread[], at: Date): number | null {
  return median(
    threads
      .filter((thread) => thread.type === 'issue' && isOpen(thread, at))
      .filter(({ author }) => !isAutomated(author))
      .map(({ createdAt }) => (at.getTime() - createdAt.getTime()) / 3_600_000),
  )
}

export const issueAgeMetric: Metric = {
  name: 'Issue Age',
  definition: 'How long the issues that are open when the window ends have been open, as a median.',
  chaossUrl: 'https://chaoss.community/kb/metric-issue-age/',
  unit: 'hours',
  nullMeans: 'no issue is open',
  choice: 'The median, since a few old issues would carry a mean away. Bots’ issues are left out.',
  measure: ({ threads }, window) => issueAge(threads, window.to),
}
