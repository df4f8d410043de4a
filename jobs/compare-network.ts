import type { Deps } from '../src/deps.ts'
import { FetchFailed } from '../src/git/fetch-failure.ts'
import type { FetchSource } from '../src/git/fetch-source.ts'
import { divergences, type ForkDivergence } from '../src/git/forks/divergence.ts'
import { dropOldHeads, refsBelow } from '../src/git/forks/fetch-heads.ts'
import { readUpstream, type Upstream } from '../src/git/forks/upstream.ts'
import { fetchObjects, fetchRefs, type Mirror, tidyMirror } from '../src/git/mirror.ts'
import { commitNamed } from '../src/git/repository.ts'
import { groupBy } from '../src/metrics/group-by.ts'
import type { Database } from '../src/store/database.ts'
import { headsOf, keepComparison } from '../src/store/fork-heads.ts'
import { keepForkWork } from '../src/store/fork-works.ts'
import { mergedFromForks } from '../src/store/threads-of-forks.ts'
import { fetchForkHeads, fetchMergedHeads } from './fetch-for-forks.ts'

export interface Compared {
  forks: number
  /** of them: with a branch that could not be compared */
  troubled: number
}

export interface NetworkToCompare {
  repositoryId: number
  /** upstream's `owner/name` */
  fullName: string
  /** where GitHub's pages and git are */
  htmlUrl: string
  /** opens upstream; forks are public */
  token: string | null
}

type CompareDeps = Pick<Deps, 'db' | 'now'> & {
  /** is told what was kept of each fork */
  onFork?: (fork: ForkDivergence) => void
}

type Head = Awaited<ReturnType<typeof headsOf>>[number]

/**
 * Fetches the ends of forks' branches that moved since they were compared, and
 * keeps how they stand to upstream. Where all stand where they stood, it fetches
 * upstream alone.
 * @throws FetchFailed where git cannot fetch from upstream
 * @throws UserError where upstream's history cannot be read
 */
export async function compareNetwork(
  mirror: Mirror,
  { repositoryId, fullName, htmlUrl, token }: NetworkToCompare,
  deps: CompareDeps,
): Promise<Compared> {
  const { db } = deps
  const heads = await headsOf(db, repositoryId)
  const addressOf = (fork: string) => `${htmlUrl}/${fork}.git`
  const source = { url: addressOf(fullName), token }
  const refspecs = ['+HEAD:refs/upstream/HEAD', '+refs/heads/*:refs/upstream/heads/*']
  await fetchRefs(mirror, { source, refspecs })
  const tip = await commitNamed(mirror, 'refs/upstream/HEAD')
  if (tip === null) return { forks: 0, troubled: 0 }
  const moved = movedForks(heads, tip)
  if (moved.length === 0) return { forks: 0, troubled: 0 }
  await fetchForkHeads(mirror, { source, addressOf, heads: moved.flat() })
  await dropOldHeads(
    mirror,
    heads.map(({ fork_id: forkId, sha }) => ({ forkId, sha })),
  )
  const upstream = await readUpstream(mirror, {
    tip,
    heads: [...(await refsBelow(mirror, 'refs/upstream/heads')).values()],
    squashes: await fetchMergedHeads(mirror, {
      source,
      merged: await mergedFromForks(db, repositoryId),
    }),
  })
  const compared = { repositoryId, tip, upstream, moved, source }
  return await keepAll(mirror, compared, deps)
}

/** Forks with a branch that moved since it was compared, or all where upstream has. */
function movedForks(heads: readonly Head[], tip: string): Head[][] {
  const byFork = groupBy(heads, ({ fork_id }) => fork_id)
  return [...byFork.values()].filter((own) =>
    own.some(
      ({ sha, compared_sha, against, lane }) =>
        compared_sha !== sha || against !== tip || lane !== 'git',
    ),
  )
}

async function keepAll(
  mirror: Mirror,
  compared: {
    repositoryId: number
    tip: string
    upstream: Upstream
    moved: readonly Head[][]
    source: FetchSource
  },
  { db, now, onFork }: CompareDeps,
): Promise<Compared> {
  const { repositoryId, tip, upstream, moved, source } = compared
  const forks = moved.map((own) => ({
    id: String(own[0]?.fork_id),
    heads: own.map(({ branch, sha }) => ({ branch, sha })),
  }))
  const fetchBlobs = async (objects: readonly string[]) => {
    await fetchObjects(mirror, { source, objects }).catch((failure: unknown) => {
      // The comparison says what it could not do without them.
      if (!(failure instanceof FetchFailed)) throw failure
    })
  }
  const outcome = { forks: 0, troubled: 0 }
  for await (const fork of divergences(mirror, upstream, forks, fetchBlobs)) {
    await db.transaction().execute(async (trx) => {
      await keepDivergence(trx, fork, { repositoryId, tip, at: now() })
    })
    onFork?.(fork)
    outcome.forks += 1
    if (fork.heads.some(({ problem }) => problem !== null)) outcome.troubled += 1
  }
  await tidyMirror(mirror)
  return outcome
}

async function keepDivergence(
  trx: Database,
  { id, heads, work }: ForkDivergence,
  { repositoryId, tip, at }: { repositoryId: number; tip: string; at: Date },
): Promise<void> {
  const forkId = Number(id)
  for (const head of heads) {
    const { relation } = head
    await keepComparison(
      trx,
      { repositoryId, forkId, branch: head.branch },
      {
        at,
        sha: head.sha,
        against: tip,
        against_commits: null,
        ahead: head.ahead,
        behind: head.behind,
        merge_base: head.mergeBase,
        original_commits: head.originalCommits,
        shares_patches: relation && (relation.shared > 0 || relation.copyOf !== null),
        lane: 'git',
        problem: head.problem,
      },
    )
  }
  const told = work && {
    ...work,
    authors: work.authors.total,
    contributors: work.contributors.total,
  }
  await keepForkWork(trx, { repositoryId, forkId }, { work: told, at })
}
