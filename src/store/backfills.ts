import { sql } from 'kysely'
import type { BackfillLaneTable, Database } from './database.ts'
import { wantWork } from './work.ts'

export type LaneProgress = Omit<BackfillLaneTable, 'repository_id'>

/** Which backfills are read from the beginning again: none, those that failed, any. */
export type Again = 'never' | 'failed' | 'all'

/**
 * Promises to read a repository's history, in the caller's transaction: once
 * for each repository, and again where that is asked for. One that was begun
 * and forgotten goes on where it stopped. False when there is nothing to do.
 */
export async function wantBackfill(
  db: Database,
  repositoryId: number,
  { at, again }: { at: Date; again: Again },
): Promise<boolean> {
  const known = await backfillOf(db, repositoryId)
  const isOpen = known !== null && known.finishedAt === null
  if (isOpen && (await isPromised(db, repositoryId))) return false
  if (known !== null && !isOpen) {
    if (again === 'never' || (again === 'failed' && known.failure === null)) return false
    for (const table of ['backfill_lanes', 'backfills'] as const) {
      await db.deleteFrom(table).where('repository_id', '=', repositoryId).execute()
    }
  }
  await db
    .insertInto('backfills')
    .values({
      repository_id: repositoryId,
      wanted_at: at,
      // What was known stays known while it is read again.
      reached_to: known?.reachedTo ?? null,
      points: 0,
      requests: 0,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const key = String(repositoryId)
  await wantWork(db, { job: 'backfill-repository', key, payload: { repositoryId } }, at)
  return true
}

/** Parked work counts: it failed too often, and somebody has to look. */
async function isPromised(db: Database, repositoryId: number): Promise<boolean> {
  const row = await db
    .selectFrom('work')
    .select('key')
    .where('job', '=', 'backfill-repository')
    .where('key', '=', String(repositoryId))
    .whereRef('done_version', '<', 'version')
    .executeTakeFirst()
  return row !== undefined
}

export interface Backfill {
  /** null: not begun */
  repositoryCreatedAt: Date | null
  reachedTo: Date | null
  points: number
  requests: number
  finishedAt: Date | null
  failure: string | null
  /** in no order; none before it was begun */
  lanes: LaneProgress[]
}

/** Null where none was ever promised. */
export async function backfillOf(db: Database, repositoryId: number): Promise<Backfill | null> {
  const row = await db
    .selectFrom('backfills')
    .selectAll()
    .where('repository_id', '=', repositoryId)
    .executeTakeFirst()
  if (row === undefined) return null
  const lanes = await db
    .selectFrom('backfill_lanes')
    .selectAll()
    .where('repository_id', '=', repositoryId)
    .execute()
  return {
    repositoryCreatedAt: row.repository_created_at,
    reachedTo: row.reached_to,
    points: row.points,
    requests: row.requests,
    finishedAt: row.finished_at,
    failure: row.failure,
    lanes: lanes.map(({ repository_id, ...lane }) => lane),
  }
}

/** What was there to read when it was begun; null before that. */
export function totalsOf({ repositoryCreatedAt: createdAt, lanes }: Backfill) {
  if (createdAt === null) return null
  const totals = Object.fromEntries(lanes.map(({ lane, total }) => [lane, total]))
  // Only then are they read with the history.
  return { createdAt, isPrivate: 'forks' in totals, totals }
}

export async function beginBackfill(
  db: Database,
  repositoryId: number,
  { at, repositoryCreatedAt }: { at: Date; repositoryCreatedAt: Date },
): Promise<void> {
  await db
    .updateTable('backfills')
    .set({ started_at: at, repository_created_at: repositoryCreatedAt })
    .where('repository_id', '=', repositoryId)
    .execute()
}

/** Keeps where a lane stands, in the transaction that records what it told. */
export async function keepLane(
  db: Database,
  repositoryId: number,
  { rests, ...lane }: LaneProgress,
): Promise<void> {
  const row = { ...lane, rests: sql<object[]>`${JSON.stringify(rests)}::jsonb` }
  await db
    .insertInto('backfill_lanes')
    .values({ repository_id: repositoryId, ...row })
    .onConflict((conflict) => conflict.columns(['repository_id', 'lane']).doUpdateSet(row))
    .execute()
}

/** Adds what requests cost: points of GraphQL, and requests of either API. */
export async function countCost(
  db: Database,
  repositoryId: number,
  { points, requests }: { points: number; requests: number },
): Promise<void> {
  await db
    .updateTable('backfills')
    .set({
      requests: sql<number>`requests + ${requests}`,
      points: sql<number>`points + ${points}`,
    })
    .where('repository_id', '=', repositoryId)
    .execute()
}

/** History is known as far back as each of these lanes reaches; never less far than before. */
export async function keepReach(
  db: Database,
  repositoryId: number,
  lanes: readonly string[],
): Promise<void> {
  const rows = await db
    .selectFrom('backfill_lanes')
    .select('reached_to')
    .where('repository_id', '=', repositoryId)
    .where('lane', 'in', lanes)
    .execute()
  const reached = rows.flatMap(({ reached_to }) => reached_to?.getTime() ?? [])
  if (reached.length < lanes.length) return
  const to = new Date(Math.max(...reached))
  await db
    .updateTable('backfills')
    .set({ reached_to: sql<Date>`least(reached_to, ${to}::timestamptz)` })
    .where('repository_id', '=', repositoryId)
    .execute()
}

/** `failure`: why it ended before its end; null: all is read. */
export async function finishBackfill(
  db: Database,
  repositoryId: number,
  { at, failure }: { at: Date; failure: string | null },
): Promise<void> {
  await db
    .updateTable('backfills')
    .set({ finished_at: at, failure })
    .where('repository_id', '=', repositoryId)
    .execute()
}

/** Open, read to the end, and ended before it: for `/health`. */
export async function backfillState(db: Database) {
  return await db
    .selectFrom('backfills')
    .select([
      sql<number>`count(*) filter (where finished_at is null)`.as('open'),
      sql<number>`count(*) filter (where finished_at is not null and failure is null)`.as(
        'finished',
      ),
      sql<number>`count(*) filter (where failure is not null)`.as('ended'),
    ])
    .executeTakeFirstOrThrow()
}
