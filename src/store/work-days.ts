import { sql } from 'kysely'
import type { Member } from '../events/fact.ts'
import type { Window } from '../metrics/window.ts'
import type { Database } from './database.ts'
import { creditedRows, memberOfFact } from './facts.ts'
import { keepSpans } from './member-spans.ts'

/**
 * Works out anew who contributed what on some days, and from when to when they
 * ever did: from the facts alone, so that any order of them ends in the same.
 *
 * @param days as `2026-11-16`
 */
export async function redoWorkDays(
  db: Database,
  repositoryId: number,
  days: readonly string[],
): Promise<void> {
  const gone = await sql<Change>`
    with gone as (
      delete from work_days
      where repository_id = ${repositoryId} and day = any(${[...days]}::date[])
      returning member, kind, count
    )
    select member, ${merges} as merges from gone group by member`.execute(db)
  const more = new Map(gone.rows.map(({ member, merges }) => [member, -merges]))
  for (const run of runsOf(days)) {
    for (const { member, merges } of await addDays(db, repositoryId, run)) {
      more.set(member, (more.get(member) ?? 0) + merges)
    }
  }
  await keepSpans(db, repositoryId, more)
}

/** Days in a row, which the index finds together: joined with a list of days, all facts would be read for each. */
async function addDays(db: Database, repositoryId: number, { from, to }: Window) {
  const works = creditedRows(db, repositoryId)
    .where('facts.occurred_at', '>=', from)
    .where('facts.occurred_at', '<', to)
    .select([
      sql`${repositoryId}::bigint`.as('repository_id'),
      memberOfFact.as('member'),
      sql`(facts.occurred_at at time zone 'UTC')::date`.as('day'),
      'facts.kind',
      sql`count(*)`.as('count'),
      sql`min(facts.occurred_at)`.as('first_at'),
      sql`max(facts.occurred_at)`.as('last_at'),
    ])
    .groupBy([sql`2`, sql`3`, 'facts.kind'])
  const { rows } = await sql<Change>`
    with done as (
      insert into work_days (repository_id, member, day, kind, count, first_at, last_at)
      ${works}
      returning member, kind, count
    )
    select member, ${merges} as merges from done group by member`.execute(db)
  return rows
}

const dayMs = 86_400_000

/** Neighbouring days together. */
function runsOf(days: readonly string[]): Window[] {
  const runs: Window[] = []
  for (const day of days.toSorted()) {
    const from = new Date(day)
    const to = new Date(from.getTime() + dayMs)
    const last = runs.at(-1)
    if (last?.to.getTime() === from.getTime()) last.to = to
    else runs.push({ from, to })
  }
  return runs
}

interface Change {
  member: Member
  merges: number
}

const merges = sql<number>`coalesce(sum(count) filter (where kind = 'pull_request.merged'), 0)::int`
