import type { RootContent } from 'mdast'
import { botActivityMetric } from '../metrics/bot-activity.ts'
import { isKnown } from '../metrics/known-since.ts'
import type { WeeklyDigest } from '../metrics/weekly-digest.ts'
import type { Week } from '../metrics/window.ts'
import type { Chart } from './chart.ts'
import { defined } from './defined.ts'
import { digestCharts } from './digest-charts.ts'
import { activeWork, forkSection } from './digest-forks.ts'
import { headlines } from './digest-headlines.ts'
import { flow, owedTable, typesTable, waitingTable, welcome } from './digest-sections.ts'
import { metricTable } from './digest-table.ts'
import { type Section, withinLimit } from './length.ts'
import { details, heading, type Inline, join, link, list, paragraph, sub } from './markdown.ts'
import { definitionsUrl, type Place } from './place.ts'
import { visibleText } from './stranger-text.ts'
import { type Language, wordsOf } from './words/language.ts'

/** What a digest says, before it is written for one place. */
export interface DigestContent {
  /** what it is written in */
  language: Language
  /** the whole of it, in reading order */
  sections: Section[]
  /** what a shorter form holds: what changes how all is read, what changed, who waits */
  beginning: RootContent[]
  headlines: RootContent[]
  waiting: RootContent[]
  /** what its pictures show; empty where it has none */
  charts: Chart[]
  /** said where sections are left out */
  leftOut: (names: string[]) => RootContent
}

/** Null when nothing happened that a reader would care about: stars alone are no news. */
export function digestContent(digest: WeeklyDigest, place: Place): DigestContent | null {
  if (isEmpty(digest)) return null
  return {
    language: place.language,
    sections: sections(digest, place),
    beginning: beginning(digest, place),
    headlines: listOf(headlines(digest, place)),
    waiting: waitingTable(digest, place),
    charts: place.chartsUrl === null ? [] : digestCharts(digest, place),
    leftOut: (names) => paragraph(wordsOf(place).digest.leftOut(names)),
  }
}

/** A digest as Markdown that GitHub accepts. */
export function digestMarkdown({
  sections,
  leftOut,
}: Pick<DigestContent, 'sections' | 'leftOut'>): string {
  return withinLimit(sections, leftOut)
}

/** The weekly digest as Markdown that GitHub accepts; null where `digestContent` is. */
export function renderDigest(digest: WeeklyDigest, place: Place): string | null {
  const content = digestContent(digest, place)
  return content === null ? null : digestMarkdown(content)
}

/**
 * The title of the issue that a digest is posted as.
 *
 * @param pattern may hold `{week}`, `{year}`, `{days}` and `{repository}`; the default one is
 * said in the language of the place
 */
export function digestTitle(week: Week, place: Place, pattern: string): string {
  const [year = '', number = ''] = week.name.split('-W')
  const { digest: words, formats } = wordsOf(place)
  const { issueTitle: unsaid } = wordsOf({ language: 'en' }).digest
  return visibleText(
    (pattern === unsaid ? words.issueTitle : pattern)
      .replaceAll('{week}', String(Number(number)))
      .replaceAll('{year}', year)
      .replaceAll('{days}', formats.days(week, week.zone))
      .replaceAll('{repository}', place.fullName),
  )
}

/** What waited long a week ago is no news, or it would bring a digest of a silent project each week for ever. */
function isEmpty(digest: WeeklyDigest): boolean {
  const { trends, week, waiting, reviewsOwed, waitingHours, forks } = digest
  const { contributors, merged, opened, declined, issuesNew, issuesClosed, newForks } = trends
  const signs = [contributors, merged, opened, declined, issuesNew, issuesClosed, newForks]
  const weekHours = (week.to.getTime() - week.from.getTime()) / 3_600_000
  if ([...waiting, ...reviewsOwed].some(({ hours }) => hours < waitingHours + weekHours))
    return false
  if (forks !== null && activeWork(forks).length > 0) return false
  return signs.every(({ thisWeek }) => (thisWeek ?? 0) === 0)
}

/** In reading order; importance decides what goes first when the body is too long. */
function sections(digest: WeeklyDigest, place: Place): Section[] {
  const { digest: words, digestForks: forkWords, formats } = wordsOf(place)
  const { week } = digest
  const number = String(Number(week.name.split('-W')[1]))
  const top = heading(2, words.title(number, formats.days(week, week.zone)))
  const folded = [...flow(digest, place), ...typesTable(digest, place)]
  return [
    section(null, [top, ...beginning(digest, place), ...listOf(headlines(digest, place))]),
    section(null, metricTable(digest, place)),
    { ...section(words.waitingHeading, waitingTable(digest, place)), importance: 6 },
    { ...section(words.owedHeading, owedTable(digest, place)), importance: 5 },
    { ...section(words.welcomeHeading, welcome(digest, place)), importance: 4 },
    { ...section(forkWords.heading, forkSection(digest, place)), importance: 3 },
    {
      ...section(words.flowHeading, folded.length === 0 ? [] : details(words.flowSummary, folded)),
      importance: 1,
    },
    section(null, footer(digest, place)),
  ].filter(({ content }) => content.length > 0)
}

function section(name: string | null, content: RootContent[]): Section {
  return { name, importance: 0, content }
}

function listOf(items: readonly Inline[]): RootContent[] {
  return items.length === 0 ? [] : [list(items)]
}

/** Said at the top, since it changes how everything below is read. */
function beginning({ week, since }: WeeklyDigest, place: Place): RootContent[] {
  const { digest: words, formats } = wordsOf(place)
  return since === null || isKnown(week, since)
    ? []
    : [paragraph(words.partial(formats.date(since, week.zone)))]
}

function footer(digest: WeeklyDigest, place: Place): RootContent[] {
  const { digest: words, formats } = wordsOf(place)
  const docsUrl = definitionsUrl(place)
  const automated = words.automated(digest)
  const sentences: (Inline | null)[] = [
    words.counted(digest),
    digest.since && words.history(formats.date(digest.since, place.zone)),
    automated && defined(automated, botActivityMetric, place),
    words.leaveMeOut,
    docsUrl && link(docsUrl, words.docs),
  ]
  return [
    { type: 'thematicBreak' },
    sub(
      join(
        sentences.filter((sentence) => sentence !== null),
        formats.between,
      ),
    ),
  ]
}
