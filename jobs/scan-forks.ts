import { z } from 'zod'
import type { Deps } from '../src/deps.ts'
import { failureOf } from '../src/github/failure.ts'
import {
  breakForkScanOff,
  endForkScan,
  type ForkScan,
  forkScanOf,
} from '../src/store/fork-scans.ts'
import { publishableRepository, type TrackedRepository } from '../src/store/repositories.ts'
import { wantWork } from '../src/store/work.ts'
import { beginIfIdle, forkScanStep, isForGit } from './fork-scan-step.ts'
import { stepsInTurn } from './in-turn.ts'
import { settleForkStates } from './settle-fork-states.ts'

export const payload = z.object({ repositoryId: z.int() })

const pauseMs = 1_000

/**
 * Reads a repository's fork network from GitHub, and goes on where it stopped.
 * A retry reads at most one page again, and keeps the same.
 * @throws Later until everything is read
 */
export async function scanForks(
  { repositoryId }: z.output<typeof payload>,
  deps: Deps,
): Promise<void> {
  const repository = await publishableRepository(deps.db, repositoryId)
  if (repository === null) return
  await stepsInTurn(
    `history/${repository.installationId}`,
    { step: () => isScannedAfterOne(repository, deps), pauseMs: async () => pauseMs },
    deps,
  )
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
    const byGit = await isForGit(repositoryId, scan, deps)
    if (await forkScanStep(octokit, where, { scan, startedAt, byGit }, deps)) return false
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
