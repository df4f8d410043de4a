import { contributionsIn } from './contributions.ts'
import type { Activity } from './history.ts'
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
