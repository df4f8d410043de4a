import type { Person } from './history.ts'
import { type Metric, notKnown } from './metric.ts'
import { isWithin, monthsAfter, type Window } from './window.ts'
import { type Work, worksOf } from './work.ts'

/** A gap of this many months makes somebody inactive; CHAOSS leaves the interval open. */
export const monthsUntilInactive = 6

/**
 * Inactive Contributors (CHAOSS): people who stopped contributing. Somebody
 * falls silent six months after a contribution that none has followed until
 * then, so each silence lies in exactly one of two neighbouring windows.
 * https://chaoss.community/kb/metric-inactive-contributors/
 *
 * @param works reach back six months before the window
 */
export function inactiveContributors(works: readonly Work[], window: Window): Person[] {
  const latest = new Map<string, Work>()
  for (const work of works) {
    const known = latest.get(work.person.id)
    if (work.lastAt < window.to && !(known && known.lastAt >= work.lastAt)) {
      latest.set(work.person.id, work)
    }
  }
  return [...latest.values()]
    .filter(({ lastAt }) => isWithin(monthsAfter(lastAt, monthsUntilInactive), window))
    .map(({ person }) => person)
}

export const inactiveContributorsMetric: Metric = {
  name: 'Inactive Contributors',
  definition: 'How many people became inactive: six months passed since they last contributed.',
  chaossUrl: 'https://chaoss.community/kb/metric-inactive-contributors/',
  unit: 'people',
  nullMeans: notKnown,
  choice:
    'Six months, and one contribution of any kind is enough to be missed. They count in the window in which the six months are over; CHAOSS counts them in that of their last contribution, which nobody can know until half a year later. They are counted, never named.',
  since: ({ from }) => monthsAfter(from, -monthsUntilInactive),
  measure: ({ activities }, window) => inactiveContributors(worksOf(activities), window).length,
}
