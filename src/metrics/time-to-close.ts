import type { ThreadType } from '../events/fact.ts'
import { isAutomated } from './contributions.ts'
import type { ProjectHistory } from './history.ts'
import { lastInThread } from './last-in-thread.ts'
import type { Metric } from './metric.ts'
import { median, percentile } from './statistics.ts'
import type { Window } from './window.ts'

export interface TimeToClose {
  /** hours; null when nothing was closed */
  median: number | null
  /** hours; nine in ten were closed sooner. Null when nothing was closed */
  p90: number | null
  closed: number
}

type Told = Pick<ProjectHistory, 'activities' | 'threads'>

/**
 * Time to Close (CHAOSS): from the creation of an issue or a pull request to
 * its closing, merges included.
 * https://chaoss.community/kb/metric-time-to-close/
 */
export function timeToClose(history: Told, window: Window): TimeToClose {
  const hours = [
    ...hoursToClose(history, window, 'issue'),
    ...hoursToClose(history, window, 'pull_request'),
  ]
  return { median: median(hours), p90: percentile(hours, 0.9), closed: hours.length }
}

const turns = {
  issue: ['issues.closed', 'issues.reopened'],
  pull_request: ['pull_request.closed', 'pull_request.merged', 'pull_request.reopened'],
} as const satisfies Partial<Record<ThreadType, readonly string[]>>

/** Hours from the creation to the last closing in the window, for each thread that was not reopened after it. */
export function hoursToClose(
  { activities, threads }: Told,
  window: Window,
  type: keyof typeof turns,
): number[] {
  const opened = new Map(
    threads
      .filter((thread) => thread.type === type && !isAutomated(thread.author))
      .map(({ number, createdAt }) => [number, createdAt]),
  )
  return lastInThread(activities, { kinds: turns[type], window })
    .filter(({ kind }) => !kind.endsWith('.reopened'))
    .flatMap(({ thread, occurredAt }) => {
      const createdAt = thread === null ? undefined : opened.get(thread)
      return createdAt ? [(occurredAt.getTime() - createdAt.getTime()) / 3_600_000] : []
    })
}

const description = {
  chaossUrl: 'https://chaoss.community/kb/metric-time-to-close/',
  unit: 'hours',
  nullMeans: 'nothing was closed',
  choice:
    'Merged counts as closed. The last closing in the window counts, unless a reopening followed in it; what is still open is left out, as are threads of bots and AI agents.',
} as const

export const timeToCloseMetric: Metric = {
  ...description,
  name: 'Time to Close',
  definition:
    'How long issues and pull requests that were closed took from their creation, as a median.',
  measure: (history, window) => timeToClose(history, window).median,
}

export const slowestToCloseMetric: Metric = {
  ...description,
  name: 'Time to Close of the Slowest Tenth',
  definition: 'Nine in ten of the issues and pull requests that were closed took less than this.',
  measure: (history, window) => timeToClose(history, window).p90,
}
