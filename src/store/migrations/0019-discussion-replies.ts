import { type Kysely, sql } from 'kysely'

/** Comments in discussions are read, edited and deleted by their global id; GitHub knows no way from their number to it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table publications add column node_id text;`.execute(db)
}
