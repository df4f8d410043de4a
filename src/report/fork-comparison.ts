import type { RootContent } from 'mdast'
import { workNotUpstream } from '../metrics/work-not-upstream.ts'
import { date } from './dates.ts'
import type { ForkComparison } from './json/forks.ts'
import {
  code,
  heading,
  type Inline,
  join,
  list,
  paragraph,
  phrase,
  serialise,
  sub,
  table,
} from './markdown.ts'
import { count, number, percent, unknown } from './numbers.ts'
import { strangerCode, strangerText } from './stranger-text.ts'

type ComparedFork = ForkComparison[number]

const mostAreas = 3
const mostWords = 5

/** How forks stand to a clone as Markdown: what maintainers would most want to know of comes first. */
export function renderForkComparison(name: string, forks: ForkComparison, at: Date): string {
  return serialise([
    heading(1, 'Forks of ', strangerText(name, 'a repository')),
    paragraph(summary(forks)),
    forkTable(byInterest(forks, at)),
    ...themeSection(forks),
    ...noteSection(forks),
    sub(
      'Ahead and behind are of each default branch. Original commits are what upstream holds in no form: no merges, nothing that was picked, rebased or squashed. The state is over all branches. "–" is not known.',
    ),
  ]).trimEnd()
}

function summary(forks: ForkComparison): Inline {
  const withWork = forks.filter(({ work }) => (work?.originalCommits ?? 0) > 0)
  return withWork.length === 0
    ? `Of ${count(forks.length, 'fork')} none has work of its own that upstream lacks.`
    : `${withWork.length} of ${count(forks.length, 'fork')} ${withWork.length === 1 ? 'has' : 'have'} work of ${withWork.length === 1 ? 'its' : 'their'} own that upstream lacks.`
}

function byInterest(forks: ForkComparison, at: Date): ComparedFork[] {
  const works = forks.flatMap(({ name, work, themes }) =>
    work === null || work.lastAt === null
      ? []
      : [
          {
            ...{ fork: name, originalCommits: work.originalCommits, lastAt: work.lastAt },
            ...{ authors: work.authors.total, offered: false },
            agreeing: new Set(themes.flatMap((theme) => theme.forks)).size,
          },
        ],
  )
  const order = workNotUpstream(works, at).map(({ fork }) => fork)
  const rank = ({ name }: ComparedFork) =>
    order.includes(name) ? order.indexOf(name) : order.length
  return forks.toSorted((a, b) => rank(a) - rank(b))
}

function forkTable(forks: readonly ComparedFork[]): RootContent {
  return table(
    [null, null, 'right', 'right', 'right', null, null, null],
    [
      ['Fork', 'State', 'Ahead', 'Behind', 'Original', 'Where', 'Last original commit', 'Left at'],
      ...forks.map((fork) => [
        nameOf(fork.name),
        fork.state ?? unknown,
        number(fork.ahead),
        number(fork.behind),
        number(fork.originalCommits),
        areas(fork),
        fork.work?.lastAt ? date(fork.work.lastAt, 'UTC') : unknown,
        fork.mergeBase === null ? unknown : code(fork.mergeBase.slice(0, 10)),
      ]),
    ],
  )
}

function nameOf(name: string): Inline {
  return strangerCode(name, 'a fork')
}

function areas({ work }: ComparedFork): Inline {
  const shown = (work?.areas ?? []).slice(0, mostAreas)
  if (shown.length === 0) return unknown
  return join(
    shown.map((area) => strangerCode(area, 'a directory')),
    ', ',
  )
}

function themeSection(forks: ForkComparison): RootContent[] {
  const themes = new Map(
    forks.flatMap((fork) => fork.themes).map((theme) => [`${theme.kind} ${theme.name}`, theme]),
  )
  if (themes.size === 0) return []
  return [
    heading(2, 'The same in several forks'),
    list(
      [...themes.values()].map(({ kind, name, words, forks: members }) => {
        const where = join(members.map(nameOf), ', ')
        const evidence = words.slice(0, mostWords).map((word) => strangerCode(word, 'a word'))
        return kind === 'area'
          ? phrase`${strangerCode(name, 'a directory')}: ${where}`
          : phrase`${strangerText(name, 'something')} (${kind}): ${where}; told by ${join(evidence, ', ')}`
      }),
    ),
  ]
}

function noteSection(forks: ForkComparison): RootContent[] {
  const notes = forks.flatMap(notesOn)
  return notes.length === 0 ? [] : [heading(2, 'Worth knowing'), list(notes)]
}

function notesOn({ name, state, relation, otherBranches, problem }: ComparedFork): Inline[] {
  const fork = nameOf(name)
  return [
    ...(state === 'unrelated'
      ? [
          phrase`${fork} shares no commit and no patch with this repository, and did not begin as a copy: it is no fork of it.`,
        ]
      : []),
    ...(state !== 'unrelated' && relation !== null ? [phrase`${fork} ${rewritten(relation)}`] : []),
    ...otherBranches.map(
      ({ branch, originalCommits }) =>
        phrase`${fork} has ${originalCommits === null ? 'an unknown number of original commits' : count(originalCommits, 'original commit')} on ${strangerCode(branch, 'a branch')}.`,
    ),
    ...(problem === null ? [] : [phrase`${fork}: ${strangerText(problem, 'it cannot be read.')}`]),
  ]
}

function rewritten({ patches, shared, copyOf }: NonNullable<ComparedFork['relation']>): Inline {
  const share = patches === 0 ? null : shared / patches
  const found = phrase`has a history of its own, in which ${number(shared)} of ${count(patches, 'patch', 'patches')} of this repository (${percent(share)}) are found`
  return copyOf === null
    ? join([found, '.'])
    : join([found, phrase`; it began as a copy of ${code(copyOf.slice(0, 10))}.`])
}
