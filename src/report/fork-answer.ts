import type { RootContent } from 'mdast'
import type { ForkProjection } from '../metrics/fork-growth.ts'
import type { ForkNetworkReport, KnownWork } from '../metrics/fork-network.ts'
import type { ForkTheme } from '../metrics/fork-themes.ts'
import {
  heading,
  type Inline,
  join,
  link,
  list,
  paragraph,
  serialise,
  sub,
  table,
} from './markdown.ts'
import { number, worthTelling } from './numbers.ts'
import { type Place, threadUrl } from './place.ts'
import { projectedMonths } from './projected-months.ts'
import { strangerCode, strangerText } from './stranger-text.ts'
import { wordsOf } from './words/language.ts'

const worksShown = 5
const themesShown = 3
const areasShown = 2
const wordsShown = 3
const pullRequestsShown = 3

/**
 * The answer to `/groundswell forks`.
 *
 * @param report null: nobody has looked yet
 */
export function renderForkNetwork(report: ForkNetworkReport | null, place: Place): string {
  const { forks: words, formats } = wordsOf(place)
  if (report === null) return serialise([heading(3, words.title), paragraph(words.notYet)])
  return serialise([
    heading(3, words.title),
    ...partial(report, place),
    paragraph(join(sizes(report, place), formats.between)),
    ...growth(report, place),
    ...states(report, place),
    ...cohort(report, place),
    ...workTable(report, place),
    ...themeList(report, place),
    smallPrint(report, place),
  ])
}

/** Said at the top, since it changes how everything below is read. */
function partial({ reading, known, size }: ForkNetworkReport, place: Place): RootContent[] {
  const { forks: words } = wordsOf(place)
  return reading.scannedAt === null ? [paragraph(words.partial(known, size))] : []
}

function sizes(report: ForkNetworkReport, place: Place): Inline[] {
  const { forks: words, formats } = wordsOf(place)
  const { size, direct, made, net, growth, window } = report
  const change = net === null ? '' : words.net(net, worthTelling(growth))
  return [
    ...(size === null ? [] : [words.network(size, direct)]),
    words.made(made, formats.days(window, place.zone), change),
  ]
}

/** What a week brings, where that leads, and whether the last one was out of the ordinary. */
function growth({ growthOfWeek, burst, size }: ForkNetworkReport, place: Place): RootContent[] {
  const { forks: words, formats } = wordsOf(place)
  const { rate } = growthOfWeek
  // Told from the last whole week on, and since then it may have been passed.
  const projection =
    (growthOfWeek.projection?.milestone ?? 0) > (size ?? 0) ? growthOfWeek.projection : null
  const sentences = [
    ...(rate === null ? [] : [words.usual(rate.perWeek, rate.low, rate.high)]),
    ...(projection === null ? [] : [projected(projection, place)]),
    ...(burst?.isBurst ? [words.burst(burst.count, burst.mean)] : []),
  ]
  return sentences.length === 0 ? [] : [paragraph(sentences.join(formats.between))]
}

export function projected(projection: ForkProjection, place: Place) {
  const { forks: words } = wordsOf(place)
  const { at, first, last } = projectedMonths(projection, place)
  return words.milestone(projection.milestone, at, first && words.between(first, last))
}

/** How far those came who had the time for it; nobody is named. */
function cohort({ cohort }: ForkNetworkReport, place: Place): RootContent[] {
  const { forks: words } = wordsOf(place)
  if (cohort === null || cohort.forked === 0) return []
  const { pushed, opened, merged, daysToPush, daysToMerge } = cohort
  const haste = daysToPush === null ? '' : words.daysToPush(daysToPush)
  const speed = daysToMerge === null ? '' : words.daysToMerge(daysToMerge)
  const steps = [
    `${number(pushed)} ${words.steps.pushed}${haste}`,
    `${number(opened)} ${words.steps.opened}`,
    `${number(merged)} ${words.steps.merged}${speed}`,
  ]
  return [paragraph(words.cohort(cohort.forked, steps))]
}

const statesInOrder = [
  'untouched',
  'mirror',
  'synced',
  'patched',
  'diverged',
  'hard fork',
  'contributing',
  'unrelated',
] as const

