import { z } from 'zod'
import type { Deps } from '../src/deps.ts'
import { failureOf } from '../src/github/failure.ts'
import { backfillOf, backfillState, finishBackfill } from '../src/store/backfills.ts'
import { publishableRepository, type TrackedRepository } from '../src/store/repositories.ts'
import { backfillStep } from './backfill-step.ts'
import { stepsInTurn } from './in-turn.ts'
import { wantForks } from './want-forks.ts'

export const payload = z.object({ repositoryId: z.int() })

/** Between two turns, for each repository that waits. */
const pauseMs = 250

/**
 * Reads a repository's history from GitHub, newest first, and goes on where it
 * stopped. A retry reads at most one page again, and its facts are the same.
 * @throws Later until everything is read
 */
export async function backfillRepository(
  { repositoryId }: z.output<typeof payload>,
  deps: Deps,
): Promise<void> {
  const { db } = deps
  const repository = await publishableRepository(db, repositoryId)
  if (repository === null) return
  // GitHub counts the time that it works for an installation: to ask for two repositories at once gains nothing.
  // GitHub counts the time that it works for an installation: to ask for two repositories at once gains nothing.
  await stepsInTurn(
    `history/${repository.installationId}`,
    {
      step: () => isFinishedAfterOne(repository, deps),
      pauseMs: async () => pauseMs * Math.max(1, Number((await backfillState(db)).open)),
    },
    deps,
  )
}

async function isFinishedAfterOne(repository: TrackedRepository, deps: Deps): Promise<boolean> {
  const { db, github, now, log } = deps
  const { id: repositoryId, ownerLogin: owner, name } = repository
  const backfill = await backfillOf(db, repositoryId)
  if (backfill === null || backfill.finishedAt !== null) return true
  try {
    const octokit = await github.installation({
      installationId: repository.installationId,
      repositoryId,
      purpose: 'backfill',
    })
    const where = { repositoryId, owner, name }
    if ((await backfillStep(octokit, where, { backfill, deps })) !== null) return false
  } catch (error) {
    const failure = failureOf(error, now())
    if (failure.kind !== 'gone' && failure.kind !== 'refused') throw error
    await finishBackfill(db, repositoryId, { at: now(), failure: failure.reason })
    log.warn({ repository: repositoryId, reason: failure.reason }, 'History cannot be read')
    return true
  }
  await finishBackfill(db, repositoryId, { at: now(), failure: null })
  await wantForks(repository, 'history', deps)
  const { points, requests, reachedTo } = backfill
  log.info({ repository: repositoryId, points, requests, reachedTo }, 'History is read')
  return true
}
