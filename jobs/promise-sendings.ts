import type { Deps } from '../src/deps.ts'
import { keepDigest } from '../src/store/digests.ts'
import type { TrackedRepository } from '../src/store/repositories.ts'
import { wantWork } from '../src/store/work.ts'
import type { Digest } from './publish-digest.ts'

/**
 * Keeps a digest as it is published, and promises to send it to each place.
 * @returns the keys of the jobs, which are not queued yet
 */
export async function promiseSendings(
  repository: TrackedRepository,
  { week, digest, to }: { week: string; digest: Digest; to: readonly string[] },
  { db, now }: Pick<Deps, 'db' | 'now'>,
): Promise<string[]> {
  const { title, body, content } = digest
  const at = now()
  const keys = to.map((place) => `${repository.id}/${week}/${place}`)
  await db.transaction().execute(async (trx) => {
    await keepDigest(trx, repository.id, {
      ...{ week, title, content },
      markdown: body,
      countedAt: at,
    })
    for (const [index, place] of to.entries()) {
      const payload = { repositoryId: repository.id, week, to: place }
      await wantWork(trx, { job: 'send-digest', key: keys[index] ?? '', payload }, at)
    }
  })
  return keys
}
