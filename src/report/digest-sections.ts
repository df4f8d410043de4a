import type { RootContent } from 'mdast'
import type { FactKind, ThreadType } from '../events/fact.ts'
import type { Person, Thread } from '../metrics/history.ts'
import type { Deed, Newcomer } from '../metrics/new-contributors.ts'
import { slowestResponsesMetric } from '../metrics/time-to-first-response.ts'
import { typesOfContributionsDescription } from '../metrics/types-of-contributions.ts'
import { type WaitingThread, waitingMetric } from '../metrics/waiting.ts'
import type { WeeklyDigest } from '../metrics/weekly-digest.ts'
import { chartBlock } from './chart.ts'
import { defined } from './defined.ts'
import { mergesChart } from './digest-charts.ts'
import { flowTable } from './digest-table.ts'
import { heading, type Inline, join, link, paragraph, phrase, table } from './markdown.ts'
import { number } from './numbers.ts'
import { personLink, shownLogin } from './person.ts'
import { type Place, threadUrl, unansweredUrls } from './place.ts'
import { strangerText } from './stranger-text.ts'
import { wordsOf } from './words/language.ts'

const rowsShown = 10
const numbersShown = 40
const namesShown = 10
const deedsShown = 2

export function waitingTable(digest: WeeklyDigest, place: Place): RootContent[] {
  const { digest: words } = wordsOf(place)
  const rows = threadTable(digest.waiting, words.waitingColumns, digest, place)
  if (rows.length === 0) return []
  const lists = githubLists(digest, place)
  return [
    heading(3, words.waitingHeading),
    ...rows,
    ...(lists.length === 0 ? [] : [paragraph(words.waitingLists(join(lists, words.waitingAnd)))]),
  ]
}

/** GitHub has no search for discussions that wait. */
function githubLists(digest: WeeklyDigest, place: Place): Inline[] {
  const { digest: words } = wordsOf(place)
  const urls = unansweredUrls(place, longAgo(digest))
  const waits = (type: ThreadType) => digest.waiting.some(({ thread }) => thread.type === type)
  return [
    ...(waits('pull_request') ? [link(urls.pulls, words.waitingPulls)] : []),
    ...(waits('issue') ? [link(urls.issues, words.waitingIssues)] : []),
  ]
}

/** Who opened something before this has waited long when the week ended. */
function longAgo({ week, waitingHours }: WeeklyDigest): Date {
  return new Date(week.to.getTime() - waitingHours * 3_600_000)
}

export function owedTable(digest: WeeklyDigest, place: Place): RootContent[] {
  const { digest: words } = wordsOf(place)
  const rows = threadTable(digest.reviewsOwed, words.owedColumns, digest, place)
  return rows.length === 0 ? [] : [heading(3, words.owedHeading), ...rows]
}

function threadTable(
  waiting: readonly WaitingThread[],
  columns: readonly string[],
  digest: WeeklyDigest,
  place: Place,
): RootContent[] {
  if (waiting.length === 0) return []
  const { digest: words } = wordsOf(place)
  const newcomers = new Set(digest.newcomers.map(({ person }) => person.id))
  const rows = waiting.slice(0, rowsShown).map((waited) => waitingRow(waited, newcomers, place))
  const others = waiting.slice(rowsShown)
  const named = others.slice(0, numbersShown).map(({ thread }) => numberLink(thread, place))
  if (others.length > named.length) named.push('…')
  return [
    table([null, 'right', null], [columns, ...rows]),
    ...(others.length > 0 ? [paragraph(words.waitingMore(others.length, join(named, ', ')))] : []),
  ]
}

function numberLink({ type, number }: Thread, place: Place): Inline {
  return link(threadUrl(place, type, number), `#${number}`)
}

function waitingRow(
  { thread, hours }: WaitingThread,
  newcomers: ReadonlySet<string>,
  place: Place,
): Inline[] {
  const { digest: words, formats } = wordsOf(place)
  const { author, title, type } = thread
  const isNewcomer = author !== null && newcomers.has(author.id)
  return [
    phrase`${numberLink(thread, place)} ${strangerText(title, words.untitled)}`,
    formats.shortDuration(hours),
    isNewcomer ? words.byNewcomer(words.threads[type]) : words.threads[type],
  ]
}

