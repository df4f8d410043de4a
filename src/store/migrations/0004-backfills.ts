import { type Kysely, sql } from 'kysely'

/** How far back each repository's history was read from GitHub. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table backfills (
      repository_id bigint primary key,
      wanted_at timestamptz not null,
      started_at timestamptz,
      repository_created_at timestamptz,
      reached_to timestamptz,
      points integer not null default 0,
      requests integer not null default 0,
      finished_at timestamptz,
      failure text
    );

    create table backfill_lanes (
      repository_id bigint not null,
      lane text not null,
      total integer,
      cursor text,
      page_size integer not null,
      good_pages integer not null default 0,
      pages_done boolean not null default false,
      rests jsonb not null default '[]',
      reads_rests boolean not null default false,
      oldest_at timestamptz,
      reached_to timestamptz,
      finished_at timestamptz,
      failure text,
      primary key (repository_id, lane)
    );

    create table backfill_turns (
      installation_id bigint primary key,
      holder text not null,
      until timestamptz not null
    );
  `.execute(db)
}
