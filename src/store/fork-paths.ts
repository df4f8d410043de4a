import { sql } from 'kysely'
import type { ForkPath } from '../metrics/fork-cohorts.ts'
import type { Window } from '../metrics/window.ts'
import type { Database } from './database.ts'

/**
 * Direct forks that were made in a window, gone ones included, and how far each
 * came. `pushedAt` is the first push that is known of, an upper bound: a list of
 * GitHub's shows the latest push only, so of forks that are older than the first
 * look it may be later than the true one. Original commits and pull requests
 * show that there was one by then.
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
    .groupBy(['forks.fork_id', 'forks.owner_id', 'forks.created_at', 'forks.first_pushed_at'])
    .orderBy('forks.fork_id')
    .select([
      'forks.owner_id',
      'forks.created_at',
      sql<Date | null>`least(forks.first_pushed_at, min(threads.created_at))`.as('pushed_at'),
      sql<Date | null>`min(threads.created_at)`.as('opened_at'),
      sql<Date | null>`min(threads.merged_at)`.as('merged_at'),
    ])
    .execute()
  return rows.map(({ owner_id, created_at, pushed_at, opened_at, merged_at }) => ({
    owner: String(owner_id),
    madeAt: created_at,
    pushedAt: pushed_at,
    openedAt: opened_at,
    mergedAt: merged_at,
  }))
}
