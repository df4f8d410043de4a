import { basename, resolve } from 'node:path'
import type { ForkDivergence, HeadDivergence } from '../git/forks/divergence.ts'
import { forkState } from '../metrics/fork-state.ts'
import { type ForkTheme, forkThemes } from '../metrics/fork-themes.ts'
import type { ForkComparison } from '../report/json/forks.ts'
import { compareForks } from './compare-forks.ts'
import { themesOf, workOf } from './fork-rows.ts'

/**
 * Compares forks, wherever they are, with the current branch of a clone.
 * @throws UserError naming the first of them that cannot be read
 */
export async function forksOfClone(
  { folder, forks }: { folder: string; forks: readonly string[] },
  { tell, now }: { tell: (text: string) => void; now: Date },
): Promise<ForkComparison> {
  const told = await compareForks({ folder, forks, environment: process.env, tell })
  const themes = forkThemes(
    told.flatMap(({ id, work }) => (work === null ? [] : [{ fork: id, ...work }])),
    basename(resolve(folder)),
  )
  return told.map((fork) => rowOf(fork, { themes, at: now }))
}

function rowOf(
  { id: name, heads: [main, ...others], work }: ForkDivergence,
  { themes, at }: { themes: readonly ForkTheme[]; at: Date },
): ForkComparison[number] {
  const state = main === undefined ? null : stateOf(main, work?.originalCommits ?? null, at)
  return {
    name,
    ...standingOf(main),
    state: state?.state ?? null,
    because: state?.because ?? null,
    relation: main?.relation ?? null,
    otherBranches: others
      .filter(({ originalCommits, mergeBase }) => mergeBase !== null && originalCommits !== 0)
      .map((head) => ({ branch: head.branch, ...standingOf(head) })),
    work: workOf(work, state?.state ?? null),
    themes: themesOf(name, themes),
    problem: main?.problem ?? null,
  }
}

/** Where there is no commit in common, counting is of no use: all of it would be ahead, and all behind. */
function standingOf(head: HeadDivergence | undefined) {
  if (head === undefined || head.mergeBase === null) {
    return { ahead: null, behind: null, originalCommits: null, mergeBase: null }
  }
  const { ahead, behind, originalCommits, mergeBase } = head
  return { ahead, behind, originalCommits, mergeBase }
}

/** From git alone: what only GitHub knows of a fork is not known here. */
function stateOf(main: HeadDivergence, originalCommits: number | null, at: Date) {
  const { ahead, behind, mergeBase, relation } = main
  const facts = {
    ...{ ahead, behind, originalCommits, gone: false, createdAt: null, pushedAt: null },
    ...{ hasOwnName: null, releases: null, threads: null, outsideContributors: null },
    hasCommonAncestor: ahead === null ? null : mergeBase !== null,
    sharesPatches: relation === null ? null : relation.shared > 0 || relation.copyOf !== null,
    upstreamPullRequests: null,
  }
  return forkState(facts, at)
}
