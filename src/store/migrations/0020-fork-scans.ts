import { type Kysely, sql } from 'kysely'

/** Direct forks are counted among those that are known: the number of the scan was as old as the scan. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table fork_scans drop column direct_forks;`.execute(db)
}
