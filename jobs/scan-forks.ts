import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Deps } from '../src/deps.ts'
import { failureOf } from '../src/github/failure.ts'
import { Later } from '../src/queue.ts'
import {
  breakForkScanOff,
  endForkScan,
  type ForkScan,
  forkScanOf,
} from '../src/store/fork-scans.ts'
import { publishableRepository, type TrackedRepository } from '../src/store/repositories.ts'
import { releaseTurn, takeTurn } from '../src/store/turns.ts'
import { wantWork } from '../src/store/work.ts'
import { beginIfIdle, forkScanStep, isForGit } from './fork-scan-step.ts'
import { settleForkStates } from './settle-fork-states.ts'

export const payload = z.object({ repositoryId: z.int() })

/** Then another repository has its turn, and live work the place in the queue. */
const requestsATurn = 10
const pauseMs = 1_000
/** Longer than any request takes; a killed process has it no longer than this. */
const turnMs = 30_000

/**
 * Reads a repository's fork network from GitHub, and goes on where it stopped.
 * A retry reads at most one page again, and keeps the same.
 * @throws Later until everything is read
 */
export async function scanForks(
  { repositoryId }: z.output<typeof payload>,
  deps: Deps,
): Promise<void> {
  const { db, now } = deps
  const repository = await publishableRepository(db, repositoryId)
  if (repository === null) return
  const turn = { name: `history/${repository.installationId}`, holder: randomUUID() }
  try {
    for (let request = 0; request < requestsATurn; request += 1) {
      const until = new Date(now().getTime() + turnMs)
      if ((await takeTurn(db, turn, { at: now(), until })) !== null) break
      if (await isScannedAfterOne(repository, deps)) return
    }
    throw new Later(pauseMs, 'Others have their turn')
  } finally {
    await releaseTurn(db, turn)
  }
}

async function isScannedAfterOne(repository: TrackedRepository, deps: Deps): Promise<boolean> {
  const { db, github, now, log } = deps
  const { id: repositoryId, installationId, ownerLogin: owner, name } = repository
  const promised = await forkScanOf(db, repositoryId)
  if (promised === null) return true
  await beginIfIdle(repositoryId, promised, deps)
  const scan = (await forkScanOf(db, repositoryId)) ?? promised
  const { startedAt } = scan
  if (startedAt === null) return true
  try {
    const octokit = await github.installation({ installationId, repositoryId, purpose: 'forks' })
    const where = { id: repositoryId, owner, name }
    if (await forkScanStep(octokit, where, { scan, startedAt, deps })) return false
  } catch (error) {
    const failure = failureOf(error, now())
    if (failure.kind !== 'gone' && failure.kind !== 'refused') throw error
    await breakForkScanOff(db, repositoryId, failure.reason)
    log.warn({ repository: repositoryId, reason: failure.reason }, 'Forks cannot be read')
    return true
  }
  await end(repositoryId, scan, deps)
  return true
}

async function end(repositoryId: number, scan: ForkScan, deps: Deps): Promise<void> {
  const { db, queue, now, log } = deps
  const byGit = await isForGit(repositoryId, scan, deps)
  const work = {
    job: 'compare-forks',
    key: String(repositoryId),
    payload: { repositoryId },
  } as const
  await db.transaction().execute(async (trx) => {
    await endForkScan(trx, repositoryId, { at: now(), scan })
    if (byGit) await wantWork(trx, work, now())
  })
  const { kind, points, requests } = scan
  log.info({ repository: repositoryId, kind, points, requests }, 'Forks are read')
  if (byGit) await queue.enqueue([{ name: work.job, key: work.key }])
  else await settleForkStates(repositoryId, deps)
}
