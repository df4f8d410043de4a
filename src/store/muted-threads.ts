import type { Database } from './database.ts'

/** One issue, pull request or discussion. */
export interface ThreadKey {
  repositoryId: number
  number: number
}

/** Since when nothing is written in a thread; null: it is not muted. */
export async function mutedSince(db: Database, thread: ThreadKey): Promise<Date | null> {
  const row = await db
    .selectFrom('muted_threads')
    .select('muted_at')
    .where('repository_id', '=', thread.repositoryId)
    .where('thread', '=', thread.number)
    .executeTakeFirst()
  return row?.muted_at ?? null
}

/** Muted again, it stays muted since the first time. */
export async function muteThread(db: Database, thread: ThreadKey, at: Date): Promise<void> {
  await db
    .insertInto('muted_threads')
    .values({ repository_id: thread.repositoryId, thread: thread.number, muted_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function unmuteThread(db: Database, thread: ThreadKey): Promise<void> {
  await db
    .deleteFrom('muted_threads')
    .where('repository_id', '=', thread.repositoryId)
    .where('thread', '=', thread.number)
    .execute()
}

/** How many threads of a repository are muted. */
export async function mutedThreads(db: Database, repositoryId: number): Promise<number> {
  const row = await db
    .selectFrom('muted_threads')
    .select((select) => select.fn.countAll<number>().as('threads'))
    .where('repository_id', '=', repositoryId)
    .executeTakeFirstOrThrow()
  return Number(row.threads)
}
