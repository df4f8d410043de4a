import { type Kysely, sql } from 'kysely'

/** What is in an old spelling in a configuration, and commits that say that a digest failed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table repositories add column configuration_notice text;

    create table digest_checks (
      repository_id bigint primary key,
      week text not null,
      sha text not null
    );
  `.execute(db)
}
