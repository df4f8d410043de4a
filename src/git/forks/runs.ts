import type { Change, Range } from './changes.ts'
import { contentOf, pathOf, sumOf, wrapped } from './fingerprint.ts'
import type { ForkCommit } from './fork-commit.ts'

/** Commits of a fork in a row, and what they change together. */
export interface Run {
  range: Range
  commits: () => string[]
  /** as in Fingerprint */
  paths: bigint
  /** to be asked for before the next run is */
  content: () => bigint
}

/** Pull requests are hardly ever longer; it bounds the work for forks that are. */
export const longestRun = 100

/**
 * Every row of commits that ends with one, the shortest first: that commit
 * alone, with its parent, and so on. Nothing is asked of git, since what
 * happened to a path in between is in the commits themselves.
 *
 * @param mayHold false ends the row
 */
export function* runsEndingAt(
  end: ForkCommit,
  commits: ReadonlyMap<string, ForkCommit>,
  mayHold: (commit: ForkCommit) => boolean,
): Generator<Run> {
  const net = new Map<string, Change>()
  const shas: string[] = []
  let paths = 0n
  let next: ForkCommit | undefined = end
  while (next !== undefined && mayHold(next) && shas.length < longestRun) {
    for (const change of next.changes) paths = prepend(net, change, paths)
    shas.push(next.sha)
    const parent: string | null = next.parents[0] ?? null
    // git compares a single commit with nothing, but not a row of them.
    if (net.size > 0 && (parent !== null || shas.length === 1)) {
      const { length } = shas
      yield {
        range: { from: parent, to: end.sha },
        commits: () => shas.slice(0, length),
        paths,
        content: () => sumOf(net.values(), contentOf),
      }
    }
    next = parent === null ? undefined : commits.get(parent)
  }
}

/** Puts a change before those that are known, and gives the new sum of paths. */
function prepend(net: Map<string, Change>, change: Change, paths: bigint): bigint {
  const later = net.get(change.path)
  const { path, from } = change
  const whole = { path, from, to: later?.to ?? change.to }
  const without = later === undefined ? paths : paths - pathOf(later)
  if (whole.from.mode === whole.to.mode && whole.from.blob === whole.to.blob) {
    net.delete(path)
    return wrapped(without)
  }
  net.set(path, whole)
  return wrapped(without + pathOf(whole))
}
