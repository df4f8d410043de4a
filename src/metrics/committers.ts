import { contributionsIn } from './contributions.ts'
import type { Activity } from './history.ts'
import { type Metric, notKnown } from './metric.ts'
import type { Window } from './window.ts'

/**
 * Committers (CHAOSS): how many people wrote commits of the default branch.
 * https://chaoss.community/kb/metric-committers/
 */
export function committers(activities: readonly Activity[], window: Window): number {
  const commits = contributionsIn(activities, window).filter(
    ({ kind }) => kind === 'commit.authored',
  )
  return new Set(commits.map(({ person }) => person.id)).size
}

export const committersMetric: Metric = {
  name: 'Committers',
  definition: 'How many people wrote commits that are on the default branch.',
  chaossUrl: 'https://chaoss.community/kb/metric-committers/',
  unit: 'people',
  nullMeans: notKnown,
  choice:
    'Authors only: neither co-authors nor whoever applied the commit. Signatures of one person are joined, since CHAOSS warns that several addresses inflate the number. A merged commit is its pull request’s author’s.',
  measure: ({ activities }, window) => committers(activities, window),
}
