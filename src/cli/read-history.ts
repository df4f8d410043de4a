import { setTimeout as sleep } from 'node:timers/promises'
import { backfillRepository } from '../../jobs/backfill-repository.ts'
import type { Deps } from '../deps.ts'
import { UserError } from '../errors.ts'
import { failureOf } from '../github/failure.ts'
import { type HistoryTotals, historyTotals } from '../github/history/read-history.ts'
import { Later } from '../queue.ts'
import { type Backfill, backfillOf, wantBackfill } from '../store/backfills.ts'
import type { TrackedRepository } from '../store/repositories.ts'

export interface BackfillRequest {
  /** reads all of it once more, also where it was read to the end */
  again: boolean
  /** first what it will cost, then slices until one says that it was the last */
  step: 'estimate' | 'begin' | 'continue'
}

/** After so long the person is told how far it is. */
const sliceMs = 5_000
/** A longer wait is for GitHub's next hour. */
const longestPauseMs = 10_000
const mostFailures = 5

/**
 * Reads a repository's history for somebody who asked for it.
 * @throws UserError when GitHub does not answer
 */
export async function readHistory(
  repository: TrackedRepository,
  request: BackfillRequest,
  deps: Deps,
) {
  const fullName = `${repository.ownerLogin}/${repository.name}`
  if (request.step === 'estimate') {
    const totals = await estimate(repository, deps)
    return { text: `${fullName}: ${toldTotals(totals)}`, data: { done: false, ...totals } }
  }
  if (request.step === 'begin') {
    const again = request.again ? 'all' : 'failed'
    await wantBackfill(deps.db, repository.id, { at: deps.now(), again })
  }
  const waitsUntil = await readSlice(repository, deps)
  const backfill = await backfillOf(deps.db, repository.id)
  if (backfill === null) throw new UserError(`The App is no longer installed on ${fullName}.`)
  const { finishedAt, failure, points, requests, reachedTo } = backfill
  return {
    text: `${fullName}: ${toldProgress(backfill, waitsUntil)}`,
    data: {
      done: finishedAt !== null || waitsUntil !== null,
      finishedAt,
      failure,
      points,
      requests,
      reachedTo,
      waitsUntil,
    },
  }
}

async function estimate(repository: TrackedRepository, { github, now }: Deps) {
  const { id: repositoryId, ownerLogin: owner, name } = repository
  try {
    const octokit = await github.installation({
      installationId: repository.installationId,
      repositoryId: repository.id,
      purpose: 'backfill',
    })
    return await historyTotals(octokit, { repositoryId, owner, name })
  } catch (error) {
    const { reason } = failureOf(error, now())
    throw new UserError(`GitHub does not tell how much history there is (${reason}).`)
  }
}

/** Until which instant GitHub's limit asks to wait; null: it does not. */
async function readSlice({ id: repositoryId }: TrackedRepository, deps: Deps) {
  const end = performance.now() + sliceMs
  let failures = 0
  while (performance.now() < end) {
    try {
      await backfillRepository({ repositoryId }, deps)
      return null
    } catch (error) {
      const failure = failureOf(error, deps.now())
      const waitMs =
        error instanceof Later ? error.delayMs : failure.kind === 'wait' ? failure.ms : null
      if (waitMs !== null && waitMs > longestPauseMs) return new Date(deps.now().getTime() + waitMs)
      failures += waitMs === null ? 1 : 0
      if (failures > mostFailures) {
        throw new UserError(
          `GitHub does not answer (${failure.reason}). What was read is kept; the next try goes on there.`,
        )
      }
      await sleep(waitMs ?? 200)
    }
  }
  return null
}

function toldTotals({ totals, points, rateLimit }: HistoryTotals): string {
  const counts = Object.entries(totals).map(
    ([lane, total]) => `${total ?? '–'} ${lane.replace('_', ' ')}`,
  )
  const left = rateLimit === null ? '' : ` of the ${rateLimit.remaining} that are left this hour`
  return `${counts.join(', ')}. Reading them takes about ${points} points${left}.`
}

function toldProgress(backfill: Backfill, waitsUntil: Date | null): string {
  const { points, requests, reachedTo, finishedAt, failure } = backfill
  const cost = `${points} points, ${requests} requests`
  if (failure !== null) return `ended before its end (${failure}). ${cost}.`
  const reach = reachedTo === null ? '–' : reachedTo.toISOString().slice(0, 10)
  if (finishedAt !== null) return `read back to ${reach}. ${cost}.`
  if (waitsUntil === null) return `read back to ${reach} so far. ${cost}.`
  return `read back to ${reach} so far. ${cost}. The rest of GitHub's points is kept for comments until ${waitsUntil.toISOString()}: the running App goes on then, and so does this command.`
}
