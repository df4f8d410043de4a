import { sql } from 'kysely'
import type { Database, SendingTable } from './database.ts'

/** One digest on its way to one place: one row, so that nothing goes there twice. */
export interface SendingKey {
  repositoryId: number
  /** `2026-W47` */
  week: string
  /** `issue`, `discussion:Announcements`, `slack:community` */
  channel: string
}

export interface Sending {
  week: string
  channel: string
  /** begun; without `sentAt` and `failure` it is under way, or was cut off */
  attemptedAt: Date | null
  sentAt: Date | null
  /** where it can be read; null: nowhere on the web, or not yet */
  url: string | null
  /** why it is not there */
  failure: string | null
}

/** Begins, unless it was sent or begun before: then what is known of that. */
export async function beginSending(
  db: Database,
  key: SendingKey,
  at: Date,
): Promise<'begun' | Sending> {
  const row = await db
    .insertInto('sendings')
    .values({ ...columns(key), attempted_at: at })
    .onConflict((conflict) =>
      conflict
        .columns(['repository_id', 'week', 'channel'])
        .doUpdateSet({ attempted_at: at })
        .where('sendings.attempted_at', 'is', null)
        .where('sendings.sent_at', 'is', null),
    )
    .returning('week')
    .executeTakeFirst()
  if (row !== undefined) return 'begun'
  return toSending(await one(db, key).executeTakeFirstOrThrow())
}

/** It is there. */
export async function endSending(
  db: Database,
  key: SendingKey,
  { at, url }: { at: Date; url: string | null },
): Promise<void> {
  const sent = { sent_at: at, url, failure: null, failed_at: null }
  await db
    .insertInto('sendings')
    .values({ ...columns(key), ...sent })
    .onConflict((conflict) =>
      conflict.columns(['repository_id', 'week', 'channel']).doUpdateSet({
        ...sent,
        sent_at: sql<Date>`coalesce(sendings.sent_at, excluded.sent_at)`,
      }),
    )
    .execute()
}

/**
 * It is not there, or nobody knows. `isOpen`: certainly nothing went out, so
 * another try may begin.
 */
export async function failSending(
  db: Database,
  key: SendingKey,
  { at, failure, isOpen }: { at: Date; failure: string; isOpen: boolean },
): Promise<void> {
  const failed = { failure, failed_at: at }
  await db
    .insertInto('sendings')
    .values({ ...columns(key), ...failed })
    .onConflict((conflict) =>
      conflict
        .columns(['repository_id', 'week', 'channel'])
        .doUpdateSet({ ...failed, ...(isOpen ? { attempted_at: null } : {}) }),
    )
    .execute()
}

/** A person wants it sent once more, whatever became of the attempt before. */
export async function forgetSending(db: Database, key: SendingKey): Promise<void> {
  const { repository_id, week, channel } = columns(key)
  await db
    .deleteFrom('sendings')
    .where('repository_id', '=', repository_id)
    .where('week', '=', week)
    .where('channel', '=', channel)
    .execute()
}

/** How one week's digest went to its places. */
export async function sendingsOf(
  db: Database,
  { repositoryId, week }: Omit<SendingKey, 'channel'>,
): Promise<Sending[]> {
  const rows = await db
    .selectFrom('sendings')
    .selectAll()
    .where('repository_id', '=', repositoryId)
    .where('week', '=', week)
    .orderBy('channel')
    .execute()
  return rows.map(toSending)
}

/** The newest to each place, by place. */
export async function latestSendings(db: Database, repositoryId: number): Promise<Sending[]> {
  const rows = await db
    .selectFrom('sendings')
    .selectAll()
    .distinctOn('channel')
    .where('repository_id', '=', repositoryId)
    .orderBy('channel')
    .orderBy('week', 'desc')
    .execute()
  return rows.map(toSending)
}

/** How sendings that ended since went, for `/health`. */
export async function sendingState(db: Database, since: Date) {
  return await db
    .selectFrom('sendings')
    .select([
      sql<number>`count(*) filter (where sent_at >= ${since})`.as('sent'),
      sql<number>`count(*) filter (where sent_at is null and failed_at >= ${since})`.as('failed'),
    ])
    .executeTakeFirstOrThrow()
}

function columns({ repositoryId, week, channel }: SendingKey) {
  return { repository_id: repositoryId, week, channel }
}

function one(db: Database, { repositoryId, week, channel }: SendingKey) {
  return db
    .selectFrom('sendings')
    .selectAll()
    .where('repository_id', '=', repositoryId)
    .where('week', '=', week)
    .where('channel', '=', channel)
}

function toSending(row: SendingTable): Sending {
  return {
    week: row.week,
    channel: row.channel,
    attemptedAt: row.attempted_at,
    sentAt: row.sent_at,
    url: row.url,
    failure: row.failure,
  }
}
