import { sql } from 'kysely'
import type { Database } from './database.ts'

const dayMs = 24 * 60 * 60_000
/** PostgreSQL takes 65,535 parameters a statement. */
const batch = 1000

/**
 * Keeps how many stars there were at the end of days before the repository was
 * tracked; from then on payloads tell it. Of two readings the higher one is
 * nearer to what it was: stars that are taken back vanish from the past.
 */
export async function keepStarCounts(
  db: Database,
  repositoryId: number,
  counts: readonly { day: Date; stars: number }[],
): Promise<void> {
  const repository = await db
    .selectFrom('repositories')
    .select('tracked_at')
    .where('id', '=', repositoryId)
    .executeTakeFirst()
  const trackedAt = repository?.tracked_at ?? null
  const endOf = (day: Date) => new Date(day.getTime() + dayMs - 1)
  const rows = counts
    .filter(({ day }) => trackedAt === null || endOf(day) < trackedAt)
    .map(({ day, stars }) => ({
      repository_id: repositoryId,
      day,
      stars,
      forks: null,
      seen_at: endOf(day),
    }))
  for (let start = 0; start < rows.length; start += batch) {
    await db
      .insertInto('day_counts')
      .values(rows.slice(start, start + batch))
      .onConflict((conflict) =>
        conflict
          .columns(['repository_id', 'day'])
          .doUpdateSet({ stars: sql`greatest(day_counts.stars, excluded.stars)` })
          .where(sql<boolean>`day_counts.forks is null`),
      )
      .execute()
  }
}
