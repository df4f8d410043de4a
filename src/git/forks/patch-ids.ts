import { UserError } from '../../errors.ts'
import type { GitRepository } from '../repository.ts'
import { pipeGit } from '../run-git.ts'
import { changesOf, lineOf, lines, plainComparison, type Range } from './changes.ts'
import { missingBlobs } from './present.ts'
import { askAboutEach } from './readable.ts'

/** Brings the contents of files that a partial clone left out, all in one go. */
export type FetchBlobs = (ids: readonly string[]) => Promise<void>

/** As one pair of processes takes them; what they hold at once is bounded by the largest patch. */
const mostAtOnce = 2_000

/**
 * The patch id of each range, as `git patch-id --stable` has it: two are the
 * same when the patches are, wherever in a file they apply and whatever white
 * space is in them.
 *
 * @returns without the ranges that git cannot compare
 */
export async function patchIdsOf(
  repository: GitRepository,
  ranges: readonly Range[],
  fetchBlobs: FetchBlobs | null,
): Promise<Map<Range, string>> {
  const ids = new Map<Range, string>()
  for (let start = 0; start < ranges.length; start += mostAtOnce) {
    const batch = ranges.slice(start, start + mostAtOnce)
    if (fetchBlobs !== null) await bringBlobs(repository, batch, fetchBlobs)
    for (const part of withDistinctEnds(batch)) {
      await askAboutEach(part, async (asked) => {
        for (const [range, id] of await ask(repository, asked)) ids.set(range, id)
      })
    }
  }
  return ids
}

async function bringBlobs(
  repository: GitRepository,
  ranges: readonly Range[],
  fetchBlobs: FetchBlobs,
): Promise<void> {
  const blobs = new Set<string>()
  await askAboutEach(ranges, async (part) => {
    for (const { from, to } of (await changesOf(repository, part)).flat()) {
      for (const { mode, blob } of [from, to]) if (isFile(mode)) blobs.add(blob)
    }
  })
  const missing = await missingBlobs(repository, [...blobs])
  if (missing.length > 0) await fetchBlobs(missing)
}

/** Neither a file that is not there nor another repository's commit. */
function isFile(mode: string): boolean {
  return mode !== '000000' && mode !== '160000'
}

async function ask(
  repository: GitRepository,
  ranges: readonly Range[],
): Promise<[Range, string][]> {
  const { exitCode, out, error } = await pipeGit(repository, {
    // Of what is no text a patch shows the ids alone, and they must be whole.
    from: ['diff-tree', '--stdin', '--root', '-p', '--full-index', ...plainComparison],
    into: ['patch-id', '--stable'],
    input: lines(ranges.map(lineOf)),
  })
  if (exitCode !== 0) throw new UserError(error.trim() || `git ended with exit code ${exitCode}`)
  const idOf = new Map(out.split('\n').map((line) => toPair(line.split(' '))))
  return ranges.flatMap((range) => {
    const id = idOf.get(range.to)
    return id === undefined ? [] : [[range, id] satisfies [Range, string]]
  })
}

function toPair([id = '', sha = '']: string[]): [string, string] {
  return [sha, id]
}

/** git answers with the end alone, so each part has an end once. */
function withDistinctEnds(ranges: readonly Range[]): Range[][] {
  const parts: Range[][] = []
  const seen = new Map<string, number>()
  for (const range of ranges) {
    const times = seen.get(range.to) ?? 0
    seen.set(range.to, times + 1)
    const part = parts[times]
    if (part === undefined) parts.push([range])
    else part.push(range)
  }
  return parts
}
