import type { GitReport } from '../../../src/report/git-report.ts'
import type { ForkComparison } from '../../../src/report/json/forks.ts'
import type { RepositoryReport } from '../../../src/report/json/report.ts'
import { at } from '../../metrics/histories.ts'

/** Says the next thing that a stranger may have chosen. */
export type Stranger = () => string

const people = { total: 3, new: 1, returning: 2, bots: 0, ai: 0 }
const window = { from: at('2026-11-02'), to: at('2026-11-30') }

/** What the commits of a clone say, where strangers named the directories. */
export function cloneReport(say: Stranger, mutter: Stranger): GitReport {
  return {
    name: say(),
    revisions: { from: mutter(), to: null },
    window,
    commits: 3,
    authors: people,
    contributors: people,
    contributorAbsenceFactor: 1,
    recent: null,
    areas: Array.from({ length: 10 }, () => ({ area: say(), commits: 2 })),
    areasOf: 'window',
    agents: [],
    joined: [],
    completeness: { shallow: false, roots: 1 },
  }
}

/** A repository on GitHub as strangers named it, and what they answered. */
export function repositoryReport(say: Stranger): RepositoryReport {
  const both = { now: 3, before: null }
  return {
    name: say(),
    window,
    commits: 3,
    authors: people,
    contributors: people,
    contributorAbsenceFactor: 1,
    areas: Array.from({ length: 10 }, () => ({ area: say(), commits: 2 })),
    ...{ agents: null, months: null, joined: null },
    project: {
      compared: {
        ...{ contributors: both, outsideContributors: both, newContributors: both, opened: both },
        ...{ merged: both, mergedFromOutside: both, hoursToFirstResponse: both },
        ...{ issuesNew: both, issuesClosed: both, newForks: both, newStars: both },
      },
      forks: 3,
      stars: 3,
    },
    completeness: {
      source: 'graphql',
      readTo: at('2026-10-05'),
      forkOf: say(),
      notRead: Array.from({ length: 20 }, () => ({ what: 'stars by day', why: say() })),
      cost: { points: 1, requests: 1 },
    },
  }
}

/** Forks as their owners named them. */
export function forkComparison(say: Stranger): ForkComparison {
  const standing = { ahead: 3, behind: 1, originalCommits: 2, mergeBase: 'cafe'.repeat(10) }
  const names = [say(), say(), say()]
  const theme = { kind: 'area' as const, name: say(), words: [], forks: names }
  const told = { kind: 'architecture' as const, name: say(), words: [say(), say()], forks: names }
  return names.map((name) => ({
    name,
    ...standing,
    state: 'diverged',
    because: null,
    relation: { patches: 4, shared: 2, copyOf: null },
    otherBranches: [{ branch: say(), ...standing }],
    work: {
      originalCommits: 2,
      areas: [say(), say()],
      authors: people,
      contributors: people,
      ...{ firstAt: at('2026-11-02'), lastAt: at('2026-11-20') },
    },
    themes: [theme, told],
    problem: say(),
  }))
}
