import { contributionsIn } from './contributions.ts'
import { groupBy } from './group-by.ts'
import type { Activity } from './history.ts'
import type { Metric } from './metric.ts'
import type { Window } from './window.ts'

/**
 * Contributor Absence Factor (CHAOSS, formerly "Bus Factor"): the smallest
 * number of people who together made half of all contributions. CHAOSS leaves
 * open what exactly half means; here it is enough.
 * https://chaoss.community/kb/metric-contributor-absence-factor/
 *
 * @param contributions how many each person made
 * @returns null when nobody contributed: no activity is not "zero people"
 */
export function contributorAbsenceFactor(contributions: readonly number[]): number | null {
  const total = contributions.reduce((sum, count) => sum + count, 0)
  if (total === 0) return null

  let covered = 0
  let people = 0
  for (const count of contributions.toSorted((a, b) => b - a)) {
    covered += count
    people += 1
    if (covered >= total / 2) break
  }
  return people
}

/** The factor over what people contributed in a window, of any kind. */
export function absenceFactorOf(activities: readonly Activity[], window: Window): number | null {
  const byPerson = groupBy(contributionsIn(activities, window), ({ person }) => person.id)
  return contributorAbsenceFactor([...byPerson.values()].map(({ length }) => length))
}

export const contributorAbsenceFactorMetric: Metric = {
  name: 'Contributor Absence Factor',
  definition: 'The smallest number of people who together made half of all contributions.',
  chaossUrl: 'https://chaoss.community/kb/metric-contributor-absence-factor/',
  unit: 'people',
  nullMeans: 'nobody contributed',
  choice:
    'Exactly half is enough. All kinds of contributions count alike, of people only. Whose contributions are as many as another’s changes nothing. A low number says how few the project stands on, and not that they should do less.',
  measure: ({ activities }, window) => absenceFactorOf(activities, window),
}
