import { z } from 'zod'
import type { Deps } from '../src/deps.ts'
import type { Fact, Recording } from '../src/events/fact.ts'
import { failureOf } from '../src/github/failure.ts'
import type { Octokit } from '../src/github/github-app.ts'
import type { JobRequest } from '../src/queue.ts'
import { isKnownCommit, wantCommits } from '../src/store/commit-readings.ts'
import type { Database } from '../src/store/database.ts'
import {
  keepReconciliation,
  noteFound,
  reconciliationOf,
  unknownAmong,
} from '../src/store/reconciliations.ts'
import { record } from '../src/store/record.ts'
import { publishableRepository, type TrackedRepository } from '../src/store/repositories.ts'
import { wantWork } from '../src/store/work.ts'
import { stepsInTurn } from './in-turn.ts'
import { begin, goOn, isAtEnd, Walk, withLineComments } from './reconciliation-walk.ts'

export const payload = z.object({ repositoryId: z.int() })

const minuteMs = 60_000
/** Clocks differ, and what GitHub shows may lag behind what it sent. */
const overlapMs = 10 * minuteMs
/** A webhook that is younger may still be on its way. */
const onItsWayMs = 15 * minuteMs
/** What was opened longer ago is welcomed no more. */
const welcomeMs = 3 * 24 * 60 * minuteMs
const pauseMs = 1_000

/**
 * Compares what is known with what GitHub shows: an hour's changes for one
 * point, and after a gap as far back as it reaches. What no webhook told is
 * recorded and counted. It goes on where it stopped.
 * @throws Later while others have their turn
 */
export async function reconcileRepository(
  { repositoryId }: z.output<typeof payload>,
  deps: Deps,
): Promise<void> {
  const { db, github } = deps
  const repository = await publishableRepository(db, repositoryId)
  if (repository === null) return
  const octokit = await github.installation({
    installationId: repository.installationId,
    repositoryId,
    purpose: 'reconciliation',
  })
  await stepsInTurn(
    `history/${repository.installationId}`,
    { step: () => isOver(octokit, repository, deps), pauseMs: async () => pauseMs },
    deps,
  )
}

/** What GitHub does not show can be missing nothing; the next hour asks again. */
async function isOver(octokit: Octokit, repository: TrackedRepository, deps: Deps) {
  try {
    return await isComparedAfterOne(octokit, repository, deps)
  } catch (error) {
    const { kind, ...failure } = failureOf(error, deps.now())
    if (kind !== 'gone' && kind !== 'refused') throw error
    deps.log.warn({ repository: repository.id, ...failure }, 'GitHub shows nothing to compare with')
    return true
  }
}

async function isComparedAfterOne(
  octokit: Octokit,
  repository: TrackedRepository,
  deps: Deps,
): Promise<boolean> {
  const { db, queue, now } = deps
  const known = await reconciliationOf(db, repository.id)
  const comparedTo = known?.comparedTo ?? repository.trackedAt
  const under = known?.walk == null ? null : Walk.parse(known.walk)
  const where = { repositoryId: repository.id, owner: repository.ownerLogin, name: repository.name }
  const step =
    under === null
      ? await begin(octokit, where, {
          since: new Date(comparedTo.getTime() - overlapMs),
          at: now(),
        })
      : await goOn(octokit, where, { walk: under, at: now() })
  const { recording, head } = step
  const { found, isDone, promised } = await db.transaction().execute(async (trx) => {
    const unknown = await unknownAmong(trx, recording.facts)
    await record(trx, recording)
    const missed = unknown.filter(
      ({ occurredAt }) =>
        occurredAt >= repository.trackedAt &&
        occurredAt.getTime() < step.walk.startedAt.getTime() - onItsWayMs,
    )
    await noteFound(trx, missed)
    const { threads } = recording
    // What was opened before the installation is history, whoever reads it first.
    const since = unknown.filter(({ occurredAt }) => occurredAt >= repository.trackedAt)
    const promised = await welcome(trx, { unknown: since, threads }, now())
    if (head !== null && !(await isKnownCommit(trx, repository.id, head))) {
      await wantCommits(trx, repository.id, now())
      promised.push({ name: 'read-commits', key: String(repository.id) })
    }
    const walk = missed.length === 0 ? step.walk : withLineComments(step.walk)
    const isDone = isAtEnd(walk)
    await keepReconciliation(trx, repository.id, {
      comparedTo: isDone ? walk.startedAt : comparedTo,
      walk: isDone ? null : walk,
    })
    return { found: missed.length, isDone, promised }
  })
  await queue.enqueue(promised)
  if (found > 0) {
    deps.log.warn({ repository: repository.id, found }, 'GitHub showed what no webhook had told')
  }
  return isDone
}

/**
 * Open pull requests that nobody heard of get the comment that they would have had.
 * @returns the jobs that were promised
 */
async function welcome(
  db: Database,
  { unknown, threads }: { unknown: readonly Fact[]; threads: Recording['threads'] },
  at: Date,
): Promise<JobRequest[]> {
  const open = new Set(threads.flatMap((thread) => (thread.open ? [thread.number] : [])))
  const promised: JobRequest[] = []
  for (const { kind, occurredAt, repositoryId, thread: number } of unknown) {
    const isNew = at.getTime() - occurredAt.getTime() < welcomeMs
    if (kind !== 'pull_request.opened' || number === null || !isNew || !open.has(number)) continue
    const key = `${repositoryId}/${number}`
    const work = { job: 'summarise-pull-request', key, payload: { repositoryId, number } } as const
    await wantWork(db, work, at)
    promised.push({ name: work.job, key })
  }
  return promised
}
