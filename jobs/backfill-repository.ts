import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Deps } from '../src/deps.ts'
import { failureOf } from '../src/github/failure.ts'
import type { RateLimit } from '../src/github/history/request.ts'
import { Later } from '../src/queue.ts'
import {
  backfillOf,
  backfillState,
  closeTurns,
  finishBackfill,
  releaseTurn,
  takeTurn,
} from '../src/store/backfills.ts'
import { publishableRepository, type TrackedRepository } from '../src/store/repositories.ts'
import { backfillStep } from './backfill-step.ts'

export const payload = z.object({ repositoryId: z.int() })

/** Then another repository has its turn, and live work the place in the queue. */
const requestsATurn = 10
/** Between two turns, for each repository that waits. */
const pauseMs = 250
/** Longer than any request takes; a killed process has it no longer than this. */
const turnMs = 30_000
/** Of an hour's points: what people wait for needs them more. */
const reserve = 0.4

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
  const { installationId } = repository
  const turn = { installationId, holder: randomUUID() }
  try {
    for (let request = 0; request < requestsATurn; request += 1) {
      const at = now()
      const heldUntil = await takeTurn(db, turn, { at, until: later(at, turnMs) })
      if (heldUntil !== null) throw await wait(deps, heldUntil)
      const ended = await isFinishedAfterOne(repository, deps).catch(async (error: unknown) => {
        const ms = limitOf(error, now())
        if (ms !== null) await closeTurns(db, turn, later(now(), ms))
        throw error
      })
      if (ended) return
    }
    throw await wait(deps, now())
  } finally {
    await releaseTurn(db, turn)
  }
}

const later = (at: Date, ms: number) => new Date(at.getTime() + ms)

/** While another repository is read, a little; while GitHub's limit lasts, as long as it does. */
async function wait({ db, now }: Deps, heldUntil: Date): Promise<Later> {
  const heldMs = heldUntil.getTime() - now().getTime()
  if (heldMs > turnMs) return new Later(heldMs, "GitHub's limit is waited for")
  const { open } = await backfillState(db)
  return new Later(pauseMs * Math.max(1, Number(open)), 'Others have their turn')
}

function limitOf(error: unknown, now: Date): number | null {
  if (error instanceof Later) return error.delayMs
  const failure = failureOf(error, now)
  return failure.kind === 'wait' ? failure.ms : null
}

async function isFinishedAfterOne(repository: TrackedRepository, deps: Deps): Promise<boolean> {
  const { db, github, now, log } = deps
  const { id: repositoryId, ownerLogin: owner, name } = repository
  const backfill = await backfillOf(db, repositoryId)
  if (backfill === null || backfill.finishedAt !== null) return true
  try {
    const octokit = await github.installation(repository.installationId)
    const where = { repositoryId, owner, name }
    const step = await backfillStep(octokit, where, { backfill, deps })
    if (step !== null) {
      keepReserve(step.rateLimit, now())
      return false
    }
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

/** @throws Later until GitHub counts anew, once too little is left of its points */
function keepReserve(rateLimit: RateLimit | null, now: Date): void {
  if (rateLimit === null || rateLimit.remaining >= rateLimit.limit * reserve) return
  const ms = Math.max(1_000, rateLimit.resetAt.getTime() - now.getTime())
  throw new Later(
    ms,
    `The rest of GitHub's points is kept until ${rateLimit.resetAt.toISOString()}`,
  )
}
