import { type Kysely, sql } from 'kysely'

/** Comments on single lines, and stars by day. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table day_counts alter column forks drop not null;

    alter table backfill_lanes drop column reads_rests;

    -- What was left of conversations did not say when they began: these lanes are read again.
    update backfill_lanes set cursor = null, pages_done = false, finished_at = null, rests = '[]'
      where rests <> '[]';

    insert into backfill_lanes (repository_id, lane, page_size)
      select repository_id, lane, 100
      from backfills cross join (values ('review_comments'), ('stars')) as added (lane)
      where started_at is not null and failure is null;
    update backfills set finished_at = null where started_at is not null and failure is null;
  `.execute(db)
}
