import { type Kysely, sql } from 'kysely'

/** How far each repository's commits were read. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table commit_readings (
      repository_id bigint primary key,
      wanted_at timestamptz not null,
      tip text,
      base text,
      total integer,
      passed integer not null default 0,
      last text,
      page text,
      known_tip text,
      reached_to timestamptz,
      git_failures integer not null default 0,
      git_failure text,
      finished_at timestamptz,
      failure text
    );
  `.execute(db)
}
