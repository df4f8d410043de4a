import type { Activity, DayCount } from './history.ts'
import { type Metric, notKnown } from './metric.ts'
import { ratio } from './statistics.ts'
import { isWithin, type Window } from './window.ts'

export interface ForkNetwork {
  /** all that descends from the repository, at the end of the window; null where no payload said so */
  total: number | null
  /** net growth of `total` over the window, 0.026 for 2.6 %; null without a count from before the window */
  growth: number | null
}

/**
 * Technical Fork (CHAOSS): copies of the repository on the same platform, here
 * the new ones of the window. Somebody who deletes a fork and forks again
 * counts once.
 * https://chaoss.community/kb/metric-technical-fork/
 */
export function technicalForks(activities: readonly Activity[], window: Window): number {
  return distinctOwners(activities, 'fork', window)
}

/** The fork network as GitHub counts it. It shrinks when forks are deleted, so its growth is not the number of new forks. */
export function forkNetwork(counts: readonly DayCount[], window: Window): ForkNetwork {
  const total = countAt(counts, window.to)?.forks ?? null
  const before = countAt(counts, window.from)?.forks ?? null
  return {
    total,
    growth: total === null || before === null ? null : ratio(total - before, before),
  }
}

/** The last count of a day that began before an instant. A day without a payload changed little or nothing. */
export function countAt(counts: readonly DayCount[], at: Date): DayCount | null {
  return counts.findLast(({ day }) => day < at) ?? null
}

/** How many accounts did a thing; accounts that are gone count one by one. */
export function distinctOwners(
  activities: readonly Activity[],
  kind: 'fork' | 'star.created',
  window: Window,
): number {
  const of = activities.filter(
    (activity) => activity.kind === kind && isWithin(activity.occurredAt, window),
  )
  const owners = of.flatMap(({ person }) => (person ? [person.id] : []))
  return new Set(owners).size + of.length - owners.length
}

const chaossUrl = 'https://chaoss.community/kb/metric-technical-fork/'

export const technicalForkMetric: Metric = {
  name: 'Technical Fork',
  definition: 'How many accounts forked the repository.',
  chaossUrl,
  unit: 'forks',
  nullMeans: notKnown,
  choice:
    'New forks, whatever became of them; who deletes a fork and forks again counts once. Forks of forks are in the fork network only.',
  measure: ({ activities }, window) => technicalForks(activities, window),
}

export const forkNetworkMetric: Metric = {
  name: 'Fork Network',
  definition: 'How many forks there were when the window ended, forks of forks included.',
  chaossUrl,
  unit: 'forks',
  nullMeans: 'no count is known from before the end of the window',
  choice: 'As GitHub counts them: deleted forks are gone.',
  measure: ({ counts }, window) => forkNetwork(counts, window).total,
}

export const forkNetworkGrowthMetric: Metric = {
  name: 'Fork Network Growth',
  definition: 'By what share of its size the fork network grew over the window.',
  chaossUrl,
  unit: 'share',
  nullMeans: 'no count is known from before the window, or there was no fork yet',
  choice: 'Net of deleted forks, so it is not the number of new forks and can be below zero.',
  measure: ({ counts }, window) => forkNetwork(counts, window).growth,
}
