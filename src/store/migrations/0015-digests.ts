import { type Kysely, sql } from 'kysely'

/** Digests as they were published, and how each went to each of its places. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table digests (
      repository_id bigint not null,
      week text not null,
      title text not null,
      markdown text not null,
      content jsonb not null,
      counted_at timestamptz not null,
      primary key (repository_id, week)
    );

    create table sendings (
      repository_id bigint not null,
      week text not null,
      channel text not null,
      attempted_at timestamptz,
      sent_at timestamptz,
      url text,
      failure text,
      failed_at timestamptz,
      primary key (repository_id, week, channel)
    );
  `.execute(db)
}
