import { type Kysely, sql } from 'kysely'

/** What whole weeks of several repositories were measured as, for the one that tells of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table organization_weeks (
      repository_id bigint not null,
      week_from timestamptz not null,
      week_to timestamptz not null,
      told bigint[] not null,
      basis text not null,
      measures jsonb,
      primary key (repository_id, week_from, week_to)
    );
  `.execute(db)
}
