import { sql } from 'kysely'
import type { Database } from './database.ts'

/** What kept the digest of a week from one place, or from all of them. */
export interface DigestFailure {
  /** `issue`, `slack:community`; null: it could not be written at all */
  place: string | null
  failure: string
}

/** How a failure begins that is none: somebody edited or deleted the digest, and has the last word. */
const respected = 'a person'

/** How a repository's latest digest went. */
export interface DigestStanding {
  repositoryId: number
  /** `2026-W47` */
  week: string
  /** something of it is still to be done */
  isUnderWay: boolean
  /** none: it went well, as far as it is done */
  failures: DigestFailure[]
}

/**
 * How the latest digest went that was promised, for each repository in which
 * it failed, or in which a check still says that one did.
 */
export async function digestStandings(db: Database): Promise<DigestStanding[]> {
  const { rows } = await sql<DigestStanding>`
    with latest as (
      select (payload->>'repositoryId')::bigint as repository_id, max(payload->>'week') as week
      from work where job = 'publish-digest' group by 1
    ), steps as (
      select (payload->>'repositoryId')::bigint as repository_id, payload->>'week' as week,
        payload->>'to' as place, failed_at is null and done_version < version as is_open,
        case when failed_at is not null then failure end as failure
      from work where job in ('publish-digest', 'send-digest')
      union all
      select repository_id, week, channel, false, failure
      from sendings
      where sent_at is null and failed_at is not null and failure not like ${`${respected} %`}
    )
    select repository_id as "repositoryId", week, bool_or(is_open) as "isUnderWay",
      coalesce(
        jsonb_agg(distinct jsonb_build_object('place', place, 'failure', failure))
          filter (where failure is not null),
        '[]'
      ) as failures
    from latest join steps using (repository_id, week)
    group by repository_id, week
    having bool_or(failure is not null)
      or exists (select from digest_checks where digest_checks.repository_id = latest.repository_id)
    order by repository_id`.execute(db)
  return rows
}

/** The commit on which a check says that the digest of a week failed; null: none does. */
export async function failedDigestCheck(db: Database, repositoryId: number) {
  const row = await db
    .selectFrom('digest_checks')
    .select(['week', 'sha'])
    .where('repository_id', '=', repositoryId)
    .executeTakeFirst()
  return row ?? null
}

export async function rememberFailedCheck(
  db: Database,
  repositoryId: number,
  check: { week: string; sha: string },
): Promise<void> {
  await db
    .insertInto('digest_checks')
    .values({ repository_id: repositoryId, ...check })
    .onConflict((conflict) => conflict.column('repository_id').doUpdateSet(check))
    .execute()
}

export async function forgetFailedCheck(db: Database, repositoryId: number): Promise<void> {
  await db.deleteFrom('digest_checks').where('repository_id', '=', repositoryId).execute()
}