function states({ known, states, untold }: ForkNetworkReport, place: Place): RootContent[] {
  const { forks: words } = wordsOf(place)
  if (known === 0) return []
  const parts = statesInOrder
    .filter((state) => states[state] > 0)
    .map((state) => {
      const verb = states[state] === 1 ? words.stateOfOne[state] : words.state[state]
      return `${number(states[state])} ${verb}`
    })
  const all = untold > 0 ? [...parts, words.untold(untold)] : parts
  return all.length === 0 ? [] : [paragraph(words.states(known, all))]
}

function workTable(
  { work, withWork, defaultBranch }: ForkNetworkReport,
  place: Place,
): RootContent[] {
  if (work.length === 0) return []
  const { forks: words } = wordsOf(place)
  const rows = work.slice(0, worksShown).map((one) => workRow(one, defaultBranch, place))
  const more = (withWork ?? work.length) - rows.length
  return [
    heading(4, words.workHeading),
    table([null, 'right', null, 'right', null], [words.workColumns, ...rows]),
    ...(more > 0 ? [paragraph(words.workMore(more))] : []),
  ]
}

function workRow(work: KnownWork, branch: string | null, place: Place): Inline[] {
  const { forks: words, formats } = wordsOf(place)
  const name = strangerText(work.fullName, words.nameless)
  const areas = work.areas.slice(0, areasShown).map((area) => strangerCode(area, words.someplace))
  const url = comparisonUrl(work, branch, place)
  const pulls = work.pullRequests
    .slice(0, pullRequestsShown)
    .map((pull) => link(threadUrl(place, 'pull_request', pull), `#${pull}`))
  return [
    url === null ? name : link(url, name),
    number(work.originalCommits),
    join(areas, formats.listed),
    work.lastAt === null ? '' : formats.date(work.lastAt, place.zone),
    pulls.length === 0 ? words.offered : join(pulls, formats.listed),
  ]
}

/** No address can hold half a character, and dots would lead it somewhere else. */
const unaddressable = /\p{Cs}|(?:^|\/)\.\.?(?:\/|$)/u
/** All that GitHub lets owners and repositories be called. */
const repositoryName = /^[\w.-]+\/[\w.-]+$/

/**
 * GitHub's own page about the difference: the evidence. It stands in this
 * repository, and tells nobody.
 * @param ours the default branch; null: not known
 * @returns null where there is none, or where a name could not be part of an address
 */
export function comparisonUrl(
  { fullName, branch: theirs }: Pick<KnownWork, 'fullName' | 'branch'>,
  ours: string | null,
  { url }: Place,
): string | null {
  if (ours === null || theirs === null || unaddressable.test(theirs)) return null
  if (!repositoryName.test(fullName)) return null
  const branch = (name: string) => name.split('/').map(encodeURIComponent).join('/')
  return `${url}/compare/${branch(ours)}...${fullName.replace('/', ':')}:${branch(theirs)}`
}

function themeList({ themes }: ForkNetworkReport, place: Place): RootContent[] {
  const { forks: words } = wordsOf(place)
  if (themes.length === 0) return []
  const lines = themes.slice(0, themesShown).map((theme) => themeLine(theme, place))
  return [heading(4, words.themesHeading), list(lines)]
}

function themeLine({ kind, name, forks, words: found }: ForkTheme, place: Place): Inline {
  const { forks: words, formats } = wordsOf(place)
  const evidence = found.slice(0, wordsShown).map((word) => strangerCode(word, words.someplace))
  const shown =
    kind === 'area' ? strangerCode(name, words.someplace) : strangerText(name, words.someWish)
  const told = evidence.length === 0 ? null : join(evidence, formats.listed)
  return words.theme(kind, shown, forks.length, told)
}

function smallPrint({ reading, work }: ForkNetworkReport, place: Place): RootContent {
  const { forks: words, formats } = wordsOf(place)
  const { zone } = place
  const { scannedAt, refreshedAt, isUnderWay, troubled, byGit, parent } = reading
  const isLater = scannedAt !== null && refreshedAt !== null && refreshedAt > scannedAt
  const sentences: (Inline | null)[] = [
    scannedAt && words.scanned(formats.date(scannedAt, zone)),
    isLater ? words.refreshed(formats.date(refreshedAt, zone)) : null,
    scannedAt !== null && isUnderWay ? words.underWay : null,
    troubled > 0 ? words.troubled(troubled) : null,
    byGit ? null : words.byApi,
    parent === null ? null : words.parent(strangerCode(parent, words.nameless)),
    work.length > 1 ? words.order : null,
  ]
  return sub(
    join(
      sentences.filter((sentence) => sentence !== null),
      formats.between,
    ),
  )
}
