import { sql } from 'kysely'
import type { CommitReadingTable, Database } from './database.ts'
import { wantWork } from './work.ts'

/**
 * Promises to read the commits of a repository's default branch that are not
 * known yet, in the caller's transaction.
 */
export async function wantCommits(db: Database, repositoryId: number, at: Date): Promise<void> {
  await db
    .insertInto('commit_readings')
    .values({ repository_id: repositoryId, wanted_at: at, passed: 0, git_failures: 0 })
    .onConflict((conflict) =>
      conflict
        .column('repository_id')
        .doUpdateSet({ wanted_at: at, finished_at: null, failure: null }),
    )
    .execute()
  const key = String(repositoryId)
  await wantWork(db, { job: 'read-commits', key, payload: { repositoryId } }, at)
}

/** The same for a repository whose commits nobody has asked for yet. False: somebody has. */
export async function wantFirstCommits(
  db: Database,
  repositoryId: number,
  at: Date,
): Promise<boolean> {
  if ((await commitReadingOf(db, repositoryId)) !== null) return false
  await wantCommits(db, repositoryId, at)
  return true
}

/** The next reading begins at the beginning. What is known stays known meanwhile. */
export async function forgetCommitReading(db: Database, repositoryId: number): Promise<void> {
  const begun = { tip: null, base: null, total: null, passed: 0, last: null, page: null }
  await keepCommitReading(db, repositoryId, { ...begun, known_tip: null })
}

export interface CommitReading {
  /** what is being read: all that this commit reaches, newest first; null: nothing is under way */
  tip: string | null
  /** and this one does not, since that is known already; null: from the beginning */
  base: string | null
  /** commits in all of that; null: not known */
  total: number | null
  /** so many of them are recorded */
  passed: number
  /** read by git: the last of those; null: none yet */
  last: string | null
  /** read through the API: where the next page begins; null: at the first one */
  page: string | null
  /** all that this commit reaches is recorded; null: not yet of any */
  knownTip: string | null
  /** commits since are known; null: none were read */
  reachedTo: Date | null
  /** so often in a row git could not fetch, and the latest reason */
  gitFailures: number
  gitFailure: string | null
  /** null: it is promised, or being read */
  finishedAt: Date | null
  /** why it ended before its end; null: it did not */
  failure: string | null
}

/** Null where none was ever promised. */
export async function commitReadingOf(
  db: Database,
  repositoryId: number,
): Promise<CommitReading | null> {
  const row = await db
    .selectFrom('commit_readings')
    .selectAll()
    .where('repository_id', '=', repositoryId)
    .executeTakeFirst()
  if (row === undefined) return null
  const { tip, base, total, passed, last, page, failure } = row
  return {
    ...{ tip, base, total, passed, last, page, failure },
    knownTip: row.known_tip,
    reachedTo: row.reached_to,
    gitFailures: row.git_failures,
    gitFailure: row.git_failure,
    finishedAt: row.finished_at,
  }
}

/** Keeps what changed, in the transaction that records what was read. */
export async function keepCommitReading(
  db: Database,
  repositoryId: number,
  changed: Partial<Omit<CommitReadingTable, 'repository_id' | 'wanted_at' | 'reached_to'>> & {
    /** the oldest of what was recorded: how far back commits are known goes back only */
    oldest?: Date
  },
): Promise<void> {
  const { oldest, ...columns } = changed
  await db
    .updateTable('commit_readings')
    .set({
      ...columns,
      ...(oldest !== undefined && {
        reached_to: sql<Date>`least(reached_to, ${oldest}::timestamptz)`,
      }),
    })
    .where('repository_id', '=', repositoryId)
    .execute()
}

/** Whether a commit of the default branch was recorded. */
export async function isKnownCommit(
  db: Database,
  repositoryId: number,
  sha: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('facts')
    .select('key')
    .where('repository_id', '=', repositoryId)
    .where('kind', '=', 'commit.authored')
    .where('key', '=', sha)
    .executeTakeFirst()
  return row !== undefined
}

/** Open, read to the end, and ended before it: for `/health`. */
export async function commitReadingState(db: Database) {
  return await db
    .selectFrom('commit_readings')
    .select([
      sql<number>`count(*) filter (where finished_at is null)`.as('open'),
      sql<number>`count(*) filter (where finished_at is not null and failure is null)`.as(
        'finished',
      ),
      sql<number>`count(*) filter (where failure is not null)`.as('ended'),
    ])
    .executeTakeFirstOrThrow()
}
