import type { RootContent } from 'mdast'
import { type DigestMetric, digestMetrics, type WeeklyDigest } from '../metrics/weekly-digest.ts'
import { digestWords as words } from './digest-words.ts'
import { shortDuration } from './duration.ts'
import { type Inline, link, table } from './markdown.ts'
import { number, percent } from './numbers.ts'
import { definitionUrl, issuesUrl, type Place, pullRequestsUrl } from './place.ts'
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
    .map((metric) => row(metric, digest, place))
  if (rows.length === 0) return []
  return [table([null, 'right', 'right', 'right', null], [words.columns, ...rows])]
}

/** The name leads to the definition and the number to its evidence; without documentation the name leads to the evidence. */
function row(metric: DigestMetric, digest: WeeklyDigest, place: Place): Inline[] {
  const { thisWeek, lastWeek, usual, weeks } = digest.trends[metric]
  const format = formats[metric] ?? number
  const name = words.metrics[metric]
  const definition = definitionUrl(place, digestMetrics[metric])
  const proof = evidence(metric, digest, place)
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
