import { contributionsIn } from './contributions.ts'
import { contributorAbsenceFactor } from './contributor-absence-factor.ts'
import type { Activity } from './history.ts'
import type { Metric } from './metric.ts'
import { diversityOf } from './organizational-diversity.ts'
import type { Window } from './window.ts'

export interface ElephantFactor {
  /** null without commits, and where more than half are by people of unknown organisations */
  factor: number | null
  /** the share of commits by people of unknown organisations; null without commits */
  unknownShare: number | null
}

/**
 * Elephant Factor (CHAOSS): the smallest number of organisations whose people
 * together wrote half of the commits. CHAOSS's text says that a high one means
 * to rely on few, and its formula the opposite: high is spread out.
 * https://chaoss.community/kb/metric-elephant-factor/
 */
export function elephantFactor(activities: readonly Activity[], window: Window): ElephantFactor {
  const { organizations, unknownShare } = diversityOf(
    contributionsIn(activities, window).filter(({ kind }) => kind === 'commit.authored'),
  )
  const commits = organizations?.map(({ contributions }) => contributions) ?? []
  return { factor: contributorAbsenceFactor(commits), unknownShare }
}

export const elephantFactorMetric: Metric = {
  name: 'Elephant Factor',
  definition: 'The smallest number of organisations whose people wrote half of the commits.',
  chaossUrl: 'https://chaoss.community/kb/metric-elephant-factor/',
  unit: 'organisations',
  nullMeans: 'there was no commit, or more than half are by people of unknown organisations',
  choice:
    'Exactly half is enough, of the commits whose organisation is known; the share of the others is told beside it. Organisations are known as for Organizational Diversity. High is spread out, as CHAOSS’s formula has it and its text does not.',
  measure: ({ activities }, window) => elephantFactor(activities, window).factor,
}
