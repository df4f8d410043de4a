import { sql } from 'kysely'
import type { Member } from '../events/fact.ts'
import type { Database } from './database.ts'
import { withdrawEvidenceOf } from './evidence.ts'

/**
 * Takes signatures out of the store, in the caller's transaction. Their commits
 * stay, by nobody; of several co-authors by nobody one commit keeps one.
 */
export async function eraseSignatures(db: Database, hashes: readonly string[]): Promise<void> {
  if (hashes.length === 0) return
  const some = sql`any(${[...hashes]}::text[])`
  // By repository, as the index is.
  const anywhere = sql`repository_id in (select id from repositories)`
  await sql`
    with coauthored as (
      delete from facts
      where ${anywhere} and kind = 'commit.coauthored' and signature = ${some}
      returning *
    )
    insert into facts (repository_id, kind, key, occurred_at, account_id, thread, detail)
    select repository_id, kind, split_part(key, ':', 1) || ':nobody',
      min(occurred_at), max(account_id), max(thread), (array_agg(detail order by detail desc))[1]
    from coauthored
    group by repository_id, kind, split_part(key, ':', 1)
    on conflict (repository_id, kind, key) do update set
      occurred_at = least(facts.occurred_at, excluded.occurred_at),
      detail = greatest(facts.detail, excluded.detail)`.execute(db)
  await sql`
    update facts set signature = null
    where ${anywhere} and signature = ${some}`.execute(db)
  await db.deleteFrom('signatures').where(sql<boolean>`hash = ${some}`).execute()
  await eraseMembers(
    db,
    hashes.map((hash): Member => `signature:${hash}`),
  )
}

/** What is known of who these are, in the caller's transaction; whoever was one with them is settled anew. */
export async function eraseMembers(db: Database, members: readonly Member[]): Promise<void> {
  await withdrawEvidenceOf(db, members)
  const some = sql`any(${[...members]}::text[])`
  await sql`insert into unsettled_members (member) select unnest(${[...members]}::text[])`.execute(
    db,
  )
  await db.deleteFrom('refusals').where(sql<boolean>`one = ${some} or other = ${some}`).execute()
}