/** New people by name with what they did, then those who came back. Who asked not to be named is among the others. */
export function welcome({ newcomers, returning }: WeeklyDigest, place: Place): RootContent[] {
  const lines = [welcomeLine(newcomers, place), backLine(returning, place)].filter(
    (line) => line !== null,
  )
  if (lines.length === 0) return []
  return [heading(3, wordsOf(place).digest.welcomeHeading), ...lines.map((line) => paragraph(line))]
}

function welcomeLine(newcomers: readonly Newcomer[], place: Place): Inline | null {
  const { digest: words } = wordsOf(place)
  const named = newcomers.filter(({ person }) => shownLogin(person) !== null).slice(0, namesShown)
  const parts = named.map((newcomer) => introduction(newcomer, place))
  const others = newcomers.length - named.length
  if (others > 0) parts.push(join([words.others(others, named.length > 0)]))
  return parts.length === 0 ? null : join([join(parts, ' · '), words.end])
}

function introduction({ person, deeds }: Newcomer, place: Place) {
  const told = deeds.slice(0, deedsShown).map((deed) => deedPhrase(deed, place))
  return phrase`${personLink(person, place)} ${join(told, wordsOf(place).digest.and)}`
}

function deedPhrase({ kind, thread }: Deed, place: Place): Inline {
  const { digest: words } = wordsOf(place)
  if (thread === null) return words.deed(kind, null)
  return words.deed(kind, link(threadUrl(place, threadTypeOf(kind), thread), `#${thread}`))
}

/** As far as the kind tells: a comment may stand on a pull request, where GitHub redirects to. */
function threadTypeOf(kind: FactKind) {
  if (kind.startsWith('pull_request')) return 'pull_request'
  return kind.startsWith('discussion') ? 'discussion' : 'issue'
}

function backLine(returning: readonly Person[], place: Place): Inline | null {
  const { digest: words } = wordsOf(place)
  if (returning.length === 0) return null
  const named = returning.filter((person) => shownLogin(person) !== null).slice(0, namesShown)
  const parts: Inline[] = named.map((person) => personLink(person, place))
  const others = returning.length - named.length
  if (others > 0) parts.push(words.others(others, named.length > 0))
  return words.back(join(parts, ' · '))
}

export function flow(digest: WeeklyDigest, place: Place): RootContent[] {
  const { digest: words, formats } = wordsOf(place)
  const { p90, answered, unanswered } = digest.firstResponse
  const sentences = [
    p90 === null || answered < answersForTenth
      ? null
      : defined(words.slowest(p90), slowestResponsesMetric, place),
    unanswered === 0 ? null : defined(words.unanswered(unanswered), waitingMetric, place),
  ].filter((sentence) => sentence !== null)
  return [
    ...flowTable(digest, place),
    ...merges(digest, place),
    ...(sentences.length === 0 ? [] : [paragraph(join(sentences, formats.between))]),
  ]
}

function merges(digest: WeeklyDigest, place: Place): RootContent[] {
  const { digest: words } = wordsOf(place)
  const chart = mergesChart(digest, place)
  if (chart === null) return []
  const legend = [paragraph(words.mergesChartLegend)]
  return chartBlock(chart, { week: digest.week, place, legend, key: words.mergesKey })
}

/** Of fewer than ten answers, "one in ten" says nothing. */
const answersForTenth = 10

export function typesTable({ types }: WeeklyDigest, place: Place): RootContent[] {
  const { digest: words } = wordsOf(place)
  if (types.length === 0) return []
  const rows = types.map(({ type, contributions, people, outsidePeople }) => [
    words.types[type],
    number(contributions),
    number(people),
    number(outsidePeople),
  ])
  const [title = '', ...columns] = words.typesColumns
  const heading = [defined(title, typesOfContributionsDescription, place), ...columns]
  return [table([null, 'right', 'right', 'right'], [heading, ...rows])]
}
