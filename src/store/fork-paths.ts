import { sql } from 'kysely'
import type { ForkPath } from '../metrics/fork-cohorts.ts'
import type { DayCount } from '../metrics/history.ts'
import type { Window } from '../metrics/window.ts'
import type { Database } from './database.ts'

/**
 * Direct forks that were made in a window, gone ones included, and how far each
 * came. `pushedAt` is the latest push: the first one is not known.
 */
export async function forkPaths(
  db: Database,
  repositoryId: number,
  { from, to }: Window,
): Promise<ForkPath[]> {
  const rows = await db
    .selectFrom('forks')
    .leftJoin('threads', (join) =>
      join
        .onRef('threads.repository_id', '=', 'forks.repository_id')
        .onRef('threads.head_repository_id', '=', 'forks.fork_id'),
    )
    .where('forks.repository_id', '=', repositoryId)
    .where('forks.depth', '=', 1)
    .where('forks.created_at', '>=', from)
    .where('forks.created_at', '<', to)
    .groupBy(['forks.fork_id', 'forks.owner_id', 'forks.created_at', 'forks.pushed_at'])
    .orderBy('forks.fork_id')
    .select([
      'forks.owner_id',
      'forks.created_at',
      'forks.pushed_at',
      sql<Date | null>`min(threads.created_at)`.as('opened_at'),
      sql<Date | null>`min(threads.merged_at)`.as('merged_at'),
    ])
    .execute()
  return rows.map(({ owner_id, created_at, pushed_at, opened_at, merged_at }) => ({
    owner: String(owner_id),
    madeAt: created_at,
    pushedAt: pushed_at !== null && pushed_at > created_at ? pushed_at : null,
    openedAt: opened_at,
    mergedAt: merged_at,
  }))
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
