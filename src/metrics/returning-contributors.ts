import { contributionsIn, isContribution } from './contributions.ts'
import type { Person, ProjectHistory } from './history.ts'
import { monthsUntilInactive } from './inactive-contributors.ts'
import { type Metric, notKnown } from './metric.ts'
import { monthsAfter, type Window } from './window.ts'

/**
 * People who contribute again after being Inactive Contributors (CHAOSS: whose
 * last contribution is older than an interval) for more than six months.
 * https://chaoss.community/kb/metric-inactive-contributors/
 *
 * @param window the one that `history.people` tells the past of
 */
export function returningContributors(history: ProjectHistory, window: Window): Person[] {
  const away = monthsAfter(window.from, -monthsUntilInactive)
  const recent = new Set(
    history.activities
      .filter((activity) => isContribution(activity) && activity.occurredAt < window.from)
      .map(({ person }) => person?.id),
  )
  const people = new Map(
    contributionsIn(history.activities, window).map(({ person }) => [person.id, person]),
  )
  return [...people.values()].filter(({ id }) => {
    const lastBeforeAt = history.people.get(id)?.lastBeforeAt ?? null
    return lastBeforeAt !== null && lastBeforeAt < away && !recent.has(id)
  })
}

export const returningContributorsMetric: Metric = {
  name: 'Returning Contributors',
  definition:
    'How many people contributed again after more than six months without a contribution.',
  chaossUrl: 'https://chaoss.community/kb/metric-inactive-contributors/',
  unit: 'people',
  nullMeans: `${notKnown}, or people’s past was read as of another one`,
  choice: 'Six months, as for Inactive Contributors.',
  measure: (history, window) =>
    history.peopleAsOf.getTime() === window.from.getTime()
      ? returningContributors(history, window).length
      : null,
}
