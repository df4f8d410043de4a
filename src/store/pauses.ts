import type { Database } from './database.ts'

/** Whether somebody asked for nothing to be posted unasked. */
export async function isPaused(db: Database, repositoryId: number): Promise<boolean> {
  const row = await db
    .selectFrom('pauses')
    .select('paused_at')
    .where('repository_id', '=', repositoryId)
    .executeTakeFirst()
  return row !== undefined
}

export async function pause(db: Database, repositoryId: number, at: Date): Promise<void> {
  await db
    .insertInto('pauses')
    .values({ repository_id: repositoryId, paused_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function resume(db: Database, repositoryId: number): Promise<void> {
  await db.deleteFrom('pauses').where('repository_id', '=', repositoryId).execute()
}
