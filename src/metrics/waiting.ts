import type { Thread } from './history.ts'
import { type Metric, notKnown } from './metric.ts'
import { isOpen, isResponse, startOf } from './responses.ts'

export interface WaitingThread {
  thread: Thread
  hours: number
}

/**
 * Threads of people from outside that are open at an instant, not drafts, and
 * that nobody else has answered in `hours` or more; the longest wait first.
 * CHAOSS's Time to First Response for those whose time still runs.
 */
export function waiting(threads: readonly Thread[], at: Date, hours: number): WaitingThread[] {
  return threads
    .filter((thread) => thread.outside && !thread.draft && isOpen(thread, at))
    .filter((thread) => !isAnswered(thread, at))
    .flatMap((thread) => {
      const start = startOf(thread)
      return start === null || start >= at
        ? []
        : [{ thread, hours: (at.getTime() - start.getTime()) / 3_600_000 }]
    })
    .filter((waited) => waited.hours >= hours)
    .toSorted((a, b) => b.hours - a.hours || a.thread.number - b.thread.number)
}

function isAnswered(thread: Thread, at: Date): boolean {
  return thread.responses.some(
    (response) => response.occurredAt < at && isResponse(response, thread),
  )
}

export const waitingMetric: Metric = {
  name: 'Waiting for a First Response',
  definition:
    'How many open issues, pull requests and discussions of people from outside had no answer when the window ended.',
  chaossUrl: 'https://chaoss.community/kb/metric-time-to-first-response/',
  unit: 'threads',
  nullMeans: notKnown,
  choice: 'An answer is what it is for Time to First Response. Drafts do not wait.',
  measure: ({ threads }, window) => waiting(threads, window.to, 0).length,
}
