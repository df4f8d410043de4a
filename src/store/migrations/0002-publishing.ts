import { type Kysely, sql } from 'kysely'

/** What was promised and what was posted. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table publications (
      repository_id bigint not null,
      kind text not null,
      key text not null,
      nonce text not null,
      thread integer,
      github_id bigint,
      body_sha256 text,
      gone_at timestamptz,
      attempted_at timestamptz,
      posted_at timestamptz,
      updated_at timestamptz,
      lease_token text,
      lease_until timestamptz,
      primary key (repository_id, kind, key)
    );
    create index publications_posted on publications (repository_id, posted_at);

    create table work (
      job text not null,
      key text not null,
      payload jsonb not null,
      version integer not null default 1,
      done_version integer not null default 0,
      attempts integer not null default 0,
      wanted_at timestamptz not null,
      rest_until timestamptz,
      failed_at timestamptz,
      failure text,
      primary key (job, key)
    );
    create index work_open on work (wanted_at) where done_version < version and failed_at is null;

    create table hidden_accounts (
      account_id bigint primary key,
      hidden_at timestamptz not null
    );

    create table settings (
      name text primary key,
      value text not null
    );
  `.execute(db)
}
