import { sql } from 'kysely'
import { creditedKinds, type PersonHistory } from '../metrics/history.ts'
import type { Database } from './database.ts'
import { doerOf, doerOfFact, type FactRow, factRows } from './facts.ts'
import type { People } from './people.ts'
import { accountIdsAmong, membersOf, signaturesAmong } from './person-members.ts'

/** First and latest contributions of everybody in these rows, over the whole history. */
export async function personHistories(
  db: Database,
  context: { repositoryId: number; rows: readonly FactRow[]; people: People; since: Date },
): Promise<Map<string, PersonHistory>> {
  const { repositoryId, rows, people, since } = context
  const doers = rows.map(doerOf).filter(({ agent }) => agent === null)
  const persons = doers.flatMap(({ member }) => member ?? [])
  const members = [...(await membersOf(db, repositoryId, persons)).values()].flat()
  if (members.length === 0) return new Map()

  const past = await factRows(db, repositoryId)
    .clearSelect()
    .where('facts.kind', 'in', [...creditedKinds])
    .where(
      sql<boolean>`(
        facts.account_id = any(${accountIdsAmong(members)}::bigint[])
        or facts.signature = any(${signaturesAmong(members)}::text[])
      )`,
    )
    .select([
      doerOfFact.as('doer'),
      sql<Date>`min(facts.occurred_at)`.as('first_at'),
      sql<Date | null>`max(facts.occurred_at) filter (where facts.occurred_at < ${since})`.as(
        'last_before_at',
      ),
      sql<number>`count(*) filter (where facts.kind = 'pull_request.merged' and facts.occurred_at < ${since})::int`.as(
        'merged_before',
      ),
    ])
    .groupBy(sql`1`)
    .execute()

  const histories = new Map<string, PersonHistory>()
  for (const row of past) {
    const person = people.person({ member: row.doer, human: null, agent: null })
    if (person === null) continue
    histories.set(person.id, {
      firstAt: row.first_at,
      lastBeforeAt: row.last_before_at,
      mergedBefore: row.merged_before,
    })
  }
  return histories
}
