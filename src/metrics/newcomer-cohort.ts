import type { ProjectHistory } from './history.ts'
import type { Metric } from './metric.ts'
import { ratio } from './statistics.ts'
import { isWithin, monthEndedBefore, type Window } from './window.ts'

/** Who came from outside in one calendar month, and how many of them have come back since. */
export interface NewcomerCohort {
  month: Window
  came: number
  cameBack: number
}

/** What somebody does within a week of their first contribution mostly belongs to it. */
const backAfterMs = 7 * 86_400_000

/**
 * Of the people from outside who contributed for the first time in the last
 * calendar month that was over when the window began, how many contributed
 * again a week or more later. CHAOSS has no metric of this name; it is the
 * cohort of a retention table that readers can follow from week to week.
 *
 * @returns null where history is not known from its beginning, and when nobody came
 */
export function newcomerCohort(
  { arrivals, peopleAsOf }: Pick<ProjectHistory, 'arrivals' | 'peopleAsOf'>,
  window: Window,
): NewcomerCohort | null {
  if (arrivals === null || peopleAsOf.getTime() !== window.from.getTime()) return null
  const month = monthEndedBefore(window)
  const came = arrivals.filter(({ outside, firstAt }) => outside && isWithin(firstAt, month))
  if (came.length === 0) return null
  const back = came.filter(
    ({ firstAt, lastAt }) => lastAt.getTime() - firstAt.getTime() >= backAfterMs,
  )
  return { month, came: came.length, cameBack: back.length }
}

export const newcomerCohortMetric: Metric = {
  name: 'Newcomers Who Came Back',
  definition:
    'Of the people from outside who contributed for the first time in the last whole month before the window, the share that contributed again a week or more later.',
  chaossUrl: null,
  unit: 'share',
  nullMeans:
    'nobody came in that month, history is not known from its beginning, or people’s past was read as of another window',
  choice:
    'A calendar month in the time zone of the repository, so that a reader meets the same people again from week to week. What follows within a week of a first contribution mostly belongs to it.',
  measure: (history, window) => {
    const cohort = newcomerCohort(history, window)
    return cohort && ratio(cohort.cameBack, cohort.came)
  },
}
