import type { RootContent } from 'mdast'
import type { Trend } from '../metrics/trend.ts'
import type { DigestMetric, WeeklyDigest } from '../metrics/weekly-digest.ts'
import { digestWords as words } from './digest-words.ts'
import { shortDuration } from './duration.ts'
import { type Inline, link, table } from './markdown.ts'
import { number, percent } from './numbers.ts'
import { issuesUrl, type Place, pullRequestsUrl } from './place.ts'
import { sparkline } from './sparkline.ts'

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
  'hoursToMerge',
  'issuesNew',
  'issuesClosed',
]

/** How a metric's values are written; counts need no entry. */
const formats: Partial<Record<DigestMetric, (value: number | null) => string>> = {
  acceptedShare: percent,
  hoursToFirstResponse: shortDuration,
  hoursToMerge: shortDuration,
}

/** The table that a reader sees first. */
export function metricTable(digest: WeeklyDigest, place: Place): RootContent[] {
  return tableOf(main, digest, place)
}

/** How pull requests and issues move. */
export function flowTable(digest: WeeklyDigest, place: Place): RootContent[] {
  return tableOf(flow, digest, place)
}

function tableOf(
  metrics: readonly DigestMetric[],
  digest: WeeklyDigest,
  place: Place,
): RootContent[] {
  const rows = metrics
    .filter((metric) => digest.trends[metric].weeks.some((value) => value !== null && value !== 0))
    .map((metric) => row(metric, digest.trends[metric], evidence(metric, digest, place)))
  if (rows.length === 0) return []
  return [table([null, 'right', 'right', 'right', null], [words.columns, ...rows])]
}

function row(metric: DigestMetric, trend: Trend, url: string | null): Inline[] {
  const format = formats[metric] ?? number
  const name = words.metrics[metric]
  return [
    url === null ? name : link(url, name),
    format(trend.thisWeek),
    format(trend.lastWeek),
    format(trend.usual),
    sparkline(trend.weeks),
  ]
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
