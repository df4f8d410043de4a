import { z } from 'zod'
import { parsePayload } from '../events/payload.ts'
import { Repository, repositoryRecording } from '../events/repository.ts'
import type { Database } from '../store/database.ts'
import { receivedAt } from '../store/deliveries.ts'
import { noticeInstallation } from '../store/installations.ts'
import { record } from '../store/record.ts'
import { isTracked, track, untrack } from '../store/repositories.ts'
import { type Delivery, through } from './delivery.ts'

const Payload = z.object({ action: z.string(), repository: Repository })

/**
 * `repository`: what was deleted is erased after the grace period. Every other
 * change of name, owner or visibility is dated by its arrival, since GitHub's
 * `updated_at` may be that of the change before.
 */
export async function followRepository(
  delivery: Delivery,
  { db }: { db: Database },
): Promise<void> {
  const { action, repository } = parsePayload(delivery.name, Payload, delivery.payload)
  if (action === 'deleted') return await untrack(db, repository.id, delivery.at)
  const at = (await receivedAt(db, delivery.id)) ?? delivery.at
  if (!(await isTracked(db, repository.id))) return
  await db.transaction().execute(async (trx) => {
    if (action === 'transferred') await followTransfer(delivery, repository, { db: trx, at })
    await record(trx, repositoryRecording(repository, at))
  })
}

/** To an owner who has the App, too: from now on that installation's token is the one that opens it. */
async function followTransfer(
  delivery: Delivery,
  { id, name, owner, private: isPrivate }: z.output<typeof Repository>,
  { db, at }: { db: Database; at: Date },
): Promise<void> {
  const { installationId } = through(delivery)
  if (installationId === null) return
  const account = { accountId: owner.id, accountLogin: owner.login }
  await noticeInstallation(db, { id: installationId, ...account })
  await track(db, {
    repositoryId: id,
    installationId,
    at,
    fullName: `${owner.login}/${name}`,
    private: isPrivate,
    ownerId: owner.id,
    ownerLogin: owner.login,
    ownerType: owner.type,
  })
}
