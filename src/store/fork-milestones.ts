import type { Database } from './database.ts'

/**
 * The most forks that a network ever held, for whoever goes on to keep what it
 * is now, in the caller's transaction: others wait.
 *
 * @returns null: nobody has looked at the forks yet; `largest` null: at their number
 */
export async function largestNetwork(
  db: Database,
  repositoryId: number,
): Promise<{ largest: number | null } | null> {
  const row = await db
    .selectFrom('fork_scans')
    .select('largest_size')
    .where('repository_id', '=', repositoryId)
    .forUpdate()
    .executeTakeFirst()
  return row === undefined ? null : { largest: row.largest_size }
}

/** The network has grown beyond what it ever was, and passed these on the way. */
export async function keepLargestNetwork(
  db: Database,
  repositoryId: number,
  { size, passed, at }: { size: number; passed: readonly number[]; at: Date },
): Promise<void> {
  await db
    .updateTable('fork_scans')
    .set({ largest_size: size })
    .where('repository_id', '=', repositoryId)
    .execute()
  if (passed.length === 0) return
  await db
    .insertInto('fork_milestones')
    .values(passed.map((milestone) => ({ repository_id: repositoryId, milestone, passed_at: at })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** When milestones were seen to be passed, the smallest first. */
export async function forkMilestones(
  db: Database,
  repositoryId: number,
): Promise<{ milestone: number; passedAt: Date }[]> {
  const rows = await db
    .selectFrom('fork_milestones')
    .select(['milestone', 'passed_at'])
    .where('repository_id', '=', repositoryId)
    .orderBy('milestone')
    .execute()
  return rows.map(({ milestone, passed_at: passedAt }) => ({ milestone, passedAt }))
}

/** When so many of the forks that are known had been made; null: there are not as many. */
export async function forkNumberMadeAt(
  db: Database,
  repositoryId: number,
  number: number,
): Promise<Date | null> {
  const row = await db
    .selectFrom('forks')
    .select('created_at')
    .where('repository_id', '=', repositoryId)
    .orderBy('created_at')
    .orderBy('fork_id')
    .offset(number - 1)
    .limit(1)
    .executeTakeFirst()
  return row?.created_at ?? null
}
