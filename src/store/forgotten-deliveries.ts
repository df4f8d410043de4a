import { sql } from 'kysely'
import type { Database } from './database.ts'
import { emptiedDelivery } from './deliveries.ts'

/** So many bodies are searched with one statement. */
const batchSize = 200

/**
 * Empties the recorded deliveries that hold an account: its number, its login
 * as a word, or a signature of its own. Those that wait or are parked stay until
 * they are recorded.
 *
 * @returns how many were emptied, and how many stay
 */
export async function emptyDeliveriesOf(
  db: Database,
  account: { id: number; login: string; signatures: readonly string[] },
): Promise<{ emptied: number; left: number }> {
  const found = { emptied: 0, left: 0 }
  for (let last = ''; ; ) {
    const rows = await db
      .selectFrom('deliveries')
      .select(['guid', 'recorded_at', holds(account).as('holds')])
      .where('guid', '>', last)
      .orderBy('guid')
      .limit(batchSize)
      .execute()
    const holding = rows.filter((row) => row.holds)
    const recorded = holding.filter(({ recorded_at }) => recorded_at !== null)
    await emptyDeliveries(
      db,
      recorded.map(({ guid }) => guid),
    )
    found.emptied += recorded.length
    found.left += holding.length - recorded.length
    const end = rows.at(-1)
    if (end === undefined) return found
    last = end.guid
  }
}

function holds({ id, login, signatures }: Parameters<typeof emptyDeliveriesOf>[1]) {
  const word = login.replaceAll(/[^\w-]/g, '\\$&')
  return sql<boolean>`(
    body ~ ${`"id": ?${id}(?![0-9])`}
    or regexp_replace(body, '\\\\[nrt]', ' ', 'g') ~* ${`(?<![[:alnum:]_-])${word}(?![[:alnum:]_-])`}
    or body like any(${signatures.map((hash) => `%${hash}%`)}::text[])
  )`
}

async function emptyDeliveries(db: Database, guids: readonly string[]): Promise<void> {
  if (guids.length === 0) return
  await db
    .updateTable('deliveries')
    .set(emptiedDelivery)
    .where(sql<boolean>`guid = any(${[...guids]}::text[])`)
    .execute()
}
