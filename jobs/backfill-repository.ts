import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Deps } from '../src/deps.ts'
import { failureOf } from '../src/github/failure.ts'
import { Later } from '../src/queue.ts'
import { backfillOf, backfillState, finishBackfill } from '../src/store/backfills.ts'
import { publishableRepository, type TrackedRepository } from '../src/store/repositories.ts'
import { releaseTurn, takeTurn } from '../src/store/turns.ts'
import { backfillStep } from './backfill-step.ts'

export const payload = z.object({ repositoryId: z.int() })

/** Then another repository has its turn, and live work the place in the queue. */
const requestsATurn = 10
/** Between two turns, for each repository that waits. */
const pauseMs = 250
/** Longer than any request takes; a killed process has it no longer than this. */
const turnMs = 30_000

/**
 * Reads a repository's history from GitHub, newest first, and goes on where it
 * stopped. A retry reads at most one page again, and its facts are the same.
 * @throws Later until everything is read
 */
export async function backfillRepository(
  { repositoryId }: z.output<typeof payload>,
  deps: Deps,
): Promise<void> {
  const { db, now } = deps
  const repository = await publishableRepository(db, repositoryId)
  if (repository === null) return
  // GitHub counts the time that it works for an installation: to ask for two repositories at once gains nothing.
  const turn = { name: `history/${repository.installationId}`, holder: randomUUID() }
  try {
    for (let request = 0; request < requestsATurn; request += 1) {
      const at = now()
      const heldUntil = await takeTurn(db, turn, { at, until: later(at, turnMs) })
      if (heldUntil !== null) throw await othersTurn(deps)
      if (await isFinishedAfterOne(repository, deps)) return
    }
    throw await othersTurn(deps)
  } finally {
    await releaseTurn(db, turn)
  }
}

const later = (at: Date, ms: number) => new Date(at.getTime() + ms)

async function othersTurn({ db }: Deps): Promise<Later> {
  const { open } = await backfillState(db)
  return new Later(pauseMs * Math.max(1, Number(open)), 'Others have their turn')
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
  const { points, requests, reachedTo } = backfill
  log.info({ repository: repositoryId, points, requests, reachedTo }, 'History is read')
  return true
}
