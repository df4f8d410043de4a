import { sql } from 'kysely'
import { type Database, everywhere } from './database.ts'

export interface InstallationState {
  id: number
  accountId: number
  accountLogin: string
  suspended: boolean
  seenAt: Date
}

/** The latest word on suspension wins; a deleted installation does not come back (GitHub makes a new id). */
export async function recordInstallation(db: Database, state: InstallationState): Promise<void> {
  const row = {
    account_id: state.accountId,
    account_login: state.accountLogin,
    suspended: state.suspended,
    seen_at: state.seenAt,
  }
  await db
    .insertInto('installations')
    .values({ id: state.id, ...row })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet(row)
        .where(
          sql<boolean>`(excluded.seen_at, excluded.suspended) >= (installations.seen_at, installations.suspended)`,
        ),
    )
    .execute()
}

/** GitHub lists it, so it is there, though it may have been missing from a list before. */
export async function confirmInstallation(db: Database, state: InstallationState): Promise<void> {
  await recordInstallation(db, state)
  await db
    .updateTable('installations')
    .set({ deleted_at: null })
    .where('id', '=', state.id)
    .where('deleted_at', '<', state.seenAt)
    .execute()
}

/**
 * A delivery came through this installation: it exists. Says nothing about
 * suspension, and does not revive a deleted one.
 */
export async function noticeInstallation(
  db: Database,
  state: Omit<InstallationState, 'suspended' | 'seenAt'>,
): Promise<void> {
  await db
    .insertInto('installations')
    .values({
      id: state.id,
      account_id: state.accountId,
      account_login: state.accountLogin,
      suspended: false,
      seen_at: new Date(0),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function deleteInstallation(db: Database, state: InstallationState): Promise<void> {
  await recordInstallation(db, state)
  await db
    .updateTable('installations')
    .set({ deleted_at: state.seenAt })
    .where('id', '=', state.id)
    .where('deleted_at', 'is', null)
    .execute()
}

const repositoryTables = [
  'evidence',
  'people',
  'missed_deliveries',
  'facts',
  'retractions',
  'associations',
  'threads',
  'footprints',
  'author_histories',
  'day_counts',
  'publications',
  'backfills',
  'backfill_lanes',
  'commit_readings',
  'reconciliations',
  'pauses',
  'muted_threads',
  'milestones',
  'found_facts',
  'api_costs',
  'forks',
  'fork_heads',
  'fork_works',
  'fork_states',
  'fork_work_counts',
  'fork_scans',
  'fork_milestones',
  'former_names',
  'digests',
  'sendings',
  'digest_checks',
  'work_days',
  'member_spans',
  'thread_waits',
  'week_measures',
  'organization_weeks',
  'rollups',
  // the last: erasing the others marks what they were the ground of
  'stale',
] as const

/**
 * Erases repositories that left, and installations that were removed, before
 * `before`: facts, states, publications, the deliveries they came from, and
 * whom only those named. Returns the erased repository ids.
 */
export async function eraseExpired(db: Database, before: Date): Promise<number[]> {
  return await db.transaction().execute(async (trx) => {
    const gone = await trx
      .selectFrom('repositories')
      .leftJoin('installations', 'installations.id', 'repositories.installation_id')
      .select('repositories.id')
      .where((where) =>
        where.or([
          where('repositories.untracked_at', '<', before),
          where('installations.deleted_at', '<', before),
        ]),
      )
      .execute()
    const ids = gone.map(({ id }) => id)
    if (ids.length > 0) {
      for (const table of repositoryTables) {
        await trx.deleteFrom(table).where('repository_id', 'in', ids).execute()
      }
      await trx
        .deleteFrom('organization_weeks')
        .where(sql<boolean>`told && ${ids}::bigint[]`)
        .execute()
      await trx.deleteFrom('deliveries').where('repository_id', 'in', ids).execute()
      await trx.deleteFrom('repositories').where('id', 'in', ids).execute()
      await trx
        .deleteFrom('work')
        .where(sql<boolean>`(payload->>'repositoryId')::bigint = any(${ids}::bigint[])`)
        .execute()
      await eraseUnnamed(trx)
    }
    await trx.deleteFrom('installations').where('deleted_at', '<', before).execute()
    return ids
  })
}

/** Signatures and accounts that no fact names any more, and what is known of who they are. */
async function eraseUnnamed(db: Database): Promise<void> {
  await db
    .deleteFrom('signatures')
    .where(sql<boolean>`not exists (select from facts where facts.signature = signatures.hash)`)
    .execute()
  await sql`
    delete from evidence
    where member like 'signature:%'
      and not exists (select from signatures where member = 'signature:' || signatures.hash)
      and repository_id = ${everywhere}`.execute(db)
  await db
    .deleteFrom('accounts')
    .where(sql<boolean>`not exists (select from facts where facts.account_id = accounts.id)`)
    // A commit may name its author by signature alone.
    .where(
      sql<boolean>`not exists (
        select from evidence
        where evidence.member like 'signature:%' and (
          evidence.by = 'account' and evidence.value = accounts.id::text
          or evidence.by = 'login' and evidence.value = lower(accounts.login)
        )
      )`,
    )
    .execute()
  for (const table of ['evidence', 'people', 'unsettled_members'] as const) {
    await db.deleteFrom(table).where(isUnnamed('member')).execute()
  }
  // What is gone may have joined those who stay, or kept them apart.
  await sql`insert into unsettled_members (member) select distinct member from evidence`.execute(db)
  await db
    .deleteFrom('refusals')
    .where((where) => where.or([isUnnamed('one'), isUnnamed('other')]))
    .execute()
}

/** Neither account nor signature. What a `.mailmap` says of an address goes with its repository. */
function isUnnamed(member: string) {
  return sql<boolean>`${sql.ref(member)} not in (
    select 'signature:' || hash from signatures
    union all select 'account:' || id from accounts
    union all select member from evidence where source = 'mailmap'
  )`
}

/** Installations that were not removed, as last seen. */
export async function liveInstallations(db: Database): Promise<InstallationState[]> {
  const rows = await db
    .selectFrom('installations')
    .selectAll()
    .where('deleted_at', 'is', null)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    accountId: row.account_id,
    accountLogin: row.account_login,
    suspended: row.suspended,
    seenAt: row.seen_at,
  }))
}
