import type { Deps } from '../src/deps.ts'
import { backfillOf } from '../src/store/backfills.ts'
import { commitReadingOf } from '../src/store/commit-readings.ts'
import { forkScanOf, wantForkScan } from '../src/store/fork-scans.ts'
import type { TrackedRepository } from '../src/store/repositories.ts'

/**
 * Promises to look at a repository's forks: the first time once its history is
 * read and its commits are, whichever ends later, since then git compares and
 * GitHub need not; and again whenever its history was read again. Should that
 * be lost, the next tick of `schedule-forks` promises it.
 *
 * @param ended what has just been read to its end
 */
export async function wantForks(
  { id, private: isPrivate }: Pick<TrackedRepository, 'id' | 'private'>,
  ended: 'history' | 'commits',
  { db, queue, now }: Pick<Deps, 'db' | 'queue' | 'now'>,
): Promise<void> {
  // Forks of a private repository are nobody's business.
  if (isPrivate || !(await isDue(id, ended, { db }))) return
  await db.transaction().execute(async (trx) => {
    await wantForkScan(trx, id, { at: now(), kind: 'whole' })
  })
  await queue.enqueue([{ name: 'scan-forks', key: String(id) }])
}

async function isDue(id: number, ended: 'history' | 'commits', { db }: Pick<Deps, 'db'>) {
  if ((await forkScanOf(db, id)) !== null) return ended === 'history'
  const backfill = await backfillOf(db, id)
  const commits = await commitReadingOf(db, id)
  return backfill?.finishedAt != null && commits?.finishedAt != null
}
