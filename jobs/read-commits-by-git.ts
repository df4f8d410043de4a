import type { Deps } from '../src/deps.ts'
import { UserError } from '../src/errors.ts'
import type { Commit } from '../src/events/commit.ts'
import { FetchFailed } from '../src/git/fetch-failure.ts'
import { fetchRefs, keepCommit, type Mirror, openMirror, tidyMirror } from '../src/git/mirror.ts'
import { countCommits, newCommits } from '../src/git/new-commits.ts'
import { commitNamed } from '../src/git/repository.ts'
import { cloneToken } from '../src/github/clone-token.ts'
import {
  type CommitReading,
  commitReadingOf,
  keepCommitReading,
} from '../src/store/commit-readings.ts'
import type { TrackedRepository } from '../src/store/repositories.ts'
import { beginRange, endRange, recordCommits, type Slice } from './commit-range.ts'

/** Then another repository has its turn. */
const mostBatches = 20
const batchSize = 250
/** Where a mirror has the default branch, whatever it is called. */
const upstreamHead = 'refs/upstream/HEAD'

/**
 * Reads commits from the network's mirror; fetches only when all that was
 * fetched before is recorded.
 * @throws FetchFailed where git cannot fetch, or what it fetched is damaged
 */
export async function readCommitsByGit(repository: TrackedRepository, deps: Deps): Promise<Slice> {
  const { db, environment } = deps
  const { dataDirectory, surroundings } = environment
  const { id: repositoryId } = repository
  const mirror = await openMirror({ dataDirectory, repositoryId, environment: surroundings })
  const kept = await commitReadingOf(db, repositoryId)
  if (kept === null) return 'all'
  const isUnderWay = await holds(mirror, kept.tip)
  const reading = isUnderWay ? kept : await begun(mirror, repository, { kept, deps })
  if (reading === null) return 'all'
  const isRead = await readRange(mirror, repositoryId, { reading, deps })
  return isRead && !isUnderWay ? 'all' : 'more'
}

async function holds(mirror: Mirror, sha: string | null): Promise<boolean> {
  return sha !== null && (await commitNamed(mirror, sha)) !== null
}

/** Fetches, and begins with what is new. Null: nothing is. */
async function begun(
  mirror: Mirror,
  repository: TrackedRepository,
  { kept, deps }: { kept: CommitReading; deps: Deps },
): Promise<CommitReading | null> {
  const { db, environment, github } = deps
  const { id: repositoryId, installationId } = repository
  const token = await cloneToken(github, { installationId, repositoryId })
  const url = `${environment.github.htmlUrl}/${repository.ownerLogin}/${repository.name}.git`
  const tip = await fetchedHead(mirror, { url, token })
  await keepCommitReading(db, repositoryId, { git_failures: 0, git_failure: null })
  if (tip === null || tip === kept.knownTip) return null
  // A mirror that was made anew may lack what a forced push left behind: then all of it is read again.
  const base = (await holds(mirror, kept.knownTip)) ? kept.knownTip : null
  const total = await countCommits(mirror, { tip, base })
  return await beginRange(db, repositoryId, { tip, base, total })
}

/** Where the default branch is now; null: the repository is empty. */
async function fetchedHead(
  mirror: Mirror,
  source: { url: string; token: string },
): Promise<string | null> {
  try {
    await fetchRefs(mirror, { source, refspecs: [`+HEAD:${upstreamHead}`] })
  } catch (error) {
    if (error instanceof FetchFailed && error.kind === 'no ref') return null
    throw error
  }
  return await commitNamed(mirror, upstreamHead)
}

/** Records a slice of a range, and says whether it was the last. */
async function readRange(
  mirror: Mirror,
  repositoryId: number,
  { reading, deps }: { reading: CommitReading; deps: Deps },
): Promise<boolean> {
  const { tip, base } = reading
  if (tip === null) return true
  // Pages of the API come in another order.
  let { passed, last } = reading.page === null ? reading : { passed: 0, last: null }
  const isResumed = last !== null
  const start = { skip: isResumed ? passed - 1 : 0, batch: batchSize }
  let batches = 0
  for await (const batch of readable(newCommits(mirror, { tip, base }, start))) {
    const isFirst = batches === 0 && isResumed
    if (isFirst && batch[0]?.sha !== last) {
      // Another git has another order: nothing is lost by beginning again.
      await keepCommitReading(deps.db, repositoryId, { passed: 0, last: null })
      return false
    }
    const commits = isFirst ? batch.slice(1) : batch
    passed += commits.length
    last = commits.at(-1)?.sha ?? last
    const kept = { passed, last, page: null }
    await recordCommits(repositoryId, { commits, isFromBeginning: base === null, kept }, deps)
    batches += 1
    if (batches === mostBatches) return false
  }
  await endRange(deps.db, repositoryId, tip)
  await keepCommit(mirror, { name: 'refs/upstream/known', sha: tip })
  await tidyMirror(mirror)
  return true
}

async function* readable(batches: AsyncGenerator<Commit[]>): AsyncGenerator<Commit[]> {
  try {
    yield* batches
  } catch (error) {
    if (error instanceof UserError) throw new FetchFailed('broken', error.message)
    throw error
  }
}
