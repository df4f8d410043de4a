import { existsSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { defineCommand } from 'citty'
import { UserError } from '../errors.ts'
import type { ForkDivergence, HeadDivergence } from '../git/forks/divergence.ts'
import type { ForkWork } from '../git/forks/fork-work.ts'
import { forkState } from '../metrics/fork-state.ts'
import { type ForkTheme, forkThemes } from '../metrics/fork-themes.ts'
import type { ForkComparison } from '../report/json/forks.ts'
import { compareForks } from './compare-forks.ts'
import { progressLine } from './progress-line.ts'

export const command = defineCommand({
  meta: {
    name: 'forks',
    description: 'Say what forks have made that a git clone does not have',
  },
  args: {
    of: { type: 'positional', description: 'the folder of a git clone', required: true },
    fork: {
      type: 'string',
      description: 'the folder or address of a fork, again and again for several',
    },
    format: { type: 'enum', options: ['md', 'json'], default: 'md', description: 'md or json' },
  },
  run: async ({ args, rawArgs }) => {
    const { of, format } = args
    if (args._.length > 1) {
      throw new UserError(
        `One folder at a time: ${args._.length} were named. Write --fork before each fork.`,
      )
    }
    const forks = forksIn(rawArgs)
    refuseWhatIsNotCompared(of, forks)
    const comparison = await compared(of, forks)
    process.stdout.write(
      format === 'json'
        ? `${JSON.stringify(comparison, null, 2)}\n`
        : `${await markdownOf(of, comparison)}\n`,
    )
  },
})

/** Of an option that is given several times, citty keeps one. */
function forksIn(rawArgs: readonly string[]): string[] {
  const options = { fork: { type: 'string', multiple: true } } as const
  return parseArgs({ args: [...rawArgs], options, strict: false }).values.fork?.map(String) ?? []
}

function refuseWhatIsNotCompared(of: string, forks: readonly string[]): void {
  if (!existsSync(of) && /^[\w-][\w.-]*\/[\w.-]+$/.test(of)) {
    throw new UserError(
      `There is no folder ${JSON.stringify(of)}. The forks of a repository on GitHub are followed by the App once it is installed there. Here, name the folder of a clone, and each fork with --fork.`,
    )
  }
  if (forks.length === 0) {
    throw new UserError(
      `No fork was named. Add --fork with a folder or an address, again and again for several: groundswell forks ${of} --fork https://github.com/owner/name.git`,
    )
  }
}

async function compared(of: string, forks: readonly string[]): Promise<ForkComparison> {
  const line = progressLine(process.stderr)
  const tell = (text: string) => {
    if (process.stderr.isTTY) line.show(text)
  }
  const request = { folder: of, forks, environment: process.env, tell }
  const told = await compareForks(request).finally(line.end)
  const themes = forkThemes(
    told.flatMap(({ id, work }) => (work === null ? [] : [{ fork: id, ...work }])),
    basename(resolve(of)),
  )
  return told.map((fork) => rowOf(fork, themes))
}

function rowOf(
  { id: name, heads: [main, ...others], work }: ForkDivergence,
  themes: readonly ForkTheme[],
): ForkComparison[number] {
  const state = main === undefined ? null : stateOf(main, work?.originalCommits ?? null)
  return {
    name,
    ...standingOf(main),
    state: state?.state ?? null,
    because: state?.because ?? null,
    relation: main?.relation ?? null,
    otherBranches: others
      .filter(({ originalCommits, mergeBase }) => mergeBase !== null && originalCommits !== 0)
      .map((head) => ({ branch: head.branch, ...standingOf(head) })),
    work: work === null || state?.state === 'unrelated' ? null : summaryOf(work),
    themes: themes
      .filter(({ forks }) => forks.includes(name))
      .map(({ kind, name: theme, words, forks }) => ({ kind, name: theme, words, forks })),
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
function stateOf(main: HeadDivergence, originalCommits: number | null) {
  const { ahead, behind, mergeBase, relation } = main
  const facts = {
    ...{ ahead, behind, originalCommits, gone: false, createdAt: null, pushedAt: null },
    ...{ hasOwnName: null, releases: null, threads: null, outsideContributors: null },
    hasCommonAncestor: ahead === null ? null : mergeBase !== null,
    sharesPatches: relation === null ? null : relation.shared > 0 || relation.copyOf !== null,
    upstreamPullRequests: null,
  }
  return forkState(facts, new Date())
}

function summaryOf({ originalCommits, areas, authors, contributors, firstAt, lastAt }: ForkWork) {
  return { originalCommits, areas, authors, contributors, firstAt, lastAt }
}

/** Loaded only when it is asked for, as for a report. */
async function markdownOf(of: string, comparison: ForkComparison): Promise<string> {
  const { renderForkComparison } = await import('../report/fork-comparison.ts')
  return renderForkComparison(basename(resolve(of)), comparison, new Date())
}
