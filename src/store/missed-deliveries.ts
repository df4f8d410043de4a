import { sql } from 'kysely'
import type { Window } from '../metrics/window.ts'
import type { Database } from './database.ts'

/** A delivery whose every attempt failed, as GitHub's log tells of it. */
export interface MissedDelivery {
  guid: string
  event: string
  repositoryId: number | null
  /** of the first attempt */
  deliveredAt: Date
  /** null: GitHub was asked to send it again; else why it cannot be had */
  lostReason: string | null
}

export async function noteMissed(db: Database, missed: MissedDelivery): Promise<void> {
  await db
    .insertInto('missed_deliveries')
    .values({
      guid: missed.guid,
      event: missed.event,
      repository_id: missed.repositoryId,
      delivered_at: missed.deliveredAt,
      lost_reason: missed.lostReason,
    })
    .onConflict((conflict) =>
      conflict.column('guid').doUpdateSet({
        delivered_at: sql`least(missed_deliveries.delivered_at, excluded.delivered_at)`,
        lost_reason: missed.lostReason,
      }),
    )
    .execute()
}

/** Marks those that are in the inbox by now. Returns how many that were not marked before. */
export async function markRecovered(db: Database, at: Date): Promise<number> {
  const result = await db
    .updateTable('missed_deliveries')
    .set({ recovered_at: at, lost_reason: null })
    .where('recovered_at', 'is', null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('deliveries')
          .select('deliveries.guid')
          .whereRef('deliveries.guid', '=', 'missed_deliveries.guid'),
      ),
    )
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

/** Of these GUIDs, the ones that are in the inbox. */
export async function keptAmong(db: Database, guids: readonly string[]): Promise<Set<string>> {
  if (guids.length === 0) return new Set()
  const rows = await db
    .selectFrom('deliveries')
    .select('guid')
    .where('guid', 'in', [...guids])
    .execute()
  return new Set(rows.map(({ guid }) => guid))
}

/** Missed and recovered in a window: of one repository, and those that GitHub names none for. */
export async function missedIn(db: Database, repositoryId: number, { from, to }: Window) {
  return await db
    .selectFrom('missed_deliveries')
    .select([
      sql<number>`count(*)::int`.as('missed'),
      sql<number>`(count(*) filter (where recovered_at is not null))::int`.as('recovered'),
    ])
    .where((where) =>
      where.or([where('repository_id', '=', repositoryId), where('repository_id', 'is', null)]),
    )
    .where('delivered_at', '>=', from)
    .where('delivered_at', '<', to)
    .executeTakeFirstOrThrow()
}

export async function purgeMissed(db: Database, deliveredBefore: Date): Promise<void> {
  await db.deleteFrom('missed_deliveries').where('delivered_at', '<', deliveredBefore).execute()
}
