import { setTimeout as sleep } from 'node:timers/promises'
import { backfillRepository } from '../../jobs/backfill-repository.ts'
import { readCommits } from '../../jobs/read-commits.ts'
import type { Deps } from '../deps.ts'
import { UserError } from '../errors.ts'
import { failureOf } from '../github/failure.ts'
import { type Plan, planOf } from '../github/history/plan.ts'
import { type HistoryTotals, historyTotals } from '../github/history/read-history.ts'
import { Later } from '../queue.ts'
import type { BackfillReading } from '../report/json/backfill.ts'
import { type Backfill, backfillOf, wantBackfill } from '../store/backfills.ts'
import {
  type CommitReading,
  commitReadingOf,
  forgetCommitReading,
  wantCommits,
} from '../store/commit-readings.ts'
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
/** With what those that were pushed to are like; see docs/costs.md. */
const forksAPoint = 120

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
    const plan = planOf(totals, deps.now())
    const text = `${fullName}: ${toldPlan(plan, totals)}`
    return { text, data: { done: false, ...totals, plan } }
  }
  if (request.step === 'begin') {
    const again = request.again ? 'all' : 'failed'
    await wantBackfill(deps.db, repository.id, { at: deps.now(), again })
    if (request.again) await forgetCommitReading(deps.db, repository.id)
    await wantCommits(deps.db, repository.id, deps.now())
  }
  const { waitsUntil, isOver } = await readSlice(repository, deps)
  const backfill = await backfillOf(deps.db, repository.id)
  const commits = await commitReadingOf(deps.db, repository.id)
  if (backfill === null || commits === null) {
    throw new UserError(`The App is no longer installed on ${fullName}.`)
  }
  const { finishedAt, failure, points, requests, reachedTo } = backfill
  return {
    text: `${fullName}: ${toldProgress(backfill, waitsUntil)} ${toldCommits(commits)}`,
    data: {
      done: isOver,
      finishedAt,
      failure,
      points,
      requests,
      reachedTo,
      waitsUntil,
      commits: commitData(commits),
    } satisfies BackfillReading,
  }
}

function commitData({ finishedAt, failure, passed, total, reachedTo, gitFailure }: CommitReading) {
  return { finishedAt, failure, passed, total, reachedTo, gitFailure }
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

/** Reads on for a while; a transfer may last longer, and the next slice waits for the same one. */
async function readSlice({ id: repositoryId }: TrackedRepository, deps: Deps) {
  const commits = await commitReadingOf(deps.db, repositoryId)
  const jobs = [backfillRepository, ...(commits?.finishedAt == null ? [readCommits] : [])]
  const reached = await Promise.all(
    jobs.map(async (job) => {
      const key = `${job.name}/${repositoryId}`
      const reading = underWay.get(key) ?? readToEnd(() => job({ repositoryId }, deps), deps)
      underWay.set(key, reading)
      const end = await Promise.race([reading, sleep(sliceMs, 'more' as const, { ref: false })])
      if (end !== 'more') underWay.delete(key)
      return end
    }),
  )
  for (const end of reached) if (end instanceof UserError) throw end
  const waiting = reached.flatMap((end) => (end instanceof Date ? end : []))
  return {
    isOver: !reached.includes('more'),
    /** until when GitHub's limit asks to wait; null: it does not */
    waitsUntil: waiting.length === 0 ? null : new Date(Math.max(...waiting.map(Number))),
  }
}

/** By what is read of which repository. */
const underWay = new Map<string, ReturnType<typeof readToEnd>>()

/** Until all is read, or until the instant up to which GitHub's limit asks to wait. Never rejects: nobody may be waiting. */
async function readToEnd(job: () => Promise<void>, { now }: Deps): Promise<'all' | Date | Error> {
  for (let failures = 0; ; ) {
    try {
      await job()
      return 'all'
    } catch (error) {
      const failure = failureOf(error, now())
      const waitMs =
        error instanceof Later ? error.delayMs : failure.kind === 'wait' ? failure.ms : null
      if (waitMs !== null && waitMs > longestPauseMs) return new Date(now().getTime() + waitMs)
      failures += waitMs === null ? 1 : 0
      if (failures > mostFailures) {
        return new UserError(
          `GitHub does not answer (${failure.reason}). What was read is kept; the next try goes on there.`,
        )
      }
      await sleep(waitMs ?? 200)
    }
  }
}

/** Forks of a public repository are not part of the plan: they are looked at afterwards. */
function toldPlan(
  { lanes, points, requests }: Plan,
  { rateLimit, isPrivate, totals }: HistoryTotals,
): string {
  const counts = lanes.map(({ lane, total }) => many(total, lane.replace('_', ' ')))
  const left = rateLimit === null ? '' : ` of the ${rateLimit.remaining} that are left this hour`
  const cost = `about ${many(points, 'points')}${left} and ${many(requests, 'requests')} of the REST API`
  const { forks } = totals
  const after =
    isPrivate || !forks
      ? ''
      : ` ${many(forks, 'forks')} ${forks === 1 ? 'is' : 'are'} looked at after that, for about ${many(Math.ceil(forks / forksAPoint), 'points')}.`
  return `${counts.join(', ')}. Reading them takes ${cost}. Commits come by git and cost nothing.${after}`
}

/** `1 issue`, `2 issues`; `–` where nobody knows. */
function many(total: number | null, things: string): string {
  return `${total ?? '–'} ${total === 1 ? things.replace(/s$/, '') : things}`
}

function toldProgress(backfill: Backfill, waitsUntil: Date | null): string {
  const { points, requests, reachedTo, finishedAt, failure } = backfill
  const cost = `${many(points, 'points')}, ${many(requests, 'requests')}`
  if (failure !== null) return `ended before its end (${failure}). ${cost}.`
  const reach = reachedTo === null ? '–' : reachedTo.toISOString().slice(0, 10)
  if (finishedAt !== null) return `read back to ${reach}. ${cost}.`
  if (waitsUntil === null) return `read back to ${reach} so far. ${cost}.`
  return `read back to ${reach} so far. ${cost}. The rest of GitHub's points is kept for comments until ${waitsUntil.toISOString()}: the running App goes on then, and so does this command.`
}

function toldCommits(reading: CommitReading): string {
  const { finishedAt, failure, passed, total, reachedTo, gitFailure } = reading
  const reach = reachedTo === null ? '–' : reachedTo.toISOString().slice(0, 10)
  if (failure !== null) return `Commits: GitHub does not show them (${failure}).`
  if (finishedAt === null) {
    return total === null
      ? 'Commits: being fetched.'
      : `Commits: ${passed} of ${total}, back to ${reach} so far.`
  }
  if (reachedTo === null) return 'Commits: there are none yet.'
  const how =
    gitFailure === null
      ? ''
      : ' They came through the API, since git could not reach GitHub; which directories they touched is not known.'
  return `Commits: all, back to ${reach}.${how}`
}
