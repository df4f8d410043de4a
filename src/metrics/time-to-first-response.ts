import type { ProjectHistory, Thread } from './history.ts'
import type { Metric } from './metric.ts'
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

const description = {
  chaossUrl: 'https://chaoss.community/kb/metric-time-to-first-response/',
  unit: 'hours',
  nullMeans: 'nothing was answered',
  choice:
    'A comment or a submitted review by a person counts. Reactions, labels, closing, bots, AI agents and deleted accounts do not. Drafts start when they are ready. A thread belongs to the window of its answer, and what still waits is counted apart. Hours are those of the clock.',
} as const

export const timeToFirstResponseMetric: Metric = {
  ...description,
  name: 'Time to First Response',
  definition:
    'How long people from outside waited for the first answer of somebody else to their issue, pull request or discussion, as a median.',
  measure: (history, window) => timeToFirstResponse(ofOutsiders(history), window).median,
}

export const slowestResponsesMetric: Metric = {
  ...description,
  name: 'Time to First Response of the Slowest Tenth',
  definition:
    'Nine in ten issues, pull requests and discussions of people from outside had their first answer sooner than this.',
  measure: (history, window) => timeToFirstResponse(ofOutsiders(history), window).p90,
}

export const insideResponseMetric: Metric = {
  ...description,
  name: 'Time to First Response for Insiders',
  definition:
    'How long members, owners and collaborators waited for the first answer of somebody else to what they opened, as a median.',
  measure: ({ threads }, window) =>
    timeToFirstResponse(
      threads.filter(({ outside, author }) => !outside && author !== null),
      window,
    ).median,
}

function ofOutsiders({ threads }: Pick<ProjectHistory, 'threads'>): Thread[] {
  return threads.filter(({ outside }) => outside)
}
