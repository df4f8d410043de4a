import { FetchFailed } from '../src/git/fetch-failure.ts'
import type { FetchSource } from '../src/git/fetch-source.ts'
import { fetchHeads, refsBelow } from '../src/git/forks/fetch-heads.ts'
import { fetchRefs, type Mirror } from '../src/git/mirror.ts'

interface Head {
  fork_id: number
  full_name: string
  sha: string
}

/**
 * Brings the ends of forks' branches into the mirror. What upstream's address
 * does not show may be had from the fork's own; and if not, the comparison says so.
 * @throws FetchFailed where nothing can be fetched from upstream
 */
export async function fetchForkHeads(
  mirror: Mirror,
  {
    source,
    addressOf,
    heads,
  }: { source: FetchSource; addressOf: (fullName: string) => string; heads: readonly Head[] },
): Promise<void> {
  const wanted = heads.map(({ fork_id: forkId, full_name: fullName, sha }) => ({
    ...{ forkId, fullName, sha },
  }))
  for (const head of await fetchHeads(mirror, { source, heads: wanted })) {
    const own = { url: addressOf(head.fullName), token: null }
    try {
      await fetchHeads(mirror, { source: own, heads: [head] })
    } catch (error) {
      if (!(error instanceof FetchFailed)) throw error
    }
  }
}

const pulls = 'refs/upstream/pull'

/**
 * Brings the heads of pull requests that forks had merged, each once.
 * @returns them by the commits that they became upstream; without those that
 * GitHub does not have any more, whose patches alone tell of them
 * @throws FetchFailed as fetchRefs
 */
export async function fetchMergedHeads(
  mirror: Mirror,
  {
    source,
    merged,
  }: { source: FetchSource; merged: readonly { number: number; mergeSha: string }[] },
): Promise<Map<string, string>> {
  const known = await refsBelow(mirror, pulls)
  const unknown = merged.filter(({ number }) => !known.has(`${pulls}/${number}`))
  await fetchPulls(
    mirror,
    source,
    unknown.map(({ number }) => number),
  )
  const heads = unknown.length === 0 ? known : await refsBelow(mirror, pulls)
  return new Map(
    merged.flatMap(({ number, mergeSha }) => {
      const head = heads.get(`${pulls}/${number}`)
      return head === undefined ? [] : [[mergeSha, head] satisfies [string, string]]
    }),
  )
}

/** git refuses them all for one that is not there, and names it. */
async function fetchPulls(mirror: Mirror, source: FetchSource, numbers: readonly number[]) {
  let left = numbers
  while (left.length > 0) {
    const refspecs = left.map((number) => `+refs/pull/${number}/head:${pulls}/${number}`)
    try {
      return await fetchRefs(mirror, { source, refspecs })
    } catch (error) {
      const missing = error instanceof FetchFailed ? error.missing : null
      const rest = left.filter((number) => `refs/pull/${number}/head` !== missing)
      if (rest.length === left.length) throw error
      left = rest
    }
  }
}
