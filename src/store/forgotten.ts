import { createHmac, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from './database.ts'
import { settingMadeOnce } from './settings.ts'

/**
 * Who asked to be forgotten, as keyed hashes of the account's number, of logins
 * that it had and of the signatures that it made: the least by which what comes
 * later can be told to be theirs. Nothing says which hashes belong together, or
 * since when.
 */
export type Identity = `account:${number}` | `login:${string}` | `signature:${string}`

/** In small letters, as GitHub compares them. */
export const loginIdentity = (login: string): Identity => `login:${login.toLowerCase()}`

/** Any number will do that nothing else locks. */
const forgetting = 47_002
const keyName = 'forgetting-key'

/** What these identities are kept as if they are forgotten; none where nobody ever was. */
export async function hashesOf(db: Database, identities: Iterable<Identity>): Promise<string[]> {
  const key = await keyOf(db)
  return key === null ? [] : [...identities].map((one) => hashOf(one, key))
}

/** Those of these identities that are forgotten. */
export async function forgottenAmong(
  db: Database,
  identities: Iterable<Identity>,
): Promise<ReadonlySet<Identity>> {
  // What is recorded meanwhile ends before somebody is forgotten, or begins after it.
  if (db.isTransaction) await sql`select pg_advisory_xact_lock_shared(${forgetting})`.execute(db)
  const key = await keyOf(db)
  if (key === null) return new Set()
  const hashes = new Map([...identities].map((one) => [hashOf(one, key), one]))
  if (hashes.size === 0) return new Set()
  const rows = await db
    .selectFrom('forgotten')
    .select('hash')
    .where(sql<boolean>`hash = any(${[...hashes.keys()]}::text[])`)
    .execute()
  return new Set(rows.flatMap(({ hash }) => hashes.get(hash) ?? []))
}

export async function isForgotten(db: Database, accountId: number): Promise<boolean> {
  return (await forgottenAmong(db, [`account:${accountId}`])).size > 0
}

/** Waits, in a transaction, until nothing is being recorded, and keeps it so until the end. */
export async function beginForgetting(db: Database): Promise<void> {
  await sql`select pg_advisory_xact_lock(${forgetting})`.execute(db)
}

export async function rememberForgotten(
  db: Database,
  identities: readonly Identity[],
): Promise<void> {
  if (identities.length === 0) return
  const key = await settingMadeOnce(db, keyName, () => randomBytes(32).toString('hex'))
  await db
    .insertInto('forgotten')
    .values([...new Set(identities)].map((one) => ({ hash: hashOf(one, key) })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** GitHub gives a login that is free to somebody else, who did not ask for anything. */
export async function letGo(db: Database, identities: readonly Identity[]): Promise<void> {
  const key = await keyOf(db)
  if (key === null || identities.length === 0) return
  const hashes = identities.map((one) => hashOf(one, key))
  await db.deleteFrom('forgotten').where(sql<boolean>`hash = any(${hashes}::text[])`).execute()
}

/** Null: nobody was ever forgotten. */
async function keyOf(db: Database): Promise<string | null> {
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('name', '=', keyName)
    .executeTakeFirst()
  return row?.value ?? null
}

function hashOf(identity: Identity, key: string): string {
  return createHmac('sha256', key).update(identity).digest('hex')
}
