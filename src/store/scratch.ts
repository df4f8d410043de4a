import { type Database, openEmbedded } from './database.ts'
import { migrate } from './migrations/index.ts'

/** Lends an empty store in memory, which is gone afterwards. */
export async function withScratchStore<Result>(
  work: (db: Database) => Promise<Result>,
): Promise<Result> {
  const { db, close } = await openEmbedded(null)
  try {
    await migrate(db)
    return await work(db)
  } finally {
    await close()
  }
}
