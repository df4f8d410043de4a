import { sql } from 'kysely'
import type { Database } from './database.ts'
import { loadPeople, type PeopleOverrides } from './people.ts'
import { rollUp } from './roll-up.ts'

/**
 * Contributors (CHAOSS): everybody who ever contributed in any way, each
 * counted once, bots and agents left out. Null where history is not known from
 * its beginning.
 * https://chaoss.community/kb/metric-contributors/
 */
export async function contributorsEver(
  db: Database,
  repositoryId: number,
  overrides: PeopleOverrides,
): Promise<number | null> {
  if (!(await isKnownFromBeginning(db, repositoryId))) return null
  await rollUp(db, { repositoryId, overrides })
  const rows = await db
    .selectFrom('member_spans')
    .leftJoin('signatures', (join) =>
      join.on(sql<boolean>`member_spans.member = 'signature:' || signatures.hash`),
    )
    .select(['member', 'signatures.human'])
    .where('repository_id', '=', repositoryId)
    .execute()
  const members = rows.map(({ member }) => member)
  const people = await loadPeople(db, repositoryId, members, overrides)
  const contributors = rows.map((row) => people.person({ ...row, agent: null }))
  return new Set(contributors.filter((who) => who?.group === 'human')).size
}

/** Threads from the day that the repository was made, and commits from the first one. */
export async function isKnownFromBeginning(db: Database, repositoryId: number): Promise<boolean> {
  const row = await db
    .selectFrom('backfills')
    .innerJoin('commit_readings', 'commit_readings.repository_id', 'backfills.repository_id')
    .select('backfills.repository_id')
    .where('backfills.repository_id', '=', repositoryId)
    .whereRef('backfills.reached_to', '<=', 'backfills.repository_created_at')
    .where('backfills.finished_at', 'is not', null)
    .where('backfills.failure', 'is', null)
    .where('commit_readings.known_tip', 'is not', null)
    .executeTakeFirst()
  return row !== undefined
}
