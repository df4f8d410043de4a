import type { ProjectHistory } from './history.ts'
import type { Window } from './window.ts'

/** What a number counts. Shares go from 0 to 1; a table is no single number. */
export type Unit =
  | 'people'
  | 'organisations'
  | 'pull requests'
  | 'issues'
  | 'threads'
  | 'reviews'
  | 'contributions'
  | 'forks'
  | 'stars'
  | 'hours'
  | 'share'
  | 'ratio'
  | 'standard deviations'
  | 'table'

/** What a number means. `docs/metrics.md` is made of these, and every number that is shown links there. */
export interface Description {
  /** CHAOSS's own where it has one; it makes the address in `docs/metrics.md`, so a new name breaks links */
  name: string
  /** in a sentence or two */
  definition: string
  /** null: CHAOSS has no such metric */
  chaossUrl: string | null
  unit: Unit
  /** when "–" is shown */
  nullMeans: string
  /** what was chosen where CHAOSS leaves it open; null: there was nothing to choose */
  choice: string | null
}

/** A description with the one number that it describes. */
export interface Metric extends Description {
  /** the instant back to which history has to be known, where that lies before the window */
  since?: (window: Window) => Date
  /** `deliveries`: only webhooks tell, so nothing is known from before the installation */
  source?: 'deliveries'
  /** Null is unknown, or nothing to measure; never zero for either. */
  measure: (history: ProjectHistory, window: Window) => number | null
}

/** Its place in `docs/metrics.md`, by GitHub's rule for headings. */
export function anchorOf({ name }: Pick<Description, 'name'>): string {
  return name.toLowerCase().replaceAll(' ', '-')
}

/** What most counts mean by "–". */
export const notKnown = 'history does not reach back to the window'
