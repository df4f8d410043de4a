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
  const covering = await installationOf(db, repository.id)
  const known = covering !== null
  if (installationId !== null && installationId !== covering) {
    // Apart from what is recorded: a row of the repository is written there last, here first,
    // and two deliveries would wait for each other in a circle.
    await db.transaction().execute(async (trx) => {
      await follow(trx, { installationId, repository, at }, delivery)
    })
  }
  if (!known && (installationId === null || !(await isTracked(db, repository.id)))) return
  await db.transaction().execute(async (trx) => {
    await record(trx, recording)
    // Deliveries come in any order: counting began with the earliest.
    if (known) await knownSince(trx, repository.id, at)
    const among = recording.signatures.map(({ hash }) => hash)
    if (among.length > 0) await wantResolution(trx, repository.id, { at: delivery.at, among })
  })
}

interface Seen {
  installationId: number
  repository: NonNullable<ReturnType<typeof through>['repository']>
  at: Date
}

/** From now on the repository is followed through this installation. */
async function follow(
  trx: Database,
  { installationId, repository, at }: Seen,
  delivery: Delivery,
): Promise<void> {
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
  const payload = { repositoryId: repository.id, sha: null }
  await wantWork(
    trx,
    { job: 'check-configuration', key: String(repository.id), payload },
    delivery.at,
  )
  await wantBackfill(trx, repository.id, { at: delivery.at, again: 'failed' })
  await wantCommits(trx, repository.id, delivery.at)
  await wantMailmap(trx, repository.id, delivery.at)
}

/** The instant that a delivery is about: what it names last. */
function instantOf({ accounts }: Recording): Date | null {
  const instants = accounts.map(({ seenAt }) => seenAt.getTime())
  return instants.length === 0 ? null : new Date(Math.max(...instants))
}
