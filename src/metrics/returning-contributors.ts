import { DateTime } from 'luxon'
import { contributionsIn, isContribution } from './contributions.ts'
import type { Person, ProjectHistory } from './history.ts'
import type { Window } from './window.ts'

/** A gap of this many months makes somebody inactive; CHAOSS leaves the interval open. */
const monthsAway = 6

/**
 * People who contribute again after being Inactive Contributors (CHAOSS: whose
 * last contribution is older than an interval) for more than six months.
 * https://chaoss.community/kb/metric-inactive-contributors/
 */
export function returningContributors(history: ProjectHistory, window: Window): Person[] {
  const away = DateTime.fromJSDate(window.from, { zone: 'utc' }).minus({ months: monthsAway })
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
    return lastBeforeAt !== null && lastBeforeAt < away.toJSDate() && !recent.has(id)
  })
}
