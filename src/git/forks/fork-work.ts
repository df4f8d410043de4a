import { areasOf } from '../../events/areas.ts'
import { type CommitSummary, commitSummary } from '../../people/commit-summary.ts'
import { addCommit, newTally } from '../../people/commit-tally.ts'
import type { ForkCommit } from './fork-commit.ts'

/** What a fork has made that upstream holds in no form. */
export interface ForkWork {
  originalCommits: number
  /** ids of the latest of them, newest first: forks with the same id share that work */
  commits: string[]
  /** first lines of messages, in the same order */
  subjects: string[]
  /** of all of them; the most often changed first */
  paths: string[]
  /** the first directories, two levels at most; the most often changed first */
  areas: string[]
  /** each person once, whatever they signed with; bots and AI agents apart */
  authors: Pick<CommitSummary['authors'], 'total' | 'bots' | 'ai'>
  /** authors and co-authors */
  contributors: Pick<CommitSummary['contributors'], 'total' | 'bots' | 'ai'>
  /** when the first and the latest were committed; null without any */
  firstAt: Date | null
  lastAt: Date | null
  /** when the latest of them were written, newest first: a rebase does not make them new */
  writtenAt: Date[]
}

/** Enough to say what a fork is about; a fork of a thousand commits is not listed. */
const mostCommits = 200
const mostPaths = 500
const mostInstants = 1000

/** @param commits parents before children */
export function forkWork(commits: readonly ForkCommit[]): ForkWork {
  const tally = newTally()
  const times = new Map<string, number>()
  for (const { credit, changes } of commits) {
    addCommit(tally, credit, 'within')
    for (const { path } of changes) times.set(path, (times.get(path) ?? 0) + 1)
  }
  const latest = commits.slice(-mostCommits).reverse()
  const { authors, contributors } = commitSummary(tally, { earlierHistory: false })
  const count = ({ total, bots, ai }: CommitSummary['authors']) => ({ total, bots, ai })
  return {
    originalCommits: commits.length,
    commits: latest.map(({ sha }) => sha),
    subjects: latest.map(({ subject }) => subject),
    paths: [...times]
      .toSorted(([a, inA], [b, inB]) => inB - inA || (a < b ? -1 : 1))
      .slice(0, mostPaths)
      .map(([path]) => path),
    areas: areasOf(commits.flatMap(({ changes }) => changes.map(({ path }) => path))),
    authors: count(authors),
    contributors: count(contributors),
    firstAt: tally.firstAt,
    lastAt: tally.lastAt,
    writtenAt: commits
      .map(({ writtenAt }) => writtenAt)
      .toSorted((a, b) => b.getTime() - a.getTime())
      .slice(0, mostInstants),
  }
}
