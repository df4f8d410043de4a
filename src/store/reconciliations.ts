import { type RawBuilder, sql } from 'kysely'
import type { Fact } from '../events/fact.ts'
import type { Window } from '../metrics/window.ts'
import type { Database } from './database.ts'

export interface Reconciliation {
  /** what changed before is known */
  comparedTo: Date
  /** see Walk in jobs/reconciliation-walk.ts; null: no comparison is under way */
  walk: unknown
}

/** Null where nothing was compared yet. */
export async function reconciliationOf(
  db: Database,
  repositoryId: number,
): Promise<Reconciliation | null> {
  const row = await db
    .selectFrom('reconciliations')
    .select(['compared_to', 'walk'])
    .where('repository_id', '=', repositoryId)
    .executeTakeFirst()
  return row === undefined ? null : { comparedTo: row.compared_to, walk: row.walk }
}

export async function keepReconciliation(
  db: Database,
  repositoryId: number,
  { comparedTo, walk }: { comparedTo: Date; walk: object | null },
): Promise<void> {
  const row = {
    compared_to: comparedTo,
    walk: (walk === null ? sql`null` : sql`${JSON.stringify(walk)}::jsonb`) as RawBuilder<
      object | null
    >,
  }
  await db
    .insertInto('reconciliations')
    .values({ repository_id: repositoryId, ...row })
    .onConflict((conflict) => conflict.column('repository_id').doUpdateSet(row))
    .execute()
}

/** Of these facts of one repository, the ones that the ledger does not have. Before they are recorded. */
export async function unknownAmong(db: Database, facts: readonly Fact[]): Promise<Fact[]> {
  const [first] = facts
  if (first === undefined) return []
  const known = await db
    .selectFrom('facts')
    .select(['kind', 'key'])
    .where('repository_id', '=', first.repositoryId)
    .where('key', 'in', [...new Set(facts.map(({ key }) => key))])
    .execute()
  const has = new Set(known.map(({ kind, key }) => `${kind} ${key}`))
  return facts.filter(({ kind, key }) => !has.has(`${kind} ${key}`))
}

/** Remembers that these were found, for reports on the days when they happened. */
export async function noteFound(db: Database, facts: readonly Fact[]): Promise<void> {
  const [first] = facts
  if (first === undefined) return
  const byDay = new Map<string, number>()
  for (const { occurredAt } of facts) {
    const day = occurredAt.toISOString().slice(0, 10)
    byDay.set(day, (byDay.get(day) ?? 0) + 1)
  }
  await db
    .insertInto('found_facts')
    .values(
      [...byDay].sort().map(([day, count]) => ({
        repository_id: first.repositoryId,
        day: new Date(`${day}T00:00:00Z`),
        facts: count,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['repository_id', 'day'])
        .doUpdateSet({ facts: sql<number>`found_facts.facts + excluded.facts` }),
    )
    .execute()
}

/** How many facts on the days of a window were found that no webhook told. */
export async function foundIn(
  db: Database,
  repositoryId: number,
  { from, to }: Window,
): Promise<number> {
  const { found } = await db
    .selectFrom('found_facts')
    .select(sql<number>`coalesce(sum(facts), 0)::int`.as('found'))
    .where('repository_id', '=', repositoryId)
    .where('day', '>=', new Date(`${from.toISOString().slice(0, 10)}T00:00:00Z`))
    .where('day', '<', to)
    .executeTakeFirstOrThrow()
  return found
}
