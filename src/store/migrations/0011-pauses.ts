import { type Kysely, sql } from 'kysely'

/** Repositories in which nothing is posted unasked, until somebody there says so. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table pauses (
      repository_id bigint primary key,
      paused_at timestamptz not null
    );
  `.execute(db)
}
