import type { Activity, DayCount } from './history.ts'
import { type Metric, notKnown } from './metric.ts'
import { countAt, distinctOwners } from './technical-fork.ts'
import type { Window } from './window.ts'

/**
 * Project Popularity (CHAOSS): a basket of signs of interest, of which this is
 * the stars given in the window. Taking a star back and giving it again counts
 * once. Never part of a score.
 * https://chaoss.community/kb/metric-project-popularity/
 */
function newStars(activities: readonly Activity[], window: Window): number {
  return distinctOwners(activities, 'star.created', window)
}

/** All stars at an instant; null where no count from before it is known. */
export function starsAt(counts: readonly DayCount[], at: Date): number | null {
  return countAt(counts, at)?.stars ?? null
}

const chaossUrl = 'https://chaoss.community/kb/metric-project-popularity/'

export const newStarsMetric: Metric = {
  name: 'New Stars',
  definition: 'How many accounts gave the repository a star.',
  chaossUrl,
  unit: 'stars',
  nullMeans: notKnown,
  choice:
    'One of the signs in CHAOSS’s basket for Project Popularity, and never part of a score. Who takes a star back and gives it again counts once. GitHub shows an App no list of stars, so they are counted from the installation on.',
  source: 'deliveries',
  measure: ({ activities }, window) => newStars(activities, window),
}

export const starsMetric: Metric = {
  name: 'Stars',
  definition: 'How many stars the repository had when the window ended.',
  chaossUrl,
  unit: 'stars',
  nullMeans: 'no count is known from before the end of the window',
  choice: 'As GitHub counts them: stars that were taken back are gone.',
  measure: ({ counts }, window) => starsAt(counts, window.to),
}
