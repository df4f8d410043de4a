import { isAutomated } from './contributions.ts'
import type { Thread } from './history.ts'
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
