import type { Deps } from '../src/deps.ts'
import { backfillOf } from '../src/store/backfills.ts'
import { forkScanOf, wantForkScan } from '../src/store/fork-scans.ts'
import { publishableRepositories } from '../src/store/repositories.ts'
import { noteForkMilestones } from './note-fork-milestones.ts'

const hourMs = 60 * 60_000
/** A tick that is a little early must not cost a day. */
const dayMs = 24 * hourMs - hourMs / 2
const weekMs = 7 * 24 * hourMs - hourMs / 2

/**
 * Promises to read the forks of each repository: all of them when its history
 * is read and once a week, what was pushed to once a day; and sees whether a
 * network has passed a round number. Forks of a private repository are nobody's
 * business.
 */
export async function scheduleForks(deps: Deps): Promise<void> {
  const { db, queue, now } = deps
  const at = now()
  for (const repository of await publishableRepositories(db)) {
    const { id, private: isPrivate } = repository
    if (isPrivate) continue
    await noteForkMilestones(repository, deps)
    const scan = await forkScanOf(db, id)
    const isDue =
      scan === null
        ? (await backfillOf(db, id))?.finishedAt != null
        : at.getTime() - scan.wantedAt.getTime() >= dayMs
    if (!isDue) continue
    const scannedAt = scan?.scannedAt ?? null
    const isWhole = scannedAt === null || at.getTime() - scannedAt.getTime() >= weekMs
    await wantForkScan(db, id, { at, kind: isWhole ? 'whole' : 'pushes' })
    await queue.enqueue([{ name: 'scan-forks', key: String(id) }])
  }
}
