import type { RootContent } from 'mdast'
import { type Trend, trendOf } from '../metrics/trend.ts'
import { type DigestMetric, digestMetrics } from '../metrics/week-measures.ts'
import type { WeeklyDigest } from '../metrics/weekly-digest.ts'
import { type Inline, link, table } from './markdown.ts'
import { number } from './numbers.ts'
import { definitionUrl, issuesUrl, type Place, pullRequestsUrl } from './place.ts'
import { sparkline } from './sparkline.ts'
import { wordsOf } from './words/language.ts'

const main: readonly DigestMetric[] = [
  'contributors',
  'outsideContributors',
  'newContributors',
  'merged',
  'mergedFromOutside',
  'hoursToFirstResponse',
  'newForks',
  'newStars',
]

const flow: readonly DigestMetric[] = [
  'opened',
  'declined',
  'acceptedShare',
  'newcomersAcceptedShare',
  'regularsAcceptedShare',
  'hoursToMergeFromOutside',
  'hoursToMergeFromInside',
  'hoursToFirstResponseInside',
  'issuesNew',
  'issuesClosed',
]

/** How a metric's values are written; counts need no entry. */
const formatOf: Partial<Record<DigestMetric, 'percent' | 'shortDuration'>> = {
  acceptedShare: 'percent',
  newcomersAcceptedShare: 'percent',
  regularsAcceptedShare: 'percent',
  hoursToFirstResponse: 'shortDuration',
  hoursToFirstResponseInside: 'shortDuration',
  hoursToMergeFromOutside: 'shortDuration',
  hoursToMergeFromInside: 'shortDuration',
}

/** The table that a reader sees first. */
export function metricTable(digest: WeeklyDigest, place: Place): RootContent[] {
  return tableOf([...rowsOf(main, digest, place), ...forksRow(digest, place)], place)
}

/** How pull requests and issues move. */
export function flowTable(digest: WeeklyDigest, place: Place): RootContent[] {
  return tableOf(rowsOf(flow, digest, place), place)
}

function rowsOf(metrics: readonly DigestMetric[], digest: WeeklyDigest, place: Place): Inline[][] {
  return metrics
    .filter((metric) => digest.trends[metric].weeks.some((value) => value !== null && value !== 0))
    .map((metric) => row(metric, digest, place))
}

function forksRow({ forks }: WeeklyDigest, place: Place): Inline[][] {
  if (forks === null || (forks.withWork ?? 0) === 0) return []
  const { thisWeek, lastWeek, usual, weeks } = trendOf(forks.withWorkByWeek, forks.withWork)
  const name = link(`${place.url}/forks`, wordsOf(place).digestForks.forksWithWork)
  return [[name, number(thisWeek), number(lastWeek), number(usual), sparkline(weeks)]]
}

/** Rows of nine weeks under their heading; nothing where there are none. */
export function tableOf(rows: readonly Inline[][], place: Place): RootContent[] {
  const { digest: words } = wordsOf(place)
  if (rows.length === 0) return []
  return [table([null, 'right', 'right', 'right', null], [words.columns, ...rows])]
}

function row(metric: DigestMetric, digest: WeeklyDigest, place: Place): Inline[] {
  return trendRow(metric, digest.trends[metric], { proof: evidence(metric, digest, place), place })
}

/**
 * One number of nine weeks. The name leads to the definition and the number to
 * its evidence; without documentation the name leads to the evidence.
 *
 * @param proof where GitHub lists what is counted; null: nowhere
 */
export function trendRow(
  metric: DigestMetric,
  { thisWeek, lastWeek, usual, weeks }: Trend,
  { proof, place }: { proof: string | null; place: Place },
): Inline[] {
  const { digest: words, formats } = wordsOf(place)
  const format = formats[formatOf[metric] ?? 'number']
  const name = words.metrics[metric]
  const definition = definitionUrl(place, digestMetrics[metric])
  const [nameUrl, numberUrl] = definition === null ? [proof, null] : [definition, proof]
  return [
    linked(name, nameUrl),
    linked(format(thisWeek), thisWeek === null ? null : numberUrl),
    format(lastWeek),
    format(usual),
    sparkline(weeks),
  ]
}

function linked(text: string, url: string | null): Inline {
  return url === null ? text : link(url, text)
}

/** GitHub's own list of what a number counts; null where it has none. */
function evidence(metric: DigestMetric, { week }: WeeklyDigest, place: Place): string | null {
  switch (metric) {
    case 'merged':
      return pullRequestsUrl(place, 'is:merged+merged', week)
    case 'opened':
      return pullRequestsUrl(place, 'created', week)
    case 'declined':
      return pullRequestsUrl(place, 'is:unmerged+closed', week)
    case 'issuesNew':
      return issuesUrl(place, 'created', week)
    case 'issuesClosed':
      return issuesUrl(place, 'closed', week)
    case 'newForks':
      return `${place.url}/forks`
    default:
      return null
  }
}
