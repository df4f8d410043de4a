import { type Kysely, sql } from 'kysely'

/** What GitHub allows an installation, what was spent of it, and who has a turn. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    drop table backfill_turns;

    create table turns (
      name text primary key,
      holder text not null,
      until timestamptz not null
    );

    create table api_budgets (
      installation_id bigint not null,
      resource text not null,
      allowed integer not null,
      remaining integer not null,
      resets_at timestamptz not null,
      seen_at timestamptz not null,
      primary key (installation_id, resource)
    );

    create table api_pauses (
      installation_id bigint primary key,
      until timestamptz not null,
      reason text not null,
      strikes integer not null
    );

    create table api_costs (
      installation_id bigint not null,
      repository_id bigint not null,
      purpose text not null,
      day date not null,
      points integer not null default 0,
      requests integer not null default 0,
      primary key (installation_id, repository_id, purpose, day)
    );
    create index api_costs_day on api_costs (day);
  `.execute(db)
}
