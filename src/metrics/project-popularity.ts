import type { Activity } from './history.ts'
import { distinctOwners } from './technical-fork.ts'
import type { Window } from './window.ts'

/**
 * Project Popularity (CHAOSS): a basket of signs of interest, of which this is
 * the stars given in the window. Taking a star back and giving it again counts
 * once. Never part of a score.
 * https://chaoss.community/kb/metric-project-popularity/
 */
export function newStars(activities: readonly Activity[], window: Window): number {
  return distinctOwners(activities, 'star.created', window)
}
