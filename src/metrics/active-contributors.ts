import { type Metric, notKnown } from './metric.ts'
import type { Window } from './window.ts'
import { type Work, worksOf } from './work.ts'

const daysActive = 90
const dayMs = 86_400_000

/**
 * Active contributors, the other side of Inactive Contributors (CHAOSS): how
 * many people contributed in the 90 days before an instant.
 * https://chaoss.community/kb/metric-inactive-contributors/
 */
export function activeContributors(works: readonly Work[], at: Date): number {
  const from = activeSince(at)
  const active = works.filter(({ firstAt, lastAt }) => lastAt >= from && firstAt < at)
  return new Set(active.map(({ person }) => person.id)).size
}

function activeSince(at: Date): Date {
  return new Date(at.getTime() - daysActive * dayMs)
}

export const activeContributorsMetric: Metric = {
  name: 'Active Contributors',
  definition: 'How many people contributed in the 90 days before the window ended.',
  chaossUrl: 'https://chaoss.community/kb/metric-inactive-contributors/',
  unit: 'people',
  nullMeans: notKnown,
  choice: 'The 90 days do not depend on the length of the window.',
  since: ({ from, to }: Window) => new Date(Math.min(from.getTime(), activeSince(to).getTime())),
  measure: ({ activities }, { to }) => activeContributors(worksOf(activities), to),
}
