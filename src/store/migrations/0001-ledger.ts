import { type Kysely, sql } from 'kysely'

/** Deliveries, facts and the states that facts refer to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table deliveries (
      guid text primary key,
      event text not null,
      body text not null,
      body_sha256 text not null unique,
      received_at timestamptz not null,
      attempts integer not null default 0,
      recorded_at timestamptz,
      failed_at timestamptz,
      failure text,
      repository_id bigint
    );
    create index deliveries_pending on deliveries (received_at) where recorded_at is null and failed_at is null;
    create index deliveries_received on deliveries (received_at);
    create index deliveries_repository on deliveries (repository_id, received_at);

    create table facts (
      repository_id bigint not null,
      kind text not null,
      key text not null,
      occurred_at timestamptz not null,
      account_id bigint,
      signature text,
      thread integer,
      detail jsonb not null default '{}',
      primary key (repository_id, kind, key)
    );
    create index facts_window on facts (repository_id, occurred_at);
    create index facts_account on facts (repository_id, account_id, occurred_at);
    create index facts_signature on facts (repository_id, signature) where signature is not null;
    create index facts_thread on facts (repository_id, thread) where thread is not null;

    create table retractions (
      repository_id bigint not null,
      kind text not null,
      key text not null,
      primary key (repository_id, kind, key)
    );

    create table accounts (
      id bigint primary key,
      login text not null,
      type text not null,
      seen_at timestamptz not null
    );
    create index accounts_login on accounts (lower(login));

    create table signatures (
      hash text primary key,
      domain text,
      account_id bigint,
      login text,
      human boolean not null
    );

    create table associations (
      repository_id bigint not null,
      account_id bigint not null,
      inside boolean not null,
      first_at timestamptz not null,
      last_at timestamptz not null,
      primary key (repository_id, account_id, inside)
    );

    create table threads (
      repository_id bigint not null,
      number integer not null,
      type text not null,
      updated_at timestamptz not null,
      title text not null,
      open boolean not null,
      draft boolean not null,
      created_at timestamptz not null,
      author_id bigint,
      closed_at timestamptz,
      merged_at timestamptz,
      merge_sha text,
      head_repository_id bigint,
      primary key (repository_id, number)
    );
    create index threads_open on threads (repository_id, created_at) where open;
    create index threads_author on threads (repository_id, author_id);
    create index threads_merge on threads (repository_id, merge_sha) where merge_sha is not null;

    create table footprints (
      repository_id bigint not null,
      number integer not null,
      areas jsonb not null,
      read_at timestamptz not null,
      primary key (repository_id, number)
    );

    create table author_histories (
      repository_id bigint not null,
      account_id bigint not null,
      read_at timestamptz not null,
      primary key (repository_id, account_id)
    );

    create table repositories (
      id bigint primary key,
      installation_id bigint,
      owner_id bigint not null,
      owner_login text not null,
      owner_type text not null,
      name text not null,
      default_branch text not null,
      private boolean not null,
      archived boolean not null,
      stars integer not null,
      forks integer not null,
      seen_at timestamptz not null,
      tracked_at timestamptz,
      untracked_at timestamptz,
      tracking_seen_at timestamptz,
      configuration jsonb,
      configuration_problem text,
      configuration_read_at timestamptz
    );
    create index repositories_name on repositories (lower(owner_login), lower(name));
    create index repositories_installation on repositories (installation_id);

    create table day_counts (
      repository_id bigint not null,
      day timestamptz not null,
      stars integer not null,
      forks integer not null,
      seen_at timestamptz not null,
      primary key (repository_id, day)
    );

    create table installations (
      id bigint primary key,
      account_id bigint not null,
      account_login text not null,
      suspended boolean not null,
      deleted_at timestamptz,
      seen_at timestamptz not null
    );
  `.execute(db)
}
