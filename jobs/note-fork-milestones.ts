import type { Deps } from '../src/deps.ts'
import { milestonesPassed } from '../src/metrics/fork-milestone.ts'
import { networkSizeAt } from '../src/store/fork-counts.ts'
import { keepLargestNetwork, largestNetwork } from '../src/store/fork-milestones.ts'
import { forkScanOf } from '../src/store/fork-scans.ts'
import type { TrackedRepository } from '../src/store/repositories.ts'
import { wantWork } from '../src/store/work.ts'
import { configurationOf } from './configuration.ts'

/**
 * Keeps which sizes a fork network has passed, each once and never again, and
 * promises a note where the configuration wants one. Of several at once the
 * largest is told.
 */
export async function noteForkMilestones(
  repository: TrackedRepository,
  { db, defaults, queue, now }: Deps,
): Promise<void> {
  const { id: repositoryId } = repository
  const at = now()
  const size =
    (await networkSizeAt(db, repositoryId, at)) ?? (await forkScanOf(db, repositoryId))?.networkSize
  if (size == null) return
  const milestone = await db.transaction().execute(async (trx) => {
    const known = await largestNetwork(trx, repositoryId)
    if (known === null || (known.largest ?? -1) >= size) return null
    const passed = milestonesPassed(known.largest, size)
    await keepLargestNetwork(trx, repositoryId, { size, passed, at })
    const last = passed.at(-1) ?? null
    if (last === null || !configurationOf(repository, defaults).forks.milestones) return null
    const payload = { repositoryId, milestone: last }
    await wantWork(trx, { job: 'tell-fork-milestone', key: keyOf(payload), payload }, at)
    return last
  })
  if (milestone === null) return
  await queue.enqueue([{ name: 'tell-fork-milestone', key: keyOf({ repositoryId, milestone }) }])
}

function keyOf({ repositoryId, milestone }: { repositoryId: number; milestone: number }): string {
  return `${repositoryId}/${milestone}`
}
