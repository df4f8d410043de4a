import { type Kysely, sql } from 'kysely'

/** Deliveries that GitHub could not hand over, and what became of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table missed_deliveries (
      guid text primary key,
      event text not null,
      repository_id bigint,
      delivered_at timestamptz not null,
      recovered_at timestamptz,
      lost_reason text
    );
    create index missed_deliveries_delivered on missed_deliveries (delivered_at);
  `.execute(db)
}
