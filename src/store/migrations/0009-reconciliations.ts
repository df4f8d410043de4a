import { type Kysely, sql } from 'kysely'

/** How far each repository was compared with GitHub, and what was found that no webhook told. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table reconciliations (
      repository_id bigint primary key,
      compared_to timestamptz not null,
      walk jsonb
    );

    create table found_facts (
      repository_id bigint not null,
      day date not null,
      facts integer not null,
      primary key (repository_id, day)
    );
  `.execute(db)
}
