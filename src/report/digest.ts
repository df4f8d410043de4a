import type { RootContent } from 'mdast'
import { botActivityMetric } from '../metrics/bot-activity.ts'
import { isKnown } from '../metrics/known-since.ts'
import type { WeeklyDigest } from '../metrics/weekly-digest.ts'
import type { Week } from '../metrics/window.ts'
import { date, days } from './dates.ts'
import { defined } from './defined.ts'
import { headlines } from './digest-headlines.ts'
import { flow, growthOfForks, typesTable, waitingTable, welcome } from './digest-sections.ts'
import { metricTable } from './digest-table.ts'
import { digestWords as words } from './digest-words.ts'
import { type Section, withinLimit } from './length.ts'
import { details, heading, type Inline, join, link, list, paragraph, sub } from './markdown.ts'
import { definitionsUrl, type Place } from './place.ts'
import { visibleText } from './stranger-text.ts'

/**
 * The weekly digest as Markdown that GitHub accepts. Null when nothing happened
 * that a reader would care about: stars alone are no news.
 */
export function renderDigest(digest: WeeklyDigest, place: Place): string | null {
  if (isEmpty(digest)) return null
  return withinLimit(sections(digest, place), (names) => paragraph(words.leftOut(names)))
}

/**
 * The title of the issue that a digest is posted as.
 *
 * @param pattern may hold `{week}`, `{year}`, `{days}` and `{repository}`
 */
export function digestTitle(week: Week, place: Place, pattern: string): string {
  const [year = '', number = ''] = week.name.split('-W')
  return visibleText(
    pattern
      .replaceAll('{week}', String(Number(number)))
      .replaceAll('{year}', year)
      .replaceAll('{days}', days(week, week.zone))
      .replaceAll('{repository}', place.fullName),
  )
}

function isEmpty({ trends, waiting }: WeeklyDigest): boolean {
  const { contributors, merged, opened, declined, issuesNew, issuesClosed, newForks } = trends
  const signs = [contributors, merged, opened, declined, issuesNew, issuesClosed, newForks]
  return waiting.length === 0 && signs.every(({ thisWeek }) => (thisWeek ?? 0) === 0)
}

/** In reading order; importance decides what goes first when the body is too long. */
function sections(digest: WeeklyDigest, place: Place): Section[] {
  const { week } = digest
  const number = String(Number(week.name.split('-W')[1]))
  const top = heading(2, words.title(number, days(week, week.zone)))
  const folded = [...flow(digest, place), ...typesTable(digest, place)]
  return [
    section(null, [top, ...beginning(digest), ...listOf(headlines(digest))]),
    section(null, metricTable(digest, place)),
    { ...section(words.waitingHeading, waitingTable(digest, place)), importance: 4 },
    { ...section(words.welcomeHeading, welcome(digest, place)), importance: 3 },
    { ...section(words.growthHeading, growthOfForks(digest, place)), importance: 2 },
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
function beginning({ week, since }: WeeklyDigest): RootContent[] {
  return since === null || isKnown(week, since)
    ? []
    : [paragraph(words.partial(date(since, week.zone)))]
}

function footer(digest: WeeklyDigest, place: Place): RootContent[] {
  const docsUrl = definitionsUrl(place)
  const automated = words.automated(digest)
  const sentences: (Inline | null)[] = [
    words.counted(digest),
    digest.since && words.history(date(digest.since, place.zone)),
    automated && defined(automated, botActivityMetric, place),
    words.leaveMeOut,
    docsUrl && link(docsUrl, words.docs),
  ]
  return [
    { type: 'thematicBreak' },
    sub(
      join(
        sentences.filter((sentence) => sentence !== null),
        ' ',
      ),
    ),
  ]
}
