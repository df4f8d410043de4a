import { sql } from 'kysely'
import type { Member } from '../events/fact.ts'
import type { Database, StaleTable } from './database.ts'
import type { PeopleOverrides } from './people.ts'
import { accountIdsAmong } from './person-members.ts'
import { holdSettled, settlePeople } from './settle-people.ts'
import { redoThreadWaits } from './thread-waits.ts'
import { forgetWeeksSince } from './week-measures.ts'
import { redoWorkDays } from './work-days.ts'

/** Any number will do that nothing else locks. */
const rolling = 47_003
/** What is worked out in one transaction. */
const daysAtOnce = 200
const threadsAtOnce = 2_000
const membersAtOnce = 1_000

interface Rolled {
  repositoryId: number
  overrides: PeopleOverrides
}

/**
 * Brings what is kept of a repository up to date with its facts. Triggers mark
 * what whoever writes may have changed, and here that is worked out anew, so
 * the cost follows what is new. A mark is taken away together with what was
 * made of it: who is killed in between has done neither.
 */
export async function rollUp(db: Database, rolled: Rolled): Promise<void> {
  await settlePeople(db)
  while (await isStale(db, rolled)) {
    await rolledUp(db, rolled, async () => {}, { atOnce: false })
  }
}

/**
 * Does something in one transaction in which nothing is stale that was recorded
 * before it, and nobody else rolls this repository up: what it keeps is marked
 * by whatever is recorded meanwhile. Who reads people here takes them as settled.
 */
export async function whenRolledUp<Result>(
  db: Database,
  rolled: Rolled,
  work: (db: Database) => Promise<Result>,
): Promise<Result> {
  await rollUp(db, rolled)
  return await rolledUp(db, rolled, work, { atOnce: true })
}

async function rolledUp<Result>(
  db: Database,
  rolled: Rolled,
  work: (db: Database) => Promise<Result>,
  { atOnce }: { atOnce: boolean },
): Promise<Result> {
  const inTransaction = async (trx: Database) => {
    // Always in this order, and nobody settles while rolling: so nobody waits in a circle.
    await holdSettled(trx)
    await sql`select pg_advisory_xact_lock(${rolling}, ${rolled.repositoryId % 2 ** 31}::int)`.execute(
      trx,
    )
    do await takeBatch(trx, rolled)
    while (atOnce && (await isStale(trx, rolled)))
    return await work(trx)
  }
  return db.isTransaction ? await inTransaction(db) : await db.transaction().execute(inTransaction)
}

async function isStale(db: Database, { repositoryId, overrides }: Rolled): Promise<boolean> {
  const { rows } = await sql<{ stale: boolean }>`
    select exists (select from stale where repository_id = ${repositoryId})
      or not exists (
        select from rollups
        where repository_id = ${repositoryId} and basis = ${basisOf(overrides)}
      ) as stale`.execute(db)
  return rows[0]?.stale ?? true
}

/** What decides who answers: all else that a configuration says of people is asked when a week is measured. */
function basisOf({ bots, ai, humans }: PeopleOverrides): string {
  return JSON.stringify({ bots, ai, humans })
}

async function takeBatch(db: Database, rolled: Rolled): Promise<void> {
  const { repositoryId, overrides } = rolled
  await beginAnewOnAnotherBasis(db, rolled)
  const taken = await takeMarks(db, repositoryId)
  await redoWorkDays(db, repositoryId, taken.days)
  const firsts = await markWhole(db, repositoryId, taken.members)
  const moved = await redoThreadWaits(db, repositoryId, taken.threads, overrides)
  const [firstDay] = taken.days.toSorted()
  await forgetWeeksSince(db, repositoryId, [
    ...(firstDay === undefined ? [] : [new Date(firstDay)]),
    ...firsts,
    ...moved,
  ])
}

async function beginAnewOnAnotherBasis(db: Database, { repositoryId, overrides }: Rolled) {
  const basis = basisOf(overrides)
  const row = await db
    .selectFrom('rollups')
    .select('basis')
    .where('repository_id', '=', repositoryId)
    .executeTakeFirst()
  if (row?.basis === basis) return
  await sql`
    insert into stale (repository_id, thread)
    select repository_id, number from threads where repository_id = ${repositoryId}`.execute(db)
  await db
    .insertInto('rollups')
    .values({ repository_id: repositoryId, basis })
    .onConflict((conflict) => conflict.column('repository_id').doUpdateSet({ basis }))
    .execute()
}

interface Marks {
  days: string[]
  threads: number[]
  members: Member[]
}

/** All marks of some days, threads and members: each is worked out once, however often it was marked. */
async function takeMarks(db: Database, repositoryId: number): Promise<Marks> {
  const take = async <Column extends 'day' | 'thread' | 'member'>(column: Column, most: number) => {
    const marked = sql.ref<NonNullable<StaleTable[Column]>>(column)
    const { rows } = await sql<{ marked: NonNullable<StaleTable[Column]> }>`
      with taken as (
        delete from stale
        where repository_id = ${repositoryId} and ${marked} in (
          select distinct ${marked} from stale
          where repository_id = ${repositoryId} and ${marked} is not null
          order by 1 limit ${most}
        )
        returning ${marked}
      )
      select distinct ${column === 'day' ? sql`day::text` : marked} as marked from taken`.execute(
      db,
    )
    return rows.map((row) => row.marked)
  }
  return {
    days: await take('day', daysAtOnce),
    threads: await take('thread', threadsAtOnce),
    members: await take('member', membersAtOnce),
  }
}

/**
 * Somebody who is another in all that they did: marks the threads they had a part in.
 * @returns when they began
 */
async function markWhole(
  db: Database,
  repositoryId: number,
  members: readonly Member[],
): Promise<Date[]> {
  if (members.length === 0) return []
  const accounts = sql`any(${accountIdsAmong(members)}::bigint[])`
  await sql`
    insert into stale (repository_id, thread)
    select repository_id, number from threads
    where repository_id = ${repositoryId} and author_id = ${accounts}
    union
    select repository_id, thread from facts
    where repository_id = ${repositoryId} and account_id = ${accounts} and thread is not null
      and thread_answered(kind, thread) is not null`.execute(db)
  const { rows } = await sql<{ at: Date | null }>`
    select least(
      (select min(first_at) from member_spans
        where repository_id = ${repositoryId} and member = any(${[...members]}::text[])),
      (select min(created_at) from threads
        where repository_id = ${repositoryId} and author_id = ${accounts})
    ) as at`.execute(db)
  return rows.flatMap(({ at }) => at ?? [])
}
