import { type Kysely, sql } from 'kysely'

/** What fork networks were like over time: first pushes, work by fork, and milestones. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table forks add column first_pushed_at timestamptz;
    update forks set first_pushed_at = pushed_at where pushed_at > created_at;
    update forks
      set first_pushed_at = least(first_pushed_at, greatest(forks.created_at, fork_works.first_at))
      from fork_works
      where fork_works.repository_id = forks.repository_id
        and fork_works.fork_id = forks.fork_id
        and fork_works.first_at is not null and forks.first_pushed_at is not null;

    alter table fork_works add column written_at jsonb;

    create table fork_work_counts (
      repository_id bigint not null,
      fork_id bigint not null,
      at timestamptz not null,
      original_commits integer not null,
      primary key (repository_id, fork_id, at)
    );
    insert into fork_work_counts
      select repository_id, fork_id, told_at, original_commits from fork_works
      where original_commits > 0;

    alter table fork_scans add column works_known_since timestamptz;
    alter table fork_scans add column largest_size integer;

    create table fork_milestones (
      repository_id bigint not null,
      milestone integer not null,
      passed_at timestamptz not null,
      primary key (repository_id, milestone)
    );
  `.execute(db)
}
