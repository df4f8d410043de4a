import { groupBy } from './group-by.ts'
import { type Activity, creditedKinds } from './history.ts'
import type { Metric } from './metric.ts'
import { ratio } from './statistics.ts'
import { isWithin, type Window } from './window.ts'

/** People from outside by how far they came in a window. Each step counts all who took a later one. */
export interface Funnel {
  /** gave a star, forked, or did more */
  interested: number
  /** contributed in any way */
  engaged: number
  /** had a pull request merged */
  merged: number
}

const signs: Activity['kind'][] = ['star.created', 'fork']

/**
 * Conversion Rate (CHAOSS): how many of those who showed interest engaged, and
 * how many of those had a change merged. In CHAOSS each level is a subset of
 * the one before; people skip levels, so here a later step includes the
 * earlier ones.
 * https://chaoss.community/kb/metric-conversion-rate/
 */
export function funnel(activities: readonly Activity[], window: Window): Funnel {
  const done = activities.filter(
    ({ kind, occurredAt, person, outside }) =>
      outside &&
      person?.group === 'human' &&
      isWithin(occurredAt, window) &&
      (signs.includes(kind) || creditedKinds.has(kind)),
  )
  const people = [...groupBy(done, ({ person }) => person?.id).values()]
  const count = (reached: (activity: Activity) => boolean) =>
    people.filter((own) => own.some(reached)).length
  return {
    interested: people.length,
    engaged: count(({ kind }) => creditedKinds.has(kind)),
    merged: count(({ kind }) => kind === 'pull_request.merged'),
  }
}

const description = {
  chaossUrl: 'https://chaoss.community/kb/metric-conversion-rate/',
  unit: 'share',
  choice:
    'All three steps within the window, for people from outside. A later step includes the earlier ones, since people contribute who never gave a star. GitHub shows an App no list of stars, so they are counted from the installation on.',
  source: 'deliveries',
} as const

export const engagementRateMetric: Metric = {
  ...description,
  name: 'Conversion Rate to Engagement',
  definition:
    'Of the people from outside who gave a star, forked or did more, the share that contributed in any way.',
  nullMeans: 'nobody from outside showed interest',
  measure: ({ activities }, window) => {
    const { engaged, interested } = funnel(activities, window)
    return ratio(engaged, interested)
  },
}

export const mergeConversionRateMetric: Metric = {
  ...description,
  name: 'Conversion Rate to a Merge',
  definition:
    'Of the people from outside who contributed in any way, the share that had a pull request merged.',
  nullMeans: 'nobody from outside contributed',
  measure: ({ activities }, window) => {
    const { merged, engaged } = funnel(activities, window)
    return ratio(merged, engaged)
  },
}
