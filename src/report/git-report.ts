import type { RootContent } from 'mdast'
import { days } from './dates.ts'
import { heading, type Inline, list, paragraph, phrase, serialise, sub, table } from './markdown.ts'
import { count, number, unknown } from './numbers.ts'
import { strangerCode, strangerText } from './stranger-text.ts'

interface People {
  total: number
  new: number | null
  returning: number | null
  bots: number
  ai: number
}

/** What the commits of one window say. */
export interface GitFigures {
  /** null where there is no commit and no instant was given */
  window: { from: Date | null; to: Date | null }
  commits: number
  authors: People
  contributors: People
  contributorAbsenceFactor: number | null
}

/** A report on a git folder alone. */
export interface GitReport extends GitFigures {
  /** the folder, as it is called */
  name: string
  /** as given, where the range was given by commits */
  revisions: { from: string | null; to: string | null }
  /** the last 90 days, beside a whole history */
  recent: GitFigures | null
  /** the most first; null where directories are not known */
  areas: { area: string; commits: number }[] | null
  /** of a long history, areas are those of the last 90 days */
  areasOf: 'window' | 'recent' | null
  agents: { agent: string; commits: number }[]
  joined: { by: 'email' | 'name' | 'noreply' }[]
  completeness: { shallow: boolean; roots: number | null }
}

const mostAreas = 10

/** A report on a git folder as Markdown. */
export function renderGitReport(report: GitReport): string {
  return serialise([
    heading(1, 'Contributions to ', strangerText(report.name, 'a repository')),
    paragraph(windowOf(report)),
    figures(report),
    ...areasSection(report),
    ...agentsSection(report.agents),
    ...gaps(report),
    sub(
      'Authors are people who wrote commits; contributors are authors and co-authors. New means absent from all history before. Bots and AI agents are counted apart.',
    ),
  ]).trimEnd()
}

function windowOf({ window: { from, to }, revisions, commits }: GitReport): Inline {
  const when = from === null || to === null ? unknown : days({ from, to }, 'UTC')
  const range =
    revisions.from === null && revisions.to === null ? '' : phrase` (${rangeOf(revisions)})`
  return phrase`${count(commits, 'commit')}, ${when}${range}.`
}

function rangeOf({ from, to }: GitReport['revisions']): Inline {
  const range = from === null ? (to ?? '') : `${from}..${to ?? 'HEAD'}`
  return strangerCode(range, 'a range')
}

function figures(report: GitReport): RootContent {
  const { recent } = report
  const columns = recent === null ? [report] : [report, recent]
  const row = (label: string, pick: (of: GitFigures) => number | null) => [
    label,
    ...columns.map((column) => number(pick(column))),
  ]
  return table(
    [null, ...columns.map(() => 'right' as const)],
    [
      recent === null ? ['', 'In this window'] : ['', 'All history', 'Last 90 days'],
      row('Commits', ({ commits }) => commits),
      row('Authors', ({ authors }) => authors.total),
      row('… new', ({ authors }) => authors.new),
      row('… returning', ({ authors }) => authors.returning),
      row('Contributors, with co-authors', ({ contributors }) => contributors.total),
      row('… new', ({ contributors }) => contributors.new),
      row('… returning', ({ contributors }) => contributors.returning),
      row('Bots', ({ contributors }) => contributors.bots),
      row('AI agents', ({ contributors }) => contributors.ai),
      row('People behind half of the commits', (of) => of.contributorAbsenceFactor),
    ],
  )
}

/** Where the work was; nothing where that is not known. */
export function areasSection({
  areas,
  areasOf,
}: Pick<GitReport, 'areas' | 'areasOf'>): RootContent[] {
  if (areas === null || areas.length === 0) return []
  const shown = areas.slice(0, mostAreas)
  return [
    heading(2, areasOf === 'recent' ? 'Where, in the last 90 days' : 'Where'),
    list(
      shown.map(
        ({ area, commits }) =>
          phrase`${strangerCode(area, 'a directory')}: ${count(commits, 'commit')}`,
      ),
    ),
  ]
}

/** Which AI agents took part in commits, if any did. */
export function agentsSection(agents: GitReport['agents']): RootContent[] {
  if (agents.length === 0) return []
  return [
    heading(2, 'With AI agents'),
    list(agents.map(({ agent, commits }) => `${agent}: ${count(commits, 'commit')}`)),
  ]
}

function gaps({ completeness, joined, areas }: GitReport): RootContent[] {
  const { shallow, roots } = completeness
  const several = joined.length === 0 ? [] : [joinedSignatures(joined)]
  return [
    heading(2, 'What this rests on'),
    list([
      'A clone alone. Reviews, issues, comments, stars and forks are not in it, and people who only did those are not counted.',
      ...(shallow
        ? [
            'The clone is shallow: what was before is unknown, and so is who is new. Run git fetch --unshallow for the whole history.',
          ]
        : []),
      ...(areas === null
        ? ['The clone has no directories, so where the work was is unknown.']
        : []),
      ...(roots !== null && roots > 1
        ? [`History begins in ${count(roots, 'place')}; all were read.`]
        : []),
      ...several,
    ]),
  ]
}

/** How many signatures were taken for another one's person, and by what. */
export function joinedSignatures(joined: GitReport['joined']): string {
  const by = (kind: GitReport['joined'][number]['by']) =>
    joined.filter((one) => one.by === kind).length
  return `${count(joined.length, 'signature')} joined to others of the same person: ${number(by('email'))} by address, ${number(by('name'))} by full name, ${number(by('noreply'))} by GitHub login. --format json lists them.`
}
