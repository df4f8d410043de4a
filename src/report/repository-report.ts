import type { RootContent } from 'mdast'
import { date, days } from './dates.ts'
import { shortDuration } from './duration.ts'
import { agentsSection, areasSection, joinedSignatures } from './git-report.ts'
import type { RepositoryReport } from './json/report.ts'
import { heading, type Inline, list, paragraph, phrase, serialise, sub, table } from './markdown.ts'
import { count, number, percent } from './numbers.ts'
import { strangerText } from './stranger-text.ts'

type Compared = RepositoryReport['project']['compared']

/** A report on a repository that was read from GitHub, as Markdown: the five questions. */
export function renderRepositoryReport(report: RepositoryReport): string {
  const { name, window, areas, agents } = report
  return serialise([
    heading(1, 'Contributions to ', strangerText(name, 'a repository')),
    paragraph(`${days(window, 'UTC')}, beside as much time before.`),
    ...fasterSection(report),
    ...openSection(report),
    ...standardSection(report),
    ...staySection(report),
    heading(2, 'Is an ecosystem growing around us?'),
    paragraph(
      'What happens inside of forks would tell, and is not read here. "groundswell forks" compares those that you name.',
    ),
    ...areasSection({ areas, areasOf: 'window' }),
    ...agentsSection(agents ?? []),
    ...restsOn(report),
    sub(
      'From outside is whoever GitHub calls neither member, owner nor collaborator; it does so only where a membership is public, or the token may see it. Bots and AI agents are counted apart. "–" is not known.',
    ),
  ]).trimEnd()
}

const columns = ['', 'in this window', 'before']

function comparison(rows: readonly (readonly [Inline, string, string])[]): RootContent {
  return table([null, 'right', 'right'], [columns, ...rows.map((row) => [...row])])
}

type Format = (value: number | null) => string

const row = (label: string, { now, before }: Compared[keyof Compared], format: Format = number) =>
  [label, format(now), format(before)] as const

function fasterSection({ project: { compared } }: RepositoryReport): RootContent[] {
  const { merged, mergedFromOutside: outside, opened, hoursToFirstResponse } = compared
  const share = {
    now: shareOf(outside.now, merged.now),
    before: shareOf(outside.before, merged.before),
  }
  return [
    heading(2, 'Is outside help making us faster?'),
    comparison([
      row('Pull requests opened', opened),
      row('Pull requests merged', merged),
      row('… from outside', outside),
      row('… as a share', share, percent),
      row('First answer to outsiders (median)', hoursToFirstResponse, shortDuration),
    ]),
  ]
}

function shareOf(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole === 0 ? null : part / whole
}

function openSection({ project: { compared }, ...report }: RepositoryReport): RootContent[] {
  const { contributors, contributorAbsenceFactor: factor } = report
  const half =
    factor === null
      ? []
      : [
          paragraph(
            factor === 1
              ? 'One person made half of all contributions.'
              : `Half of all contributions came from ${number(factor)} people.`,
          ),
        ]
  return [
    heading(2, 'Is it open to everyone?'),
    comparison([
      row('Contributors', compared.contributors),
      row('… from outside', compared.outsideContributors),
      row('Issues opened', compared.issuesNew),
      row('Issues closed', compared.issuesClosed),
    ]),
    ...half,
    ...(contributors.bots + contributors.ai === 0
      ? []
      : [
          paragraph(
            `Besides, ${count(contributors.bots, 'bot')} and ${count(contributors.ai, 'AI agent')} took part.`,
          ),
        ]),
  ]
}

function standardSection({ project }: RepositoryReport): RootContent[] {
  const { compared, forks, stars } = project
  return [
    heading(2, 'Is it becoming the standard?'),
    paragraph(
      `The fork network holds ${number(forks)}, and the repository has ${count(stars, 'star')}. New forks: ${number(compared.newForks.now)}, before that ${number(compared.newForks.before)}.`,
    ),
  ]
}

function staySection({ commits, authors }: RepositoryReport): RootContent[] {
  return [
    heading(2, 'Do people come and stay?'),
    paragraph(
      authors === null
        ? 'The commits could not be read, and without them nobody can tell.'
        : `${count(commits ?? 0, 'commit')} by ${count(authors.total, 'author')}, of whom ${number(authors.new)} never wrote one here before and ${number(authors.returning)} came back.`,
    ),
  ]
}

function restsOn({ completeness, joined }: RepositoryReport): RootContent[] {
  const { readTo, forkOf, notRead, cost } = completeness
  const points = cost.points === 0 ? '' : `${count(cost.points, 'point')} and `
  return [
    heading(2, 'What this rests on'),
    list([
      `Everything that changed since ${date(readTo, 'UTC')}, read from GitHub for ${points}${count(cost.requests, 'request')}.`,
      ...(forkOf === null
        ? []
        : [
            phrase`The repository is a fork of ${strangerText(forkOf, 'another')}; what happens there is not in it.`,
          ]),
      ...notRead.map(
        ({ what, why }) => phrase`Not read: ${what}, since ${strangerText(why, 'of an error')}.`,
      ),
      ...(joined === null || joined.length === 0
        ? []
        : [joinedSignatures(joined.flatMap(({ evidence }) => evidence))]),
    ]),
  ]
}
