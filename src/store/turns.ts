import type { Database } from './database.ts'

/** Something that one process at a time may do, and who does it. */
export interface Turn {
  /** `history/<installation>`, `git/<repository>` */
  name: string
  /** whoever asks, and nobody else */
  holder: string
}

/**
 * Takes or keeps a turn. Null when it is the holder's; else until when it is
 * not. One that nobody released ends at `until`.
 */
export async function takeTurn(
  db: Database,
  { name, holder }: Turn,
  { at, until }: { at: Date; until: Date },
): Promise<Date | null> {
  const taken = await db
    .insertInto('turns')
    .values({ name, holder, until })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ holder, until })
        .where((where) =>
          where.or([where('turns.until', '<=', at), where('turns.holder', '=', holder)]),
        ),
    )
    .returning('holder')
    .executeTakeFirst()
  if (taken !== undefined) return null
  const held = await db
    .selectFrom('turns')
    .select('until')
    .where('name', '=', name)
    .executeTakeFirst()
  return held?.until ?? at
}

export async function releaseTurn(db: Database, { name, holder }: Turn): Promise<void> {
  await db.deleteFrom('turns').where('name', '=', name).where('holder', '=', holder).execute()
}

/** Of a process that owns the database alone: whoever had a turn before is gone. */
export async function releaseAllTurns(db: Database): Promise<void> {
  await db.deleteFrom('turns').execute()
}
