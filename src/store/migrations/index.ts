import { type Migration, Migrator, sql } from 'kysely'
import type { Database } from '../database.ts'
import * as ledger from './0001-ledger.ts'
import * as publishing from './0002-publishing.ts'
import * as missedDeliveries from './0003-missed-deliveries.ts'
import * as backfills from './0004-backfills.ts'
import * as apiBudgets from './0005-api-budgets.ts'
import * as commitReadings from './0006-commit-readings.ts'
import * as people from './0007-people.ts'
import * as historyLanes from './0008-history-lanes.ts'
import * as reconciliations from './0009-reconciliations.ts'
import * as forks from './0010-forks.ts'
import * as pauses from './0011-pauses.ts'
import * as rollups from './0012-rollups.ts'
import * as forkHistory from './0013-fork-history.ts'
import * as peopleDecide from './0014-people-decide.ts'
import * as digests from './0015-digests.ts'
import * as digestChecks from './0016-digest-checks.ts'
import * as formerNames from './0017-former-names.ts'
import * as organizationWeeks from './0018-organization-weeks.ts'
import * as discussionReplies from './0019-discussion-replies.ts'
import * as forkScans from './0020-fork-scans.ts'

/** In order; a name that has shipped never changes, and nothing is ever undone. */
const migrations: Record<string, Migration> = {
  '0001-ledger': ledger,
  '0002-publishing': publishing,
  '0003-missed-deliveries': missedDeliveries,
  '0004-backfills': backfills,
  '0005-api-budgets': apiBudgets,
  '0006-commit-readings': commitReadings,
  '0007-people': people,
  '0008-history-lanes': historyLanes,
  '0009-reconciliations': reconciliations,
  '0010-forks': forks,
  '0011-pauses': pauses,
  '0012-rollups': rollups,
  '0013-fork-history': forkHistory,
  '0014-people-decide': peopleDecide,
  '0015-digests': digests,
  '0016-digest-checks': digestChecks,
  '0017-former-names': formerNames,
  '0018-organization-weeks': organizationWeeks,
  '0019-discussion-replies': discussionReplies,
  '0020-fork-scans': forkScans,
}

/** Brings the schema up to date. Several processes may start at once: the migrator locks. */
export async function migrate(db: Database): Promise<void> {
  if (await isUpToDate(db)) return
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
}

/** The migrator reads the whole catalog before it says so, which each command would wait for. */
async function isUpToDate(db: Database): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`
    select to_regclass('kysely_migration') is not null as there
  `.execute(db)
  if (rows[0]?.there !== true) return false
  const done = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
  const names = new Set(done.rows.map(({ name }) => name))
  const known = Object.keys(migrations)
  return names.size === known.length && known.every((name) => names.has(name))
}
