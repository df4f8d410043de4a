import type { Recording } from '../events/fact.ts'
import { translate } from '../events/index.ts'
import type { HashEmail } from '../events/signature.ts'
import { wantBackfill } from '../store/backfills.ts'
import { wantCommits } from '../store/commit-readings.ts'
import type { Database } from '../store/database.ts'
import { noticeInstallation } from '../store/installations.ts'
import { record } from '../store/record.ts'
import { installationOf, isTracked, knownSince, track } from '../store/repositories.ts'
import { wantResolution } from '../store/signatures.ts'
import { wantWork } from '../store/work.ts'
import { type Delivery, through } from './delivery.ts'
import { wantMailmap } from './want-mailmap.ts'

/**
 * Records what a delivery tells about a repository that the App is installed
 * on, in one transaction. A delivery that came through an installation proves
 * that it covers the repository, so a lost `installation` event does no harm.
 * Throws PayloadMismatch when the payload does not fit the event's name.
 */
export async function recordFacts(
  delivery: Delivery,
  { db, hashEmail }: { db: Database; hashEmail: HashEmail },
): Promise<void> {
  const recording = translate(delivery.name, delivery.payload, hashEmail)
  const { installationId, repository } = through(delivery)
  if (recording === null || repository === null) return

  const at = instantOf(recording) ?? delivery.at
  await db.transaction().execute(async (trx) => {
    const covering = await installationOf(trx, repository.id)
    const known = covering !== null
    if (installationId !== null && installationId !== covering) {
      const { owner } = repository
      await noticeInstallation(trx, {
        id: installationId,
        accountId: owner.id,
        accountLogin: owner.login,
      })
      await track(trx, {
        repositoryId: repository.id,
        installationId,
        at,
        fullName: repository.full_name,
        private: repository.private,
        ownerId: owner.id,
        ownerLogin: owner.login,
        ownerType: owner.type,
      })
      await wantWork(
        trx,
        {
          job: 'check-configuration',
          key: String(repository.id),
          payload: { repositoryId: repository.id, sha: null },
        },
        delivery.at,
      )
      await wantBackfill(trx, repository.id, { at: delivery.at, again: 'failed' })
      await wantCommits(trx, repository.id, delivery.at)
      await wantMailmap(trx, repository.id, delivery.at)
    }
    // Deliveries come in any order: counting began with the earliest.
    if (known) await knownSince(trx, repository.id, at)
    if (known || (installationId !== null && (await isTracked(trx, repository.id)))) {
      await record(trx, recording)
      const among = recording.signatures.map(({ hash }) => hash)
      if (among.length > 0) await wantResolution(trx, repository.id, { at: delivery.at, among })
    }
  })
}

/** The instant that a delivery is about: what it names last. */
function instantOf({ accounts }: Recording): Date | null {
  const instants = accounts.map(({ seenAt }) => seenAt.getTime())
  return instants.length === 0 ? null : new Date(Math.max(...instants))
}
