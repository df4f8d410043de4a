import { areasOf } from '../events/areas.ts'
import { addCommit, type CommitTally, creditOf, newTally } from '../people/commit-tally.ts'
import { readCommits, readPaths } from './commit-log.ts'
import { mapped } from './mailmap.ts'
import type { GitRepository } from './repository.ts'

/**
 * Which commits of a history: reachable from `tip` and not from `base`,
 * committed from `from` on and before `to`. Null leaves a side open. With
 * neither base nor instants it is git's `tip`, with both commits `base..tip`.
 */
export interface CommitRange {
  tip: string
  base: string | null
  from: Date | null
  to: Date | null
}

/**
 * Reads one history once and adds up what it holds for each of the ranges, which
 * share tip and base. What came before: all that `base` reaches, and all that
 * was committed before `from`.
 */
export async function readHistory(
  repository: GitRepository,
  ranges: readonly CommitRange[],
  onProgress: (commits: number) => void = () => {},
): Promise<CommitTally[]> {
  const reading = ranges.map((range) => ({ range, tally: newTally() }))
  const [first] = ranges
  if (first === undefined) return []
  let read = 0
  const told = () => {
    read += 1
    if (read % 10_000 === 0) onProgress(read)
  }
  await readCommits(repository, revisionsOf(first), (commit) => {
    const credit = creditOf(commit)
    for (const { range, tally } of reading) {
      const period = periodOf(commit.committedAt, range)
      if (period !== 'after') addCommit(tally, credit, period)
    }
    told()
  })
  if (first.base !== null) {
    await readCommits(repository, [first.base], (commit) => {
      const credit = creditOf(commit)
      for (const { tally } of reading) addCommit(tally, credit, 'before')
      told()
    })
  }
  await Promise.all(reading.map(({ tally }) => mapCoAuthors(repository, tally)))
  return reading.map(({ tally }) => tally)
}

/**
 * How many commits of a range touched each area, merges left out. Comparing
 * directories costs more than twice as much as reading the commits themselves.
 */
export async function readAreas(
  repository: GitRepository,
  range: CommitRange,
): Promise<Map<string, number>> {
  const areas = new Map<string, number>()
  const request = { revisions: revisionsOf(range), since: range.from }
  await readPaths(repository, request, (committedAt, paths) => {
    if (periodOf(committedAt, range) !== 'within') return
    for (const area of areasOf(paths)) areas.set(area, (areas.get(area) ?? 0) + 1)
  })
  return areas
}

function revisionsOf({ tip, base }: CommitRange): string[] {
  return base === null ? [tip] : [tip, `^${base}`]
}

function periodOf(committedAt: Date, { from, to }: CommitRange): 'before' | 'within' | 'after' {
  if (from !== null && committedAt < from) return 'before'
  return to !== null && committedAt >= to ? 'after' : 'within'
}

/** A log maps authors by itself; who only helped is in the words of the message. */
async function mapCoAuthors(repository: GitRepository, tally: CommitTally): Promise<void> {
  const helpers = [...tally.signatures.values()].filter(
    ({ authored, authoredBefore }) => authored === 0 && !authoredBefore,
  )
  const signatures = await mapped(repository, helpers)
  helpers.forEach((helper, index) => {
    Object.assign(helper, signatures[index])
  })
}
