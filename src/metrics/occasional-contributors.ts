import { groupBy } from './group-by.ts'
import type { ProjectHistory } from './history.ts'
import { knownSince } from './known-since.ts'
import type { Metric } from './metric.ts'
import { isWithin, monthsAfter, type Window } from './window.ts'
import { type Work, worksOf } from './work.ts'

const monthsBetween = 3
const mostBefore = 12

/**
 * Occasional Contributors (CHAOSS): people who contribute on an irregular
 * basis. Here, as in CHAOSS's older text and in CNCF's DevStats, whoever opened
 * a pull request in the window, none in the three months before it, and at most
 * twelve ever before.
 * https://github.com/chaoss/wg-metrics-development/blob/main/focus-areas/people/occasional-contributors.md
 *
 * @param works reach back to the beginning of history
 */
export function occasionalContributors(works: readonly Work[], window: Window): number {
  const openings = works.filter(({ kind }) => kind === 'pull_request.opened')
  const lately = { from: monthsAfter(window.from, -monthsBetween), to: window.from }
  const byPerson = groupBy(openings, ({ person }) => person.id)
  return [...byPerson.values()].filter((own) => {
    const before = own.filter(({ lastAt }) => lastAt < window.from)
    return (
      own.some(({ lastAt }) => isWithin(lastAt, window)) &&
      !before.some(({ lastAt }) => isWithin(lastAt, lately)) &&
      before.reduce((sum, { count }) => sum + count, 0) <= mostBefore
    )
  }).length
}

export const occasionalContributorsMetric: Metric = {
  name: 'Occasional Contributors',
  definition:
    'How many people opened a pull request who had opened none in the three months before, and at most twelve ever before.',
  chaossUrl:
    'https://github.com/chaoss/wg-metrics-development/blob/main/focus-areas/people/occasional-contributors.md',
  unit: 'people',
  nullMeans: 'history is not known, or was not read, from its beginning',
  choice:
    'The numbers three and twelve stood in CHAOSS’s older text and are what CNCF’s DevStats uses; today CHAOSS names none. Newcomers are among them, as they are there.',
  measure: (history, window) =>
    isHeldFromTheBeginning(history)
      ? occasionalContributors(worksOf(history.activities), window)
      : null,
}

/** Everybody who ever contributed is counted only where history is known from its beginning. */
function isHeldFromTheBeginning({
  isKnownFromBeginning,
  span,
  completeness,
}: ProjectHistory): boolean {
  const since = knownSince(completeness)
  return isKnownFromBeginning && since !== null && span.from <= since
}
