import type { Thread } from './history.ts'
import { firstResponse, startOf } from './responses.ts'
import { median, percentile } from './statistics.ts'
import { waiting } from './waiting.ts'
import { isWithin, type Window } from './window.ts'

export interface TimeToFirstResponse {
  /** hours; null when nothing was answered */
  median: number | null
  /** hours; nine in ten were answered faster. Null when nothing was answered */
  p90: number | null
  /** threads that got their first response in the window */
  answered: number
  /** threads of outsiders that were open and without any response when the window ended */
  unanswered: number
}

/**
 * Time to First Response (CHAOSS): from the creation of a thread to the first
 * comment or submitted review by a person other than its author. Drafts start
 * when they are ready; a thread counts in the window of its response.
 * https://chaoss.community/kb/metric-time-to-first-response/
 */
export function timeToFirstResponse(
  threads: readonly Thread[],
  window: Window,
): TimeToFirstResponse {
  const hours = threads.flatMap((thread) => {
    const response = firstResponse(thread)
    return response !== null && isWithin(response.occurredAt, window)
      ? (hoursToFirstResponse(thread) ?? [])
      : []
  })
  return {
    median: median(hours),
    p90: percentile(hours, 0.9),
    answered: hours.length,
    unanswered: waiting(threads, window.to, 0).length,
  }
}

/** Hours that a thread waited for its first response. Null when it has none, is still a draft, or a bot opened it. */
export function hoursToFirstResponse(thread: Thread): number | null {
  const response = firstResponse(thread)
  const start = startOf(thread)
  return response === null || start === null
    ? null
    : (response.occurredAt.getTime() - start.getTime()) / 3_600_000
}
