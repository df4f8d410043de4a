import type { RootContent } from 'mdast'
import type { ForkNetworkReport, ReportedWork } from '../metrics/fork-network.ts'
import type { ForkTheme } from '../metrics/fork-themes.ts'
import { starsMetric } from '../metrics/project-popularity.ts'
import type { WeeklyDigest } from '../metrics/weekly-digest.ts'
import type { Week } from '../metrics/window.ts'
import { chartBlock } from './chart.ts'
import { defined } from './defined.ts'
import { forksChart } from './digest-charts.ts'
import { comparisonUrl } from './fork-answer.ts'
import { details, heading, type Inline, join, link, paragraph, table } from './markdown.ts'
import { number } from './numbers.ts'
import { type Place, threadUrl } from './place.ts'
import { strangerCode, strangerText } from './stranger-text.ts'
import { wordsOf } from './words/language.ts'

const worksShown = 5
const areasShown = 2
const themesShown = 2
const ownersShown = 3
const pullRequestsShown = 3
/** In the table above the chart, a week stands for a month. */
const weeksBetween = 4

/** Forks with work of the week, those that maintainers would most want to know of first. */
export function activeWork({ work }: ForkNetworkReport): ReportedWork[] {
  return work.filter(({ newCommits }) => (newCommits ?? 0) > 0)
}

/** How many of these had no work of their own before the week; 0 where that is not known of all of them. */
export function newlyActive(forks: ForkNetworkReport): number {
  if (!forks.isWorkBeforeKnown) return 0
  return activeWork(forks).filter(({ originalCommitsBefore: before }) => (before ?? 0) === 0).length
}

/** What several forks want, where one of them worked in the week. A wish with a name says more than a directory. */
export function activeThemes(forks: ForkNetworkReport): ForkTheme[] {
  const active = new Set(activeWork(forks).map(({ fullName }) => fullName))
  return forks.themes
    .filter((theme) => theme.forks.some((name) => active.has(name)))
    .toSorted((a, b) => Number(a.kind === 'area') - Number(b.kind === 'area'))
}

export function themeName({ kind, name }: ForkTheme, place: Place): Inline {
  const { digestForks: words } = wordsOf(place)
  return kind === 'area' ? strangerCode(name, words.someplace) : strangerText(name, words.someWish)
}

/** What the week brought in the fork network. Empty where nothing did. */
export function forkSection(digest: WeeklyDigest, place: Place): RootContent[] {
  const { forks } = digest
  const content = [
    ...(forks === null ? [] : workTable(forks, place)),
    ...(forks === null ? [] : themes(forks, place)),
    ...sizes(digest, place),
    ...(forks === null ? [] : cohort(forks, place)),
    ...(forks === null ? [] : growth(forks, digest.week, place)),
  ]
  return content.length === 0 ? [] : [heading(3, wordsOf(place).digestForks.heading), ...content]
}

function workTable(forks: ForkNetworkReport, place: Place): RootContent[] {
  const { digestForks: words } = wordsOf(place)
  const active = activeWork(forks)
  if (active.length === 0) return []
  const rows = active.slice(0, worksShown).map((work) => row(work, forks.defaultBranch, place))
  const more = active.length - rows.length
  return [
    table([null, 'right', null, null, 'right'], [words.columns, ...rows]),
    ...(more > 0 ? [paragraph(words.more(more))] : []),
  ]
}

function row(work: ReportedWork, branch: string | null, place: Place): Inline[] {
  const { digestForks: words, formats } = wordsOf(place)
  const { fullName, originalCommits, newCommits, areas, state, releases, pushedAt } = work
  const name = strangerText(fullName, words.nameless)
  const url = comparisonUrl(work, branch, place)
  const where = areas.slice(0, areasShown).map((area) => strangerCode(area, words.someplace))
  return [
    url === null ? name : link(url, name),
    words.commits(originalCommits, newCommits),
    join(where, formats.listed),
    state === 'hard fork' && (releases ?? 0) > 0
      ? words.hardFork(releases ?? 0)
      : (words.state[state ?? ''] ?? ''),
    pushedAt === null ? '' : formats.shortDate(pushedAt, place.zone),
  ]
}

function themes(forks: ForkNetworkReport, place: Place): RootContent[] {
  const { digestForks: words } = wordsOf(place)
  const offers = new Map(forks.work.map(({ fullName, pullRequests }) => [fullName, pullRequests]))
  return activeThemes(forks)
    .slice(0, themesShown)
    .map((theme) => {
      const pulls = theme.forks.flatMap((name) => offers.get(name) ?? [])
      return paragraph(
        (theme.kind === 'area' ? words.samePart : words.sameWish)(
          theme.forks.length,
          themeName(theme, place),
          owners(theme.forks, place),
          pulls.length === 0 ? null : pullRequests(pulls, place),
        ),
      )
    })
}

function owners(forks: readonly string[], place: Place): Inline {
  const { digestForks: words } = wordsOf(place)
  const named = forks.slice(0, ownersShown).map((name) => strangerText(name, words.nameless))
  const more = forks.length - named.length
  return join([...named, ...(more > 0 ? [words.others(more)] : [])], ' · ')
}

function pullRequests(numbers: readonly number[], place: Place): Inline {
  const links = [...new Set(numbers)]
    .slice(0, pullRequestsShown)
    .map((pull) => link(threadUrl(place, 'pull_request', pull), `#${pull}`))
  return join(links, ' · ')
}

/** Not where a headline says it already. */
function sizes({ trends, forkNetwork, forks, stars }: WeeklyDigest, place: Place): RootContent[] {
  const { digest, digestForks: words, formats } = wordsOf(place)
  const isTold = (trends.newForks.thisWeek ?? 0) > 0
  const { total } = forkNetwork
  const sentences: Inline[] = []
  if (!isTold && total !== null && total > 0) {
    sentences.push(words.network(total, (text) => link(`${place.url}/forks`, text)))
  }
  if (stars !== null && stars > 0) {
    sentences.push(defined(digest.stars(stars), starsMetric, place))
  }
  if (forks !== null && forks.reading.scannedAt === null) sentences.push(words.unread)
  else if (forks !== null && !forks.reading.byGit && forks.work.length > 0) {
    sentences.push(words.byApi)
  }
  return sentences.length === 0 ? [] : [paragraph(join(sentences, formats.between))]
}

function cohort({ cohort: told }: ForkNetworkReport, place: Place): RootContent[] {
  const { digestForks: words } = wordsOf(place)
  if (told === null || told.forked === 0 || told.pushed === 0) return []
  return [paragraph(words.cohort({ ...told, days: told.daysToOpen }))]
}

/** The size of the network by week, where enough of it is known to draw. */
function growth(forks: ForkNetworkReport, week: Week, place: Place): RootContent[] {
  const { digestForks: words } = wordsOf(place)
  const chart = forksChart(forks, place)
  if (chart === null) return []
  const { steps } = chart
  const totals = chart.series[0]?.values ?? []
  const shown = steps
    .map((_, index) => index)
    .filter((index) => (steps.length - 1 - index) % weeksBetween === 0)
  return details(words.growthSummary(steps.length), [
    table(
      [null, ...shown.map(() => 'right' as const)],
      [
        [words.growthColumns.week, ...shown.map((index) => steps[index] ?? '')],
        [words.growthColumns.forks, ...shown.map((index) => number(totals[index] ?? null))],
      ],
    ),
    ...chartBlock(chart, { week, place }),
  ])
}
