import { sql } from 'kysely'
import type { Member } from '../events/fact.ts'
import { creditedKinds } from '../metrics/history.ts'
import type { Database } from './database.ts'
import { loadPeople, type PeopleOverrides } from './people.ts'

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
  if (!(await isKnownFromTheBeginning(db, repositoryId))) return null
  const { rows } = await sql<{ member: Member; human: boolean | null }>`
    with done as (
      select distinct facts.account_id, merged.author_id, facts.signature
      from facts
      left join threads as merged on merged.repository_id = facts.repository_id
        and merged.merge_sha = facts.key and facts.kind = 'commit.authored'
      where facts.repository_id = ${repositoryId}
        and facts.kind in (${sql.join([...creditedKinds])})
        and not exists (
          select from retractions
          where retractions.repository_id = facts.repository_id
            and retractions.kind = facts.kind and retractions.key = facts.key
        )
    )
    select distinct
      coalesce('account:' || coalesce(account_id, author_id), 'signature:' || signature) as member,
      human
    from done
    left join signatures on signatures.hash = done.signature
    where coalesce(account_id::text, author_id::text, signature) is not null`.execute(db)
  const members = rows.map(({ member }) => member)
  const people = await loadPeople(db, repositoryId, members, overrides)
  const contributors = rows.map((row) => people.person({ ...row, agent: null }))
  return new Set(contributors.filter((who) => who?.group === 'human')).size
}

/** Threads from the day that the repository was made, and commits from the first one. */
async function isKnownFromTheBeginning(db: Database, repositoryId: number): Promise<boolean> {
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
