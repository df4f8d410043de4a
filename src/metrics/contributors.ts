import { contributionsIn } from './contributions.ts'
import type { Activity } from './history.ts'
import { type Metric, notKnown } from './metric.ts'
import type { Window } from './window.ts'

export interface Contributors {
  total: number
  /** those of `total` who contributed something from outside the organisation */
  outside: number
}

/**
 * Contributors (CHAOSS): how many people contributed in any way. Each person
 * counts once; bots, AI agents and deleted accounts do not.
 * https://chaoss.community/kb/metric-contributors/
 */
export function contributors(activities: readonly Activity[], window: Window): Contributors {
  const contributions = contributionsIn(activities, window)
  const outside = contributions.filter((contribution) => contribution.outside)
  return { total: distinctPeople(contributions), outside: distinctPeople(outside) }
}

function distinctPeople(contributions: readonly { person: { id: string } }[]): number {
  return new Set(contributions.map(({ person }) => person.id)).size
}

export const contributorsMetric: Metric = {
  name: 'Contributors',
  definition: 'How many people contributed in any way.',
  chaossUrl: 'https://chaoss.community/kb/metric-contributors/',
  unit: 'people',
  nullMeans: notKnown,
  choice:
    'Commits, pull requests, reviews, issues, discussions and comments are contributions; stars and forks are interest. Each person counts once, under however many accounts and signatures. Bots, AI agents and deleted accounts do not count.',
  measure: ({ activities }, window) => contributors(activities, window).total,
}

export const outsideContributorsMetric: Metric = {
  name: 'Contributors from Outside',
  definition: 'How many of the contributors contributed something from outside the organisation.',
  chaossUrl: 'https://chaoss.community/kb/metric-contributors/',
  unit: 'people',
  nullMeans: notKnown,
  choice:
    'Outside is whoever was neither member, owner nor collaborator at the instant of a contribution. Who joined in the window counts if something came before.',
  measure: ({ activities }, window) => contributors(activities, window).outside,
}
