import { DateTime } from 'luxon'
import type { ThreadType } from '../events/fact.ts'
import type { Description } from '../metrics/metric.ts'
import { definedAt } from '../metrics/registry.ts'
import type { Window } from '../metrics/window.ts'
import { lastInstant } from './dates.ts'
import type { Language } from './words/language.ts'

/** Where a text will stand. */
export interface Place {
  /** `owner/name` */
  fullName: string
  /** `https://host/owner/name`, without a slash at the end */
  url: string
  language: Language
  /** IANA time zone of the repository */
  zone: string
  /** the folder of the documentation, without a slash at the end; null: no documentation to point to */
  docsUrl: string | null
  /** the folder of this repository's charts, without a slash at the end; null: not everybody may load one */
  chartsUrl: string | null
  /** the App's slug, `groundswell` */
  appLogin: string
}

/** Somebody's page on the same host. */
export function profileUrl({ url }: Place, login: string): string {
  return `${new URL(url).origin}/${encodeURIComponent(login)}`
}

/** Where it stands how each number is made; null without documentation. */
export function definitionsUrl({ docsUrl }: Place): string | null {
  return docsUrl === null ? null : `${docsUrl}/metrics`
}

/** What one number means; null without documentation, and for a number that it does not hold. */
export function definitionUrl(place: Place, metric: Pick<Description, 'name'>): string | null {
  const page = definitionsUrl(place)
  const anchor = definedAt(metric)
  return page === null || anchor === null ? null : `${page}#${anchor}`
}

/** Issues, pull requests and discussions share one series of numbers; GitHub redirects between the first two. */
export function threadUrl({ url }: Place, type: ThreadType, number: number): string {
  const path = { issue: 'issues', pull_request: 'pull', discussion: 'discussions' }[type]
  return `${url}/${path}/${number}`
}

/** GitHub's list of pull requests with something that happened in a window. */
export function pullRequestsUrl(place: Place, filter: string, window: Window): string {
  return `${place.url}/pulls?q=is:pr+${filter}:${range(window, place.zone)}`
}

/** GitHub's list of issues with something that happened in a window. */
export function issuesUrl(place: Place, filter: string, window: Window): string {
  return `${place.url}/issues?q=is:issue+${filter}:${range(window, place.zone)}`
}

/**
 * GitHub's lists of what was opened before an instant, is open, and has no
 * review or no comment; the oldest first. Not by comments for pull requests:
 * a summary is one.
 */
export function unansweredUrls(place: Place, before: Date): { pulls: string; issues: string } {
  const rest = `created:%3C${searchable(before, place.zone)}+sort:created-asc`
  return {
    pulls: `${place.url}/pulls?q=is:pr+is:open+draft:false+review:none+${rest}`,
    issues: `${place.url}/issues?q=is:issue+is:open+comments:0+${rest}`,
  }
}

/** GitHub's search takes bare dates for UTC, so elsewhere the range names instants. */
function range(window: Window, zone: string): string {
  return [window.from, lastInstant(window)].map((instant) => searchable(instant, zone)).join('..')
}

function searchable(instant: Date, zone: string): string {
  const local = DateTime.fromJSDate(instant, { zone })
  const named =
    local.zoneName === 'UTC'
      ? local.toISODate()
      : local.startOf('second').toISO({ suppressMilliseconds: true })
  return (named ?? '').replaceAll('+', '%2B')
}
