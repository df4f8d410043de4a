import { sql } from 'kysely'
import { firstResponse, startOf } from '../metrics/responses.ts'
import { waitsUntil } from '../metrics/waits-until.ts'
import type { Database } from './database.ts'
import { loadSettledPeople, type PeopleOverrides } from './people.ts'
import { doersOf, responsesIn, threadRowsOf, toThreads } from './threads.ts'

/** Threads whose conversations are held at once. */
const batchSize = 500

/**
 * Works out anew how long some threads waited, from all that was said in them.
 *
 * @returns instants of first responses that are other ones now, before and after
 */
export async function redoThreadWaits(
  db: Database,
  repositoryId: number,
  numbers: readonly number[],
  overrides: PeopleOverrides,
): Promise<Date[]> {
  const moved: Date[] = []
  for (let start = 0; start < numbers.length; start += batchSize) {
    const some = numbers.slice(start, start + batchSize)
    const before = await eraseWaits(db, repositoryId, some)
    const after = await waitsOf(db, repositoryId, some, overrides)
    await keepWaits(db, repositoryId, after)
    moved.push(...movedResponses(before, after))
  }
  return moved
}

/** As for Time to First Response; null: still a draft, or no answer yet. */
interface Answered {
  number: number
  beganAt: Date | null
  answeredAt: Date | null
}

interface Wait extends Answered {
  /** null: it waits still */
  until: Date | null
}

async function waitsOf(
  db: Database,
  repositoryId: number,
  numbers: readonly number[],
  overrides: PeopleOverrides,
): Promise<Wait[]> {
  const threadRows = await threadRowsOf(db, repositoryId, { numbers, waitingAt: null })
  const responseRows = await responsesIn(db, repositoryId, numbers)
  const doers = doersOf([], responseRows, threadRows)
  const people = await loadSettledPeople(db, repositoryId, doers, overrides)
  return toThreads(threadRows, responseRows, people).map((thread) => ({
    number: thread.number,
    until: waitsUntil(thread),
    beganAt: startOf(thread),
    answeredAt: firstResponse(thread)?.occurredAt ?? null,
  }))
}

async function eraseWaits(
  db: Database,
  repositoryId: number,
  numbers: readonly number[],
): Promise<Answered[]> {
  const rows = await db
    .deleteFrom('thread_waits')
    .where('repository_id', '=', repositoryId)
    .where(sql<boolean>`number = any(${[...numbers]}::int[])`)
    .returning(['number', 'began_at', 'answered_at'])
    .execute()
  return rows.map(({ number, began_at: beganAt, answered_at: answeredAt }) => ({
    number,
    beganAt,
    answeredAt,
  }))
}

async function keepWaits(db: Database, repositoryId: number, waits: readonly Wait[]) {
  const column = (instantOf: (wait: Wait) => Date | null) =>
    sql`${waits.map((wait) => instantOf(wait)?.toISOString() ?? null)}::timestamptz[]`
  await sql`
    insert into thread_waits (repository_id, number, waits_until, began_at, answered_at)
    select ${repositoryId}::bigint, number, coalesce(until, 'infinity'), began_at, answered_at
    from unnest(
      ${waits.map(({ number }) => number)}::int[],
      ${column(({ until }) => until)},
      ${column(({ beganAt }) => beganAt)},
      ${column(({ answeredAt }) => answeredAt)}
    ) as waits (number, until, began_at, answered_at)`.execute(db)
}

function movedResponses(before: readonly Answered[], after: readonly Answered[]): Date[] {
  const former = new Map(before.map((each) => [each.number, each]))
  const latter = new Map(after.map((each) => [each.number, each]))
  return [...new Set([...former.keys(), ...latter.keys()])].flatMap((number) => {
    const [a, b] = [former.get(number), latter.get(number)]
    const isSame =
      a?.answeredAt?.getTime() === b?.answeredAt?.getTime() &&
      a?.beganAt?.getTime() === b?.beganAt?.getTime()
    return isSame ? [] : [a?.answeredAt ?? [], b?.answeredAt ?? []].flat()
  })
}
