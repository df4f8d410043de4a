import { sql } from 'kysely'
import type { WorkJobName } from '../queue.ts'
import type { Database } from './database.ts'

/**
 * Work promised together with the facts that ask for it. The queue carries it
 * out, but may lose it (Redis without persistence, a lost enqueue) or run it
 * twice; this table is what a sweep heals from.
 */
export interface Work {
  job: WorkJobName
  /** what it is about, so that two wishes for the same thing are one: `1000/812` */
  key: string
  payload: object
}

/** Promises work, in the caller's transaction. Asked for again, it will run again. */
export async function wantWork(db: Database, work: Work, at: Date): Promise<void> {
  const payload = sql<object>`${JSON.stringify(work.payload)}::jsonb`
  await db
    .insertInto('work')
    .values({
      job: work.job,
      key: work.key,
      payload,
      version: 1,
      done_version: 0,
      attempts: 0,
      wanted_at: at,
    })
    .onConflict((conflict) =>
      conflict.columns(['job', 'key']).doUpdateSet({
        payload,
        version: sql`work.version + 1`,
        attempts: 0,
        wanted_at: at,
        rest_until: null,
        failed_at: null,
        failure: null,
      }),
    )
    .execute()
}

/**
 * Begins the open work of that name and key: the attempt is counted, and the
 * sweep leaves it alone until `restUntil`. Null when it is done or parked.
 */
export async function beginWork(
  db: Database,
  { job, key, restUntil }: { job: string; key: string; restUntil: Date },
) {
  const row = await db
    .updateTable('work')
    .set({ attempts: sql<number>`attempts + 1`, rest_until: restUntil })
    .where('job', '=', job)
    .where('key', '=', key)
    .where('failed_at', 'is', null)
    .whereRef('done_version', '<', 'version')
    .returning(['payload', 'version', 'attempts'])
    .executeTakeFirst()
  return row ?? null
}

/**
 * It did not work out this time, and the queue will try again by itself; the
 * sweep comes only when it did not. `counts`: waiting for a limit is no attempt.
 */
export async function putOffWork(
  db: Database,
  { job, key, until, counts }: { job: string; key: string; until: Date; counts: boolean },
): Promise<void> {
  await db
    .updateTable('work')
    .set({
      rest_until: until,
      ...(counts ? {} : { attempts: sql<number>`greatest(attempts - 1, 0)` }),
    })
    .where('job', '=', job)
    .where('key', '=', key)
    .execute()
}

/** Done up to the version that was begun; a wish that came meanwhile stays open. */
export async function finishWork(
  db: Database,
  { job, key, version }: { job: string; key: string; version: number },
): Promise<void> {
  await db
    .updateTable('work')
    .set({ done_version: sql`greatest(done_version, ${version})` })
    .where('job', '=', job)
    .where('key', '=', key)
    .execute()
}

/** Parks work whose attempts are used up: `doctor` shows it. */
export async function parkWork(
  db: Database,
  { job, key, at, failure }: { job: string; key: string; at: Date; failure: string },
): Promise<void> {
  await db
    .updateTable('work')
    .set({ failed_at: at, failure })
    .where('job', '=', job)
    .where('key', '=', key)
    .execute()
}

/** Open work that was asked for at or after an instant: what a delivery just promised. */
export async function workWantedSince(db: Database, since: Date) {
  return await jobsOf(db).where('wanted_at', '>=', since).execute()
}

const jobsOf = (db: Database) =>
  db
    .selectFrom('work')
    .select(['job as name', 'key'])
    .where('failed_at', 'is', null)
    .whereRef('done_version', '<', 'version')
    .$narrowType<{ name: WorkJobName }>()

/** Whether this was ever asked for, done or not. */
export async function wasWanted(db: Database, job: WorkJobName, key: string): Promise<boolean> {
  const row = await db
    .selectFrom('work')
    .select('key')
    .where('job', '=', job)
    .where('key', '=', key)
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Open work that nobody seems to be at: wanted before `wantedBefore` and not
 * resting at `at`, oldest first. Without `at`, resting work too.
 */
export async function overdueWork(
  db: Database,
  { wantedBefore, at, limit }: { wantedBefore: Date; at: Date | null; limit: number },
) {
  return await jobsOf(db)
    .where('wanted_at', '<=', wantedBefore)
    .$if(at !== null, (query) =>
      query.where((where) =>
        where.or([where('rest_until', 'is', null), where('rest_until', '<=', at)]),
      ),
    )
    .orderBy('wanted_at')
    .limit(limit)
    .execute()
}

/** Parked work with the reason, newest first. */
export async function parkedWork(db: Database, limit: number) {
  return await db
    .selectFrom('work')
    .select(['job', 'key', 'failure', 'failed_at'])
    .where('failed_at', 'is not', null)
    .orderBy('failed_at', 'desc')
    .limit(limit)
    .execute()
}

/** Parked work of every kind is open again. Returns it, to be enqueued. */
export async function reopenWork(db: Database, at: Date) {
  return await db
    .updateTable('work')
    .set({ failed_at: null, failure: null, attempts: 0, rest_until: null, wanted_at: at })
    .where('failed_at', 'is not', null)
    .returning(['job as name', 'key'])
    .$narrowType<{ name: WorkJobName }>()
    .execute()
}

/** Open and parked work, for `/health` and `doctor`. */
export async function workState(db: Database) {
  return await db
    .selectFrom('work')
    .select([
      sql<number>`count(*) filter (where done_version < version and failed_at is null)`.as('open'),
      sql<Date | null>`min(wanted_at) filter (where done_version < version and failed_at is null)`.as(
        'oldestAt',
      ),
      sql<number>`count(*) filter (where failed_at is not null)`.as('parked'),
    ])
    .executeTakeFirstOrThrow()
}

/** Forgets work that was done long ago. */
export async function purgeWork(db: Database, wantedBefore: Date): Promise<void> {
  await db
    .deleteFrom('work')
    .whereRef('done_version', '>=', 'version')
    .where('wanted_at', '<', wantedBefore)
    .execute()
}
