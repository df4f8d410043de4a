import { sql } from 'kysely'
import type { Database } from './database.ts'
import { changeForks, livingForks } from './forks.ts'

/** Then GitHub was asked for one fork often enough in one scan. */
const mostTries = 3

/** Forks that may have forks of their own, unread since `since`; those that failed come last. */
export async function forksToOpen(
  db: Database,
  repositoryId: number,
  { since, limit }: { since: Date; limit: number },
) {
  return await livingForks(db, repositoryId)
    .select(['fork_id', 'node_id', 'full_name', 'depth', 'forks_after'])
    .where('forks', '>', 0)
    .where('tries', '<', mostTries)
    .where((where) =>
      where.or([where('forks_read_at', 'is', null), where('forks_read_at', '<', since)]),
    )
    .orderBy('tries')
    .orderBy('fork_id')
    .limit(limit)
    .execute()
}

/** Forks that no list has shown since `since`. */
export async function forksUnseen(
  db: Database,
  repositoryId: number,
  { since, limit }: { since: Date; limit: number },
) {
  return await livingForks(db, repositoryId)
    .select(['fork_id', 'node_id'])
    .where('seen_at', '<', since)
    .where('tries', '<', mostTries)
    .orderBy('tries')
    .orderBy('fork_id')
    .limit(limit)
    .execute()
}

/**
 * Forks that were pushed to since they were looked into last, the latest first:
 * those that were pushed to since they were made, and where `evenUntouched` says
 * so, after them all others that were never looked into.
 */
export async function forksToLookInto(
  db: Database,
  repositoryId: number,
  { evenUntouched, limit }: { evenUntouched: boolean; limit: number },
) {
  const isPushed = sql<boolean>`coalesce(pushed_at > created_at, false)`
  return await livingForks(db, repositoryId)
    .select(['fork_id', 'node_id', 'full_name', 'depth', 'parent_id', 'default_branch'])
    .$if(!evenUntouched, (query) => query.where(isPushed))
    .where('tries', '<', mostTries)
    .where((where) =>
      where.or([
        where('heads_of', 'is', null),
        where.and([isPushed, where('heads_of', '<', where.ref('pushed_at'))]),
      ]),
    )
    .orderBy('tries')
    .orderBy(isPushed, 'desc')
    .orderBy(sql`coalesce(pushed_at, created_at)`, 'desc')
    .limit(limit)
    .execute()
}

/** How many forks that GitHub shows were looked into, however long ago. */
export async function forksLookedInto(db: Database, repositoryId: number): Promise<number> {
  const { forks } = await livingForks(db, repositoryId)
    .select(sql<number>`count(*)::int`.as('forks'))
    .where('heads_of', 'is not', null)
    .executeTakeFirstOrThrow()
  return forks
}

/** Asked for one of these, GitHub failed. */
export async function countTry(
  db: Database,
  repositoryId: number,
  ids: readonly number[],
): Promise<void> {
  await changeForks(db, repositoryId, ids, {
    tries: sql<number>`tries + 1`,
    problem: 'GitHub could not answer for it',
  })
}

/** A new scan begins: every fork is worth another try. */
export async function forgetTries(db: Database, repositoryId: number): Promise<void> {
  await db
    .updateTable('forks')
    .set({ tries: 0, problem: null })
    .where('repository_id', '=', repositoryId)
    .where('tries', '>', 0)
    .execute()
}
