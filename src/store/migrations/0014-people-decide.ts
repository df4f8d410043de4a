import { type Kysely, sql } from 'kysely'

/** What people decide about themselves and their threads, and what was told of them once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table forgotten (hash text primary key);

    create table muted_threads (
      repository_id bigint not null,
      thread integer not null,
      muted_at timestamptz not null,
      primary key (repository_id, thread)
    );

    create table milestones (
      repository_id bigint not null,
      account_id bigint not null,
      milestone text not null,
      thread integer not null,
      primary key (repository_id, account_id, milestone)
    );
  `.execute(db)
}
