import type { AccountType } from '../events/fact.ts'
import {
  type InstalledRepository,
  installationChange,
  installationRepositoriesChange,
} from '../events/installation.ts'
import { wantBackfill } from '../store/backfills.ts'
import { wantCommits } from '../store/commit-readings.ts'
import type { Database } from '../store/database.ts'
import { receivedAt } from '../store/deliveries.ts'
import {
  deleteInstallation,
  noticeInstallation,
  recordInstallation,
} from '../store/installations.ts'
import { track, untrack } from '../store/repositories.ts'
import { wantWork } from '../store/work.ts'
import type { Delivery } from './delivery.ts'
import { wantMailmap } from './want-mailmap.ts'

/**
 * `installation`: starts, stops, pauses. Data of a removed one is erased after
 * the grace period. What follows the beginning is dated by its arrival:
 * GitHub's `updated_at` stands still for some of it.
 */
export async function followInstallation(delivery: Delivery, { db }: { db: Database }) {
  const change = installationChange(delivery.payload)
  if (change === null) return
  const arrived = await arrivalOf(delivery, db)
  const state = {
    id: change.installationId,
    accountId: change.account.id,
    accountLogin: change.account.login,
    suspended: change.kind === 'suspended',
    seenAt: change.kind === 'created' ? change.at : arrived,
  }
  await db.transaction().execute(async (trx) => {
    if (change.kind === 'deleted') {
      await deleteInstallation(trx, { ...state, seenAt: delivery.at })
      return
    }
    if (change.kind === 'permissions') await noticeInstallation(trx, state)
    else await recordInstallation(trx, state)
    if (change.repositories !== 'all unknown') {
      await trackAll(trx, change, change.repositories, delivery.at)
    }
  })
}

/** `installation_repositories`: which repositories an installation covers. */
export async function followInstallationRepositories(
  delivery: Delivery,
  { db }: { db: Database },
): Promise<void> {
  const change = installationRepositoriesChange(delivery.payload)
  const at = await arrivalOf(delivery, db)
  await db.transaction().execute(async (trx) => {
    await noticeInstallation(trx, {
      id: change.installationId,
      accountId: change.account.id,
      accountLogin: change.account.login,
    })
    await trackAll(trx, { ...change, at }, change.added, delivery.at)
    for (const { id } of change.removed) await untrack(trx, id, at)
  })
}

/** The same for every replay of a kept delivery. */
async function arrivalOf({ id, at }: Delivery, db: Database): Promise<Date> {
  return (await receivedAt(db, id)) ?? at
}

async function trackAll(
  db: Database,
  change: {
    installationId: number
    at: Date
    account: { id: number; login: string; type: AccountType }
  },
  repositories: readonly InstalledRepository[],
  at: Date,
): Promise<void> {
  for (const { id, fullName, private: isPrivate } of repositories) {
    await track(db, {
      repositoryId: id,
      installationId: change.installationId,
      at: change.at,
      fullName,
      private: isPrivate,
      ownerId: change.account.id,
      ownerLogin: change.account.login,
      ownerType: change.account.type,
    })
    await wantWork(
      db,
      {
        job: 'check-configuration',
        key: String(id),
        payload: { repositoryId: id, sha: null },
      },
      at,
    )
    await wantBackfill(db, id, { at, again: 'failed' })
    await wantCommits(db, id, at)
    await wantMailmap(db, id, at)
  }
}
