import { sql } from 'kysely'
import type { Database } from './database.ts'

/** A delivery as it arrived: the body as text, not yet parsed. */
export interface IncomingDelivery {
  guid: string
  event: string
  body: string
  bodySha256: string
  receivedAt: Date
}

/**
 * Keeps deliveries in one statement; durable when it resolves. One that is here
 * already, by GUID or by body, is left as it is: GitHub signs the body only, so
 * a body with a new GUID is a replay.
 */
export async function keepDeliveries(
  db: Database,
  deliveries: readonly IncomingDelivery[],
): Promise<void> {
  await db
    .insertInto('deliveries')
    .values(
      deliveries.map(({ guid, event, body, bodySha256, receivedAt }) => ({
        guid,
        event,
        body,
        body_sha256: bodySha256,
        received_at: receivedAt,
        attempts: 0,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The delivery with its attempt counted, or null when it is recorded, parked or unknown. */
export async function beginDelivery(db: Database, guid: string) {
  const row = await db
    .updateTable('deliveries')
    .set({ attempts: sql<number>`attempts + 1` })
    .where('guid', '=', guid)
    .where('recorded_at', 'is', null)
    .where('failed_at', 'is', null)
    .returning(['guid', 'event', 'body', 'attempts', 'received_at'])
    .executeTakeFirst()
  return row ?? null
}

/** When a kept delivery arrived; null when it is not kept. */
export async function receivedAt(db: Database, guid: string): Promise<Date | null> {
  const row = await db
    .selectFrom('deliveries')
    .select('received_at')
    .where('guid', '=', guid)
    .executeTakeFirst()
  return row?.received_at ?? null
}

/** What is left of one that holds somebody who is forgotten: that it came, so that it is neither missed nor taken twice. */
export const emptiedDelivery = { event: 'forgotten', body: '{}' }

/**
 * Its facts are recorded. From now on the body is kept without the addresses
 * that were in it; not at all when one of those whom it shows is forgotten.
 *
 * @param shown see `hashesOf`
 */
export async function finishDelivery(
  db: Database,
  guid: string,
  {
    shown,
    ...recorded
  }: { at: Date; repositoryId: number | null; body: string; shown: readonly string[] },
): Promise<void> {
  const isForgotten = sql<boolean>`exists (
    select from forgotten where hash = any(${[...shown]}::text[])
  )`
  const { event, body } = emptiedDelivery
  await db
    .updateTable('deliveries')
    .set({
      recorded_at: recorded.at,
      repository_id: recorded.repositoryId,
      event: sql`case when ${isForgotten} then ${event} else event end`,
      body: sql`case when ${isForgotten} then ${body} else ${recorded.body} end`,
    })
    .where('guid', '=', guid)
    .execute()
}

/** Parks a delivery: kept, shown by `doctor`, recorded again by `replay`. */
export async function parkDelivery(
  db: Database,
  guid: string,
  parked: { at: Date; failure: string; repositoryId: number | null },
): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({ failed_at: parked.at, failure: parked.failure, repository_id: parked.repositoryId })
    .where('guid', '=', guid)
    .execute()
}

/** GUIDs of deliveries that are not recorded yet, oldest first. `before`: only those that arrived earlier; null: all. */
export async function pendingDeliveries(
  db: Database,
  { before, limit }: { before: Date | null; limit: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom('deliveries')
    .select('guid')
    .where('recorded_at', 'is', null)
    .where('failed_at', 'is', null)
    .$if(before !== null, (query) => query.where('received_at', '<', before))
    .orderBy('received_at')
    .limit(limit)
    .execute()
  return rows.map(({ guid }) => guid)
}

/** Makes kept deliveries pending again, so that a mended translator sees them. Returns how many. */
export async function reopenDeliveries(
  db: Database,
  which: { failedOnly: boolean },
): Promise<number> {
  const result = await db
    .updateTable('deliveries')
    .set({ recorded_at: null, failed_at: null, failure: null, attempts: 0 })
    .$if(which.failedOnly, (query) => query.where('failed_at', 'is not', null))
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

/** Deletes recorded deliveries older than the retention; parked and pending ones stay. */
export async function purgeDeliveries(db: Database, receivedBefore: Date): Promise<number> {
  const result = await db
    .deleteFrom('deliveries')
    .where('received_at', '<', receivedBefore)
    .where('recorded_at', 'is not', null)
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}

/** The state of the inbox, for `/health`, `doctor` and `/groundswell status`. */
export async function inboxState(db: Database) {
  const row = await db
    .selectFrom('deliveries')
    .select((select) => [
      select.fn.countAll<number>().as('kept'),
      select.fn.max('received_at').as('lastReceivedAt'),
      sql<number>`count(*) filter (where recorded_at is null and failed_at is null)`.as('pending'),
      sql<Date | null>`min(received_at) filter (where recorded_at is null and failed_at is null)`.as(
        'oldestPendingAt',
      ),
      sql<number>`count(*) filter (where failed_at is not null)`.as('parked'),
    ])
    .executeTakeFirstOrThrow()
  return row
}

/** Parked deliveries with the reason, newest first. */
export async function parkedDeliveries(db: Database, limit: number) {
  return await db
    .selectFrom('deliveries')
    .select(['guid', 'event', 'failure', 'failed_at', 'attempts'])
    .where('failed_at', 'is not', null)
    .orderBy('failed_at', 'desc')
    .limit(limit)
    .execute()
}
