import type { RootContent } from 'mdast'
import { botActivityMetric } from '../metrics/bot-activity.ts'
import type { OrganizationDigest } from '../metrics/organization-digest.ts'
import type { DigestMetric } from '../metrics/week-measures.ts'
import type { Week } from '../metrics/window.ts'
import { defined } from './defined.ts'
import { digestTitle } from './digest.ts'
import { tableOf, trendRow } from './digest-table.ts'
import { type Section, withinLimit } from './length.ts'
import { heading, type Inline, join, link, list, paragraph, sub } from './markdown.ts'
import { organizationHeadlines } from './organization-headlines.ts'
import {
  repositoriesTable,
  repositoryLink,
  type ToldRepository,
  waitingAnywhereTable,
} from './organization-tables.ts'
import { definitionsUrl, type Place } from './place.ts'
import { strangerText, visibleText } from './stranger-text.ts'
import { wordsOf } from './words/language.ts'

const namesShown = 10

/** The digest's table without who is new: in an organisation that is not known of anybody. */
const shown: readonly DigestMetric[] = [
  'contributors',
  'outsideContributors',
  'merged',
  'mergedFromOutside',
  'hoursToFirstResponse',
  'newForks',
  'newStars',
]

type Digest = OrganizationDigest<ToldRepository>

/**
 * The weekly digest of all repositories of an organisation, as Markdown that
 * GitHub accepts. It names no people. Numbers of all of them together lead to
 * no list, since GitHub has none: those of each repository do.
 *
 * @param place where it stands: one of the organisation's repositories
 * @returns null when nothing happened in any of them that a reader would care about
 */
export function renderOrganizationDigest(digest: Digest, place: Place): string | null {
  if (digest.repositories.length === 0) return null
  const { digest: words, organizationDigest: own } = wordsOf(place)
  const sections: Section[] = [
    section(null, [
      ...top(digest, place),
      ...listOf(organizationHeadlines(digest, place)),
      ...trendTable(digest, place),
    ]),
    { ...section(own.repositoriesHeading, repositoriesTable(digest, place)), importance: 2 },
    { ...section(words.waitingHeading, waitingAnywhereTable(digest, place)), importance: 1 },
    section(null, footer(digest, place)),
  ]
  return withinLimit(
    sections.filter(({ content }) => content.length > 0),
    (names) => paragraph(words.leftOut(names)),
  )
}

/** The title of the issue; `pattern` as for `digestTitle`. */
export function organizationDigestTitle(week: Week, place: Place, pattern: string): string {
  const { organizationDigest: words } = wordsOf(place)
  return words.title(visibleText(ownerOf(place)), digestTitle(week, place, pattern))
}

const ownerOf = ({ fullName }: Place) => fullName.split('/')[0] ?? ''

function section(name: string | null, content: RootContent[]): Section {
  return { name, importance: 0, content }
}

function listOf(items: readonly Inline[]): RootContent[] {
  return items.length === 0 ? [] : [list(items)]
}

function top(digest: Digest, place: Place): RootContent[] {
  const { digest: words, organizationDigest: own, formats } = wordsOf(place)
  const { week, repositories, quiet, incomplete } = digest
  const number = String(Number(week.name.split('-W')[1]))
  const names = incomplete.slice(0, namesShown).map(({ repository, since }) => {
    return own.since(
      repositoryLink(repository, place),
      since === null ? null : formats.date(since, place.zone),
    )
  })
  return [
    heading(2, words.title(number, formats.days(week, week.zone))),
    paragraph(own.intro(repositories.length + quiet, strangerText(ownerOf(place), own.somewhere))),
    ...(names.length === 0
      ? []
      : [paragraph(own.incomplete(names, incomplete.length - names.length))]),
  ]
}

function trendTable({ trends }: Digest, place: Place): RootContent[] {
  const rows = shown
    .filter((metric) => trends[metric].weeks.some((value) => value !== null && value !== 0))
    .map((metric) => trendRow(metric, trends[metric], { proof: null, place }))
  return tableOf(rows, place)
}

function footer(digest: Digest, place: Place): RootContent[] {
  const { digest: words, formats } = wordsOf(place)
  const docsUrl = definitionsUrl(place)
  const automated = words.automated(digest)
  const sentences: (Inline | null)[] = [
    words.counted(digest),
    digest.since && words.history(formats.date(digest.since, place.zone)),
    automated && defined(automated, botActivityMetric, place),
    docsUrl && link(docsUrl, words.docs),
  ]
  const said = sentences.filter((sentence) => sentence !== null)
  return said.length === 0 ? [] : [{ type: 'thematicBreak' }, sub(join(said, formats.between))]
}
