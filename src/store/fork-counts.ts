import { sql } from 'kysely'
import type { DayCount } from '../metrics/history.ts'
import type { Window } from '../metrics/window.ts'
import type { Database } from './database.ts'
import { livingForks } from './forks.ts'

/** How many are known, how many of them are still to be looked into, and how many GitHub fails to answer for. */
export async function forkCounts(db: Database, repositoryId: number) {
  const isActive = sql`pushed_at > created_at`
  return await livingForks(db, repositoryId)
    .select([
      sql<number>`count(*)::int`.as('known'),
      sql<number>`count(*) filter (where depth = 1)::int`.as('direct'),
      sql<number>`count(*) filter (where ${isActive})::int`.as('active'),
      sql<number>`count(*) filter (where ${isActive} and (heads_of is null or heads_of < pushed_at))::int`.as(
        'unread',
      ),
      sql<number>`count(*) filter (where problem is not null)::int`.as('troubled'),
    ])
    .executeTakeFirstOrThrow()
}

/** Direct forks that were made in a window, whatever became of them; somebody who forked again counts once. */
export async function forksMadeIn(
  db: Database,
  repositoryId: number,
  { from, to }: Window,
): Promise<number> {
  const { made } = await db
    .selectFrom('forks')
    .select(sql<number>`count(distinct owner_id)::int`.as('made'))
    .where('repository_id', '=', repositoryId)
    .where('depth', '=', 1)
    .where('created_at', '>=', from)
    .where('created_at', '<', to)
    .executeTakeFirstOrThrow()
  return made
}

/** The whole network as the last payload before an instant counted it; null: none did. */
export async function networkSizeAt(
  db: Database,
  repositoryId: number,
  at: Date,
): Promise<number | null> {
  const row = await db
    .selectFrom('day_counts')
    .select('forks')
    .where('repository_id', '=', repositoryId)
    .where('seen_at', '<', at)
    .where('forks', 'is not', null)
    .orderBy('day', 'desc')
    .executeTakeFirst()
  return row?.forks ?? null
}

/** The size of the network by day since an instant, and the last one before it. */
export async function networkSizes(
  db: Database,
  repositoryId: number,
  since: Date,
): Promise<DayCount[]> {
  return await db
    .selectFrom('day_counts')
    .select(['day', 'stars', 'forks'])
    .where('repository_id', '=', repositoryId)
    .where('forks', 'is not', null)
    .where('day', '>=', new Date(since.getTime() - 7 * 24 * 60 * 60_000))
    .orderBy('day')
    .execute()
}
