import { z } from 'zod'
import type { Deps } from '../src/deps.ts'
import { UserError } from '../src/errors.ts'
import { FetchFailed } from '../src/git/fetch-failure.ts'
import { eraseMirror } from '../src/git/mirror.ts'
import { failureOf } from '../src/github/failure.ts'
import type { Octokit } from '../src/github/github-app.ts'
import { Later } from '../src/queue.ts'
import {
  commitReadingOf,
  commitReadingState,
  keepCommitReading,
} from '../src/store/commit-readings.ts'
import { publishableRepository, type TrackedRepository } from '../src/store/repositories.ts'
import { wantResolution } from '../src/store/signatures.ts'
import type { Slice } from './commit-range.ts'
import { inTurn } from './in-turn.ts'
import { readCommitsByApi } from './read-commits-by-api.ts'
import { readCommitsByGit } from './read-commits-by-git.ts'
import { wantForks } from './want-forks.ts'

export const payload = z.object({ repositoryId: z.int() })

/** Between two turns, for each repository that waits. */
const pauseMs = 250
/** So often in a row the network may be unwell; then the API is asked. */
const mostGitFailures = 5

/**
 * Reads the commits of a repository's default branch that are not known yet,
 * newest first, and goes on where it stopped: by git, which costs nothing, and
 * through the API where git cannot reach.
 * @throws Later until everything is read
 */
export async function readCommits(
  { repositoryId }: z.output<typeof payload>,
  deps: Deps,
): Promise<void> {
  const repository = await publishableRepository(deps.db, repositoryId)
  if (repository === null) return
  // The first, so that reading many repositories leaves the workers to what people wait for.
  const turns = [`commits/${repository.installationId}`, `git/${repositoryId}`]
  const slice = await inTurn(turns, deps, () => readSlice(repository, deps))
  // Out of turn, since comparing forks needs the same mirror.
  if (slice === 'all') return await wantForks(repository, 'commits', deps)
  const { open } = await commitReadingState(deps.db)
  throw new Later(pauseMs * Math.max(1, Number(open)), 'Others have their turn')
}

async function readSlice(repository: TrackedRepository, deps: Deps): Promise<Slice> {
  const { github, now, log } = deps
  const { id: repositoryId, installationId } = repository
  try {
    const octokit = await github.installation({ installationId, repositoryId, purpose: 'commits' })
    const slice = await byGitOrApi(repository, octokit, deps)
    if (slice === 'all') await end(repository, null, deps)
    return slice
  } catch (error) {
    const failure = failureOf(error, now())
    if (failure.kind !== 'gone' && failure.kind !== 'refused') throw error
    await end(repository, failure.reason, deps)
    log.warn({ repository: repositoryId, reason: failure.reason }, 'Commits cannot be read')
    return 'all'
  }
}

/** What GitHub says through its API decides whether a repository is gone: git says the same of much else. */
async function byGitOrApi(
  repository: TrackedRepository,
  octokit: Octokit,
  deps: Deps,
): Promise<Slice> {
  const { db, environment, log } = deps
  const { id: repositoryId } = repository
  try {
    return await readCommitsByGit(repository, deps)
  } catch (error) {
    if (!(error instanceof FetchFailed || error instanceof UserError)) throw error
    const kind = error instanceof FetchFailed ? error.kind : 'refused'
    const failures = ((await commitReadingOf(db, repositoryId))?.gitFailures ?? 0) + 1
    await keepCommitReading(db, repositoryId, {
      git_failures: failures,
      git_failure: error.message,
    })
    log.warn({ repository: repositoryId, reason: error.message }, 'git cannot read the commits')
    if (kind === 'broken') {
      await eraseMirror({ dataDirectory: environment.dataDirectory, repositoryId })
    }
    if ((kind === 'broken' || kind === 'passing') && failures < mostGitFailures) throw error
  }
  return await readCommitsByApi(repository, octokit, deps)
}

async function end(repository: TrackedRepository, failure: string | null, deps: Deps) {
  const { db, queue, now, log } = deps
  const { id } = repository
  await keepCommitReading(db, id, { finished_at: now(), failure })
  if (failure !== null) return
  if (await wantResolution(db, id, { at: now() })) {
    await queue.enqueue([{ name: 'resolve-signatures', key: String(id) }])
  }
  const reading = await commitReadingOf(db, id)
  log.info({ repository: id, reachedTo: reading?.reachedTo ?? null }, 'Commits are read')
}
