import type { GitRepository } from '../repository.ts'
import { askGit } from '../run-git.ts'
import { type ForkCommit, readForkCommits } from './fork-commit.ts'
import { type ForkWork, forkWork } from './fork-work.ts'
import type { FetchBlobs } from './patch-ids.ts'
import { presentCommits } from './present.ts'
import { type Standing, standings } from './standing.ts'
import type { Upstream } from './upstream.ts'
import { findUpstreamed, isCandidate, isCopy, type Upstreamed } from './upstreamed.ts'

/** A fork, and the ends of its branches; all in the same repository as upstream. */
export interface ForkHeads {
  id: string
  heads: readonly { branch: string; sha: string }[]
}

/** How one branch of a fork stands to upstream's default branch. Numbers are null where `problem` says why. */
export interface HeadDivergence {
  branch: string
  sha: string
  /** exactly as `git rev-list --left-right --count` has them */
  ahead: number | null
  behind: number | null
  /** as `git merge-base` has it; null where the histories have no commit in common */
  mergeBase: string | null
  /**
   * Those of `ahead` that upstream holds in no form. Merges do not count: from
   * upstream they bring its own work, among branches of the fork what counts
   * already. Neither does what was picked or rebased (the patch is the same)
   * or squashed into upstream (several together are the same as one there).
   */
  originalCommits: number | null
  /** only where there is no commit in common */
  relation: Relation | null
  problem: string | null
}

/** What a history that was rewritten still has of upstream's default branch. */
export interface Relation {
  /** upstream's commits that change something, merges left out */
  patches: number
  /** those of them that are in the fork, by what they change */
  shared: number
  /** the upstream commit whose files a first commit of the fork holds, as a copy begins */
  copyOf: string | null
}

export interface ForkDivergence {
  id: string
  heads: HeadDivergence[]
  /** of all branches together, each commit once; null where none could be told */
  work: ForkWork | null
}

/** One bit a head is kept for each commit of upstream. */
const mostHeadsAtOnce = 256

/**
 * Tells of each fork what is its own, in their order. A head that is missing or
 * damaged says so and costs no other. Upstream's own history is not walked
 * again: `readUpstream` has it.
 *
 * @param fetchBlobs for a partial clone: brings the contents that patches are
 * made of, once for many forks. Without it, what hangs on missing contents is null.
 */
export async function* divergences(
  repository: GitRepository,
  upstream: Upstream,
  forks: Iterable<ForkHeads>,
  fetchBlobs: FetchBlobs | null = null,
): AsyncGenerator<ForkDivergence> {
  let batch: ForkHeads[] = []
  let heads = 0
  for (const fork of forks) {
    if (batch.length > 0 && heads + fork.heads.length > mostHeadsAtOnce) {
      yield* await divergencesOf(repository, upstream, batch, fetchBlobs)
      batch = []
      heads = 0
    }
    batch.push(fork)
    heads += fork.heads.length
  }
  yield* await divergencesOf(repository, upstream, batch, fetchBlobs)
}

async function divergencesOf(
  repository: GitRepository,
  upstream: Upstream,
  forks: readonly ForkHeads[],
  fetchBlobs: FetchBlobs | null,
): Promise<ForkDivergence[]> {
  const named = [...new Set(forks.flatMap(({ heads }) => heads.map(({ sha }) => sha)))]
  const there = await presentCommits(repository, named)
  const heads = named.filter((sha) => there.has(sha))
  const tip = upstream.commits[upstream.tip]?.sha ?? ''
  const { commits, problems } = await readForkCommits(repository, { tip, heads })
  const readable = heads.filter((sha) => !problems.has(sha))
  const found = standings(upstream, commits, readable)
  const upstreamed = await findUpstreamed({
    ...{ repository, upstream, commits, fetchBlobs },
    heads: readable,
  })
  const standingOf = new Map(readable.map((sha, index) => [sha, found[index] ?? null]))
  const comparison = { repository, upstream, tip, commits, upstreamed, standingOf, problems }
  const told: ForkDivergence[] = []
  for (const fork of forks) told.push(await divergenceOf(fork, comparison))
  return told
}

interface Comparison {
  repository: GitRepository
  upstream: Upstream
  tip: string
  commits: ReadonlyMap<string, ForkCommit>
  upstreamed: Upstreamed
  standingOf: ReadonlyMap<string, Standing | null>
  problems: ReadonlyMap<string, string>
}

async function divergenceOf(
  { id, heads }: ForkHeads,
  comparison: Comparison,
): Promise<ForkDivergence> {
  const told: HeadDivergence[] = []
  const originals = new Set<string>()
  for (const head of heads) {
    const standing = comparison.standingOf.get(head.sha) ?? null
    if (standing === null) {
      told.push({ ...head, ...nothing, problem: problemOf(head.sha, comparison) })
      continue
    }
    const original = originalsOf(standing, comparison)
    for (const sha of original ?? []) originals.add(sha)
    told.push({
      ...head,
      ahead: standing.ahead,
      behind: standing.behind,
      mergeBase: await mergeBaseOf(head.sha, standing, comparison),
      originalCommits: original?.length ?? null,
      relation: standing.mergeBases.length === 0 ? relationOf(standing, comparison) : null,
      problem:
        original === null
          ? 'The content of files is missing or damaged, so it cannot be told what upstream has already.'
          : null,
    })
  }
  const isTold = told.some(({ originalCommits }) => originalCommits !== null)
  const work = [...comparison.commits.values()].filter(({ sha }) => originals.has(sha))
  return { id, heads: told, work: isTold ? forkWork(work) : null }
}

const nothing = {
  ahead: null,
  behind: null,
  mergeBase: null,
  originalCommits: null,
  relation: null,
}

function problemOf(sha: string, { problems }: Comparison): string {
  return problems.get(sha) ?? `There is no commit ${sha}.`
}

function originalsOf(
  { own }: Standing,
  { upstream, commits, upstreamed: { places, undecided } }: Comparison,
): string[] | null {
  if (own.some((sha) => undecided.has(sha))) return null
  return own.filter((sha) => {
    const commit = commits.get(sha)
    return commit !== undefined && isCandidate(upstream, commit) && !places.has(sha)
  })
}

/** Which of several, where histories cross, is for git to say. */
async function mergeBaseOf(
  sha: string,
  { mergeBases }: Standing,
  { repository, tip }: Comparison,
): Promise<string | null> {
  if (mergeBases.length < 2) return mergeBases[0] ?? null
  const { exitCode, out } = await askGit(repository, ['merge-base', tip, sha])
  return exitCode === 0 ? out.trim() : (mergeBases[0] ?? null)
}

function relationOf({ own }: Standing, { upstream, commits, upstreamed }: Comparison): Relation {
  const isCounted = (place: number) =>
    upstream.reach[place] === 2 && upstream.commits[place]?.fingerprint != null
  const shared = new Set(own.flatMap((sha) => upstreamed.places.get(sha) ?? []).filter(isCounted))
  const copy = own
    .map((sha) => commits.get(sha))
    .find((commit) => commit !== undefined && isCopy(upstream, commit))
  return {
    patches: upstream.commits.filter((_, place) => isCounted(place)).length,
    shared: shared.size,
    copyOf: upstream.byTree.get(copy?.tree ?? '') ?? null,
  }
}
