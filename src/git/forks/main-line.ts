import type { Range } from './changes.ts'
import type { ForkCommit } from './fork-commit.ts'
import { longestRun } from './runs.ts'
import { isUpstream, type Upstream } from './upstream.ts'

/** A head's line from where it left upstream, or last merged it, to one of its commits. */
export interface MainLineRange {
  range: Range
  /** all that is the fork's own in it */
  commits: () => string[]
}

/**
 * Beginnings of each head's main line that hold merges: what such a branch
 * changes is not the sum of what its commits do. GitHub squashes it as it is
 * against the latest commit of upstream that it holds.
 */
export function mainLineRanges({
  upstream,
  commits,
  heads,
}: {
  upstream: Upstream
  commits: ReadonlyMap<string, ForkCommit>
  heads: readonly string[]
}): MainLineRange[] {
  const bases = latestUpstream(upstream, commits)
  const ranges = new Map<string, MainLineRange>()
  for (const head of heads) {
    let isMerged = false
    for (const end of mainLine(commits, head).slice(0, longestRun)) {
      isMerged ||= end.parents.length > 1
      const from = upstream.commits[bases.get(end.sha) ?? -1]?.sha
      if (isMerged && from !== undefined) {
        ranges.set(end.sha, {
          range: { from, to: end.sha },
          commits: () => ownHistory(upstream, commits, end),
        })
      }
    }
  }
  return [...ranges.values()]
}

/** By first parents, oldest first, as far as upstream's default branch does not have it. */
function mainLine(commits: ReadonlyMap<string, ForkCommit>, head: string): ForkCommit[] {
  const line: ForkCommit[] = []
  for (
    let next = commits.get(head);
    next !== undefined;
    next = commits.get(next.parents[0] ?? '')
  ) {
    line.push(next)
  }
  return line.reverse()
}

/** The place of the latest commit of the default branch that each holds; of two that cross, either. */
function latestUpstream(
  { placeOf }: Upstream,
  commits: ReadonlyMap<string, ForkCommit>,
): Map<string, number> {
  const latest = new Map<string, number>()
  // Parents come before their children.
  for (const { sha, parents } of commits.values()) {
    const places = parents.map((parent) =>
      commits.has(parent) ? (latest.get(parent) ?? -1) : (placeOf.get(parent) ?? -1),
    )
    latest.set(sha, Math.max(-1, ...places))
  }
  return latest
}

function ownHistory(
  upstream: Upstream,
  commits: ReadonlyMap<string, ForkCommit>,
  end: ForkCommit,
): string[] {
  const found = new Set<string>()
  const waiting = [end.sha]
  for (let sha = waiting.pop(); sha !== undefined; sha = waiting.pop()) {
    const commit = commits.get(sha)
    if (commit === undefined || found.has(sha) || isUpstream(upstream, sha)) continue
    found.add(sha)
    waiting.push(...commit.parents)
  }
  return [...found]
}
