import { type Kysely, sql } from 'kysely'

/** Fork networks as they are, and how far each was read. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table forks (
      repository_id bigint not null,
      fork_id bigint not null,
      node_id text not null,
      parent_id bigint,
      depth integer not null,
      owner_id bigint not null,
      full_name text not null,
      created_at timestamptz not null,
      pushed_at timestamptz,
      stars integer not null,
      forks integer not null,
      archived boolean not null,
      disabled boolean not null,
      description text,
      has_issues boolean not null,
      default_branch text,
      releases integer,
      threads integer,
      outside_contributors integer,
      branches integer,
      seen_at timestamptz not null,
      gone_at timestamptz,
      forks_after text,
      forks_read_at timestamptz,
      heads_of timestamptz,
      tries integer not null default 0,
      problem text,
      primary key (repository_id, fork_id)
    );

    create table fork_heads (
      repository_id bigint not null,
      fork_id bigint not null,
      branch text not null,
      sha text not null,
      committed_at timestamptz,
      compared_sha text,
      against text,
      against_commits integer,
      ahead integer,
      behind integer,
      merge_base text,
      original_commits integer,
      shares_patches boolean,
      lane text,
      compared_at timestamptz,
      problem text,
      primary key (repository_id, fork_id, branch)
    );

    create table fork_works (
      repository_id bigint not null,
      fork_id bigint not null,
      original_commits integer not null,
      commits jsonb not null,
      subjects jsonb not null,
      paths jsonb not null,
      areas jsonb not null,
      authors integer not null,
      contributors integer not null,
      first_at timestamptz,
      last_at timestamptz,
      told_at timestamptz not null,
      primary key (repository_id, fork_id)
    );

    create table fork_states (
      repository_id bigint not null,
      fork_id bigint not null,
      at timestamptz not null,
      state text not null,
      because text not null,
      primary key (repository_id, fork_id, at)
    );

    create table fork_scans (
      repository_id bigint primary key,
      wanted_at timestamptz not null,
      kind text not null,
      started_at timestamptz,
      walk jsonb,
      sizes jsonb not null,
      description text,
      default_branch text,
      network_size integer,
      direct_forks integer,
      parent text,
      pushed_to timestamptz,
      scanned_at timestamptz,
      refreshed_at timestamptz,
      points integer not null default 0,
      requests integer not null default 0,
      git_failure text,
      failure text
    );
  `.execute(db)
}
