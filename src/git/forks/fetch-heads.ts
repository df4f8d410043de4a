import { FetchFailed } from '../fetch-failure.ts'
import type { FetchSource } from '../fetch-source.ts'
import { fetchRefs, type Mirror } from '../mirror.ts'
import { askGit } from '../run-git.ts'
import { presentCommits } from './present.ts'

/** The end of a fork's branch, to be fetched. */
export interface WantedHead {
  /** digits; names the place of its refs */
  forkId: number
  sha: string
}

/** So many refs are one transfer. */
const headsAtOnce = 200

/**
 * Fetches the ends of forks' branches from upstream: GitHub keeps a network in
 * one object store. A commit that it does not show there costs no other.
 *
 * @returns those that are still missing
 * @throws FetchFailed where nothing can be fetched at all
 */
export async function fetchHeads<Head extends WantedHead>(
  mirror: Mirror,
  { source, heads }: { source: FetchSource; heads: readonly Head[] },
): Promise<Head[]> {
  const there = await presentCommits(
    mirror,
    heads.map(({ sha }) => sha),
  )
  const wanted = heads.filter(({ sha }) => !there.has(sha))
  const missing: Head[] = []
  for (let start = 0; start < wanted.length; start += headsAtOnce) {
    const batch = wanted.slice(start, start + headsAtOnce)
    missing.push(...(await fetchBatch(mirror, { source, batch })))
  }
  return missing
}

/** git refuses a whole batch for one commit, and names it. */
async function fetchBatch<Head extends WantedHead>(
  mirror: Mirror,
  { source, batch }: { source: FetchSource; batch: readonly Head[] },
): Promise<Head[]> {
  let left = batch
  for (;;) {
    try {
      await fetchRefs(mirror, { source, refspecs: left.map(refspecOf) })
      return batch.filter((head) => !left.includes(head))
    } catch (error) {
      const missing = error instanceof FetchFailed ? error.missing : null
      const rest = left.filter(({ sha }) => sha !== missing)
      if (rest.length === left.length) throw error
      left = rest
    }
  }
}

/** By commit: a branch may be called as a directory of another one is, which git does not take. */
function refspecOf({ forkId, sha }: WantedHead): string {
  return `+${sha}:refs/forks/${forkId}/${sha}`
}

/** Lets go of the ends of branches that have moved on since; git forgets them in its own time. */
export async function dropOldHeads(mirror: Mirror, heads: readonly WantedHead[]): Promise<void> {
  const current = new Set(heads.map(({ forkId, sha }) => `refs/forks/${forkId}/${sha}`))
  const old = [...(await refsBelow(mirror, 'refs/forks')).keys()].filter(
    (name) => !current.has(name),
  )
  if (old.length === 0) return
  const lines = old.map((name) => `delete ${name}\n`)
  await askGit(mirror, ['update-ref', '--stdin'], lines.join(''))
}

/** The commit of each ref below a place, by its whole name. */
export async function refsBelow(
  mirror: Mirror,
  place: `refs/${string}`,
): Promise<Map<string, string>> {
  const format = '--format=%(refname) %(objectname)'
  const { out } = await askGit(mirror, ['for-each-ref', format, place])
  const lines = out.split('\n').filter((line) => line !== '')
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(' ')
      return [line.slice(0, space), line.slice(space + 1)]
    }),
  )
}
