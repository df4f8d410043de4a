import type { RootContent } from 'mdast'
import { groupBy } from '../metrics/group-by.ts'
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

/** What is known of the network on GitHub that forks belong to. */
export interface ComparedNetwork {
  /** the whole network as GitHub counts it, private forks and forks of forks included */
  size: number
  /** of the listed forks, how many were compared */
  compared: number
  /** names of those that nobody looked into, since there are so many */
  leftOut: ReadonlySet<string>
  /** `owner/name` of what the repository itself was forked from */
  forkOf: string | null
  /** what is missing, in sentences */
  notes: readonly string[]
}

const mostAreas = 3
const mostWords = 5
const mostNotes = 30
/** Of a network; forks that were named are shown, all of them. */
const mostRows = 50

/**
 * How forks stand to a clone, or to a repository on GitHub, as Markdown: what
 * maintainers would most want to know of comes first.
 *
 * @param compared `network` null: the forks of a clone, each of them named
 */
export function renderForkComparison(
  {
    name,
    forks,
    network,
  }: { name: string; forks: ForkComparison; network: ComparedNetwork | null },
  at: Date,
): string {
  const ordered = byInterest(forks, at)
  const shown = network === null ? ordered : ordered.slice(0, mostRows)
  return serialise([
    heading(1, 'Forks of ', strangerText(name, 'a repository')),
    ...(network === null ? [] : [paragraph(networkSummary(forks, network))]),
    paragraph(summary(forks)),
    ...(shown.length === 0 ? [] : [forkTable(shown)]),
    ...others(ordered.slice(shown.length)),
    ...themeSection(forks),
    ...noteSection(
      shown.filter((fork) => !network?.leftOut.has(fork.name)),
      network?.notes ?? [],
    ),
    sub(
      'Ahead and behind are of each default branch. Original commits are what upstream holds in no form: no merges, nothing that was picked, rebased or squashed. The state is over all branches. "–" is not known.',
    ),
  ]).trimEnd()
}

/** What was compared is never taken for the whole. */
function networkSummary(
  forks: ForkComparison,
  { size, compared, forkOf }: ComparedNetwork,
): Inline {
  const rest = forks.length - compared
  const sentences: Inline[] = [
    `The network holds ${count(size, 'fork')}, private ones and forks of forks included; ${number(forks.length)} public ${forks.length === 1 ? 'one was' : 'ones were'} found.`,
    ...(rest === 0
      ? []
      : [
          `Compared were ${number(compared)}; of the other ${number(rest)} it is not known what they have made.`,
        ]),
    ...(forkOf === null
      ? []
      : [
          phrase`This repository is itself a fork of ${strangerCode(forkOf, 'another')}: counted is what was forked from this one.`,
        ]),
  ]
  return join(sentences, ' ')
}

/** Forks that the table has no room for, by what they are. */
function others(forks: readonly ComparedFork[]): RootContent[] {
  if (forks.length === 0) return []
  const states = [...groupBy(forks, ({ state }) => state ?? 'unknown')]
    .map(([state, those]) => ({ state, forks: those.length }))
    .toSorted((a, b) => b.forks - a.forks)
    .map(({ state, forks: many }) => `${number(many)} ${state}`)
  return [
    paragraph(
      `And ${count(forks.length, 'other fork')} (${states.join(', ')}), which --format json lists.`,
    ),
  ]
}

function summary(forks: ForkComparison): Inline {
  if (forks.length === 0) return 'There is no public fork.'
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
  const placeOf = new Map(order.map((name, place) => [name, place]))
  // Then those that were compared, before those of which nothing is known.
  const rank = ({ name, ahead }: ComparedFork) =>
    placeOf.get(name) ?? order.length + (ahead === null ? 2 : ahead === 0 ? 1 : 0)
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

function noteSection(forks: readonly ComparedFork[], general: readonly string[]): RootContent[] {
  const own = forks.flatMap(notesOn)
  const more = own.length - mostNotes
  const notes = [
    ...general,
    ...own.slice(0, mostNotes),
    ...(more > 0 ? [`And ${number(more)} more of the kind, which --format json has.`] : []),
  ]
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
