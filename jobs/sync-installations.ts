import { z } from 'zod'
import { wantMailmap } from '../src/deliveries/want-mailmap.ts'
import type { Deps } from '../src/deps.ts'
import { Repository, repositoryRecording } from '../src/events/repository.ts'
import { failureOf } from '../src/github/failure.ts'
import { listInstallationRepositories, listInstallations } from '../src/github/installations.ts'
import type { JobRequest } from '../src/queue.ts'
import { wantBackfill } from '../src/store/backfills.ts'
import { wantFirstCommits } from '../src/store/commit-readings.ts'
import {
  confirmInstallation,
  deleteInstallation,
  liveInstallations,
} from '../src/store/installations.ts'
import { record } from '../src/store/record.ts'
import { track, trackedIn, untrack } from '../src/store/repositories.ts'
import { wantWork } from '../src/store/work.ts'

const Installation = z.object({
  id: z.int(),
  account: z.object({ id: z.int(), login: z.string() }),
  suspended_at: z.string().nullish(),
})

/** Asks GitHub who installed the App on what: events of that kind can be lost like any other. */
export async function syncInstallations(deps: Deps): Promise<void> {
  const { db, github, now, log } = deps
  // Read before GitHub is asked: one that is installed meanwhile is not among those listed.
  const known = await liveInstallations(db)
  const installations = z.array(Installation).parse(await listInstallations(github))
  for (const { id, account, suspended_at } of installations) {
    const suspended = suspended_at != null
    const state = { id, accountId: account.id, accountLogin: account.login, suspended }
    await confirmInstallation(db, { ...state, seenAt: now() })
    if (suspended) continue
    try {
      await syncRepositories(id, deps)
    } catch (error) {
      // One organisation's trouble is not the others'.
      const { reason } = failureOf(error, now())
      log.warn({ installation: id, reason }, 'Repositories of an installation could not be listed')
    }
  }
  const listed = new Set(installations.map(({ id }) => id))
  for (const state of known) {
    if (listed.has(state.id)) continue
    await deleteInstallation(db, { ...state, seenAt: now() })
    log.warn(
      { installation: state.id },
      'GitHub lists an installation no more; what is kept of it goes after the days of grace',
    )
  }
}

async function syncRepositories(installationId: number, { db, github, queue, now }: Deps) {
  const listedAt = now()
  const before = new Set(await trackedIn(db, installationId))
  const listed = z
    .array(Repository)
    .parse(await listInstallationRepositories(github, installationId))
  const unread: JobRequest[] = []
  for (const repository of listed) {
    const { owner } = repository
    const isNew = !before.delete(repository.id)
    await db.transaction().execute(async (trx) => {
      // In this order everywhere, or two that record at once wait for each other.
      await record(trx, repositoryRecording(repository, listedAt))
      await track(trx, {
        repositoryId: repository.id,
        installationId,
        at: listedAt,
        fullName: `${owner.login}/${repository.name}`,
        private: repository.private,
        ownerId: owner.id,
        ownerLogin: owner.login,
        ownerType: owner.type,
      })
      const wish = { at: listedAt, again: isNew ? 'failed' : 'never' } as const
      if (await wantBackfill(trx, repository.id, wish)) {
        unread.push({ name: 'backfill-repository', key: String(repository.id) })
      }
      if (await wantFirstCommits(trx, repository.id, listedAt)) {
        unread.push({ name: 'read-commits', key: String(repository.id) })
      }
      if (!isNew) return
      const payload = { repositoryId: repository.id, sha: null }
      unread.push({ name: 'check-configuration', key: String(repository.id) })
      unread.push({ name: 'read-mailmap', key: String(repository.id) })
      await wantMailmap(trx, repository.id, listedAt)
      await wantWork(
        trx,
        { job: 'check-configuration', key: String(repository.id), payload },
        listedAt,
      )
    })
  }
  for (const id of before) await untrack(db, id, listedAt)
  await queue.enqueue(unread)
}
