import type { ForkNetworkReport } from '../metrics/fork-network.ts'
import type { WeeklyDigest } from '../metrics/weekly-digest.ts'
import { weeksUpTo } from '../metrics/window.ts'
import type { Chart } from './chart.ts'
import type { Place } from './place.ts'
import { wordsOf } from './words/language.ts'

/** Fewer weeks are sooner read as a sentence. */
const fewestWeeks = 4
/** Below this a chart of the network says less than its number. */
const fewestForks = 50

/** The charts of a digest, for pictures of it. */
export function digestCharts(digest: WeeklyDigest, place: Place): Chart[] {
  const { forks } = digest
  return [forks === null ? null : forksChart(forks, place), mergesChart(digest, place)].filter(
    (chart) => chart !== null,
  )
}

/** The size of the network by week; null where too little of it is known to draw. */
export function forksChart(
  { growthOfWeek: { curve } }: Pick<ForkNetworkReport, 'growthOfWeek'>,
  place: Place,
): Chart | null {
  const known = fromFirstKnown(curve.map(({ total }) => total))
  if (known === null || Math.max(...known) < fewestForks) return null
  const { digestForks: words } = wordsOf(place)
  const steps = curve.slice(-known.length).map(({ week }) => shortName(week))
  return {
    name: 'forks',
    language: place.language,
    title: words.growthTitle(known.length, known.at(0) ?? 0, known.at(-1) ?? 0),
    axis: words.growthAxis,
    steps,
    series: [{ name: words.growthAxis, mark: 'line', values: known }],
  }
}

/** Merged pull requests by week, and those from outside; null where too little is known to draw. */
export function mergesChart(
  { trends, week }: Pick<WeeklyDigest, 'trends' | 'week'>,
  place: Place,
): Chart | null {
  const all = fromFirstKnown(trends.merged.weeks)
  const outside = fromFirstKnown(trends.mergedFromOutside.weeks)
  if (all === null || outside === null) return null
  const weeks = Math.min(all.length, outside.length)
  const [bars, line] = [all.slice(-weeks), outside.slice(-weeks)]
  if (Math.max(...bars) === 0) return null
  const { digest: words } = wordsOf(place)
  return {
    name: 'merges',
    language: place.language,
    title: words.mergesTitle(weeks, bars.at(-1) ?? 0, line.at(-1) ?? 0),
    axis: words.mergesChart,
    steps: weeksUpTo(week, weeks).map(({ name }) => shortName(name)),
    series: [
      { name: words.mergesSeries.all, mark: 'bar', values: bars },
      { name: words.mergesSeries.outside, mark: 'line', values: line },
    ],
  }
}

/** Weeks that are not known yet are left out at the beginning; a gap later on cannot be drawn. */
function fromFirstKnown(values: readonly (number | null)[]): number[] | null {
  const first = values.findIndex((value) => value !== null)
  const known = first === -1 ? [] : values.slice(first)
  const numbers = known.filter((value) => value !== null)
  return known.length < fewestWeeks || numbers.length < known.length ? null : numbers
}

/** `W47` */
function shortName(week: string): string {
  return week.slice(week.indexOf('W'))
}
