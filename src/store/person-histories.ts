import { sql } from 'kysely'
import { creditedKinds, type PersonHistory } from '../metrics/history.ts'
import type { Database } from './database.ts'
import { doerOf, type FactRow, factRows } from './facts.ts'
import type { People } from './people.ts'

/** First and latest contributions of everybody in these rows, over the whole history. */
export async function personHistories(
  db: Database,
  context: { repositoryId: number; rows: readonly FactRow[]; people: People; since: Date },
): Promise<Map<string, PersonHistory>> {
  const { repositoryId, rows, people, since } = context
  const doers = rows.map(doerOf).filter(({ agent }) => agent === null)
  const ids = [...new Set(doers.flatMap(({ accountId }) => accountId ?? []))]
  const signatures = [...new Set(doers.flatMap(({ signature }) => signature ?? []))]
  if (ids.length === 0 && signatures.length === 0) return new Map()

  const past = await factRows(db, repositoryId)
    .clearSelect()
    .where('facts.kind', 'in', [...creditedKinds])
    .where((where) =>
      where.or([
        ...(ids.length > 0 ? [where('facts.account_id', 'in', ids)] : []),
        ...(signatures.length > 0 ? [where('facts.signature', 'in', signatures)] : []),
      ]),
    )
    .select([
      sql<
        number | null
      >`coalesce(facts.account_id, merged.author_id, signatures.account_id, linked.id)`.as(
        'doer_id',
      ),
      sql<string | null>`case when facts.account_id is null then facts.signature end`.as(
        'signature',
      ),
      sql<Date>`min(facts.occurred_at)`.as('first_at'),
      sql<Date | null>`max(facts.occurred_at) filter (where facts.occurred_at < ${since})`.as(
        'last_before_at',
      ),
      sql<number>`count(*) filter (where facts.kind = 'pull_request.merged' and facts.occurred_at < ${since})::int`.as(
        'merged_before',
      ),
    ])
    .groupBy([sql`1`, sql`2`])
    .execute()

  const histories = new Map<string, PersonHistory>()
  for (const row of past) {
    const person = people.person({
      accountId: row.doer_id,
      signature: row.signature,
      human: null,
      agent: null,
    })
    if (person === null) continue
    histories.set(person.id, joined(histories.get(person.id), row))
  }
  return histories
}

function joined(
  other: PersonHistory | undefined,
  row: { first_at: Date; last_before_at: Date | null; merged_before: number },
): PersonHistory {
  if (other === undefined) {
    return {
      firstAt: row.first_at,
      lastBeforeAt: row.last_before_at,
      mergedBefore: row.merged_before,
    }
  }
  const lasts = [other.lastBeforeAt, row.last_before_at].filter((at) => at !== null)
  return {
    firstAt: new Date(Math.min(Number(other.firstAt), Number(row.first_at))),
    lastBeforeAt: lasts.length === 0 ? null : new Date(Math.max(...lasts.map(Number))),
    mergedBefore: other.mergedBefore + row.merged_before,
  }
}
