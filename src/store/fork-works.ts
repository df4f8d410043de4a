import { sql } from 'kysely'
import type { Database, ForkWorkTable } from './database.ts'
import { keepWorkCount } from './fork-work-counts.ts'

export interface ForkWork {
  originalCommits: number
  commits: readonly string[]
  subjects: readonly string[]
  paths: readonly string[]
  areas: readonly string[]
  /** people, bots and AI agents left out */
  authors: number
  contributors: number
  /** when the first and the latest were committed; null without any */
  firstAt: Date | null
  lastAt: Date | null
  /** when the latest of them were written, newest first */
  writtenAt: readonly Date[]
}

/** Enough to say what a fork is about. */
const mostKept = 100

/**
 * Keeps what a fork has made that upstream does not have, and what follows of
 * when it was pushed to first; null: nothing could be told, and what was stays.
 */
export async function keepForkWork(
  db: Database,
  { repositoryId, forkId }: { repositoryId: number; forkId: number },
  { work, at }: { work: ForkWork | null; at: Date },
): Promise<void> {
  if (work === null) return
  const list = (values: readonly string[]) =>
    sql<string[]>`${JSON.stringify(values.slice(0, mostKept)).replaceAll('\\u0000', '')}::jsonb`
  const row = {
    original_commits: work.originalCommits,
    commits: list(work.commits),
    subjects: list(work.subjects),
    paths: list(work.paths),
    areas: list(work.areas),
    authors: work.authors,
    contributors: work.contributors,
    first_at: work.firstAt,
    last_at: work.lastAt,
    written_at: sql<string[]>`${JSON.stringify(work.writtenAt)}::jsonb`,
    told_at: at,
  }
  await db
    .insertInto('fork_works')
    .values({ repository_id: repositoryId, fork_id: forkId, ...row })
    .onConflict((conflict) => conflict.columns(['repository_id', 'fork_id']).doUpdateSet(row))
    .execute()
  const { originalCommits, firstAt } = work
  await keepWorkCount(db, { repositoryId, forkId }, { originalCommits, at })
  if (firstAt !== null) await keepFirstPush(db, { repositoryId, forkId }, firstAt)
}

/** A commit was pushed after it was made; one from before the fork, with it at the earliest. */
async function keepFirstPush(
  db: Database,
  { repositoryId, forkId }: { repositoryId: number; forkId: number },
  committedAt: Date,
): Promise<void> {
  await db
    .updateTable('forks')
    .set({
      first_pushed_at: sql<Date>`least(first_pushed_at, greatest(created_at, ${committedAt}))`,
    })
    .where('repository_id', '=', repositoryId)
    .where('fork_id', '=', forkId)
    // Where upstream was rewritten, what it dropped is a fork's own without any push.
    .where('first_pushed_at', 'is not', null)
    .execute()
}

/** A fork has no branches any more: what it had made is gone with them. */
export async function forgetForkWork(
  db: Database,
  { repositoryId, forkId }: { repositoryId: number; forkId: number },
  at: Date,
): Promise<void> {
  await db
    .deleteFrom('fork_works')
    .where('repository_id', '=', repositoryId)
    .where('fork_id', '=', forkId)
    .execute()
  await keepWorkCount(db, { repositoryId, forkId }, { originalCommits: 0, at })
}

/** The work of a fork, with what else is known of it. */
export interface ToldForkWork extends Omit<ForkWork, 'contributors' | 'firstAt' | 'writtenAt'> {
  fullName: string
  /** the branch that most of it is on; null where none was compared by git */
  branch: string | null
  /** see `src/metrics/fork-state.ts`; null: too little is known */
  state: string | null
  /** numbers of its open pull requests to upstream, the oldest first */
  pullRequests: number[]
  /** when the latest of its commits were written; null: not known */
  writtenAt: Date[] | null
  /** how many original commits it had at `since`; null: it was not compared yet */
  originalCommitsBefore: number | null
  /** null where nobody looked */
  releases: number | null
  /** the latest push; null: never */
  pushedAt: Date | null
}

/** The work of forks that are still there and have any. Those of people who asked not to be named are left out. */
export async function forkWorks(
  db: Database,
  repositoryId: number,
  since: Date,
): Promise<ToldForkWork[]> {
  const { rows } = await sql<Row>`
    select forks.full_name, forks.releases, fork_works.*, head.branch, latest.state,
      case when forks.pushed_at > forks.created_at then forks.pushed_at end as pushed_at,
      before.original_commits as before,
      coalesce(pulls.numbers, '{}') as pull_requests
    from fork_works
    join forks on forks.repository_id = fork_works.repository_id
      and forks.fork_id = fork_works.fork_id
    left join lateral (
      select branch from fork_heads
      where fork_heads.repository_id = forks.repository_id
        and fork_heads.fork_id = forks.fork_id and original_commits > 0
      order by original_commits desc, branch <> forks.default_branch, branch limit 1
    ) as head on true
    left join lateral (
      select state from fork_states
      where fork_states.repository_id = forks.repository_id
        and fork_states.fork_id = forks.fork_id
      order by at desc limit 1
    ) as latest on true
    left join lateral (
      select original_commits from fork_work_counts
      where fork_work_counts.repository_id = forks.repository_id
        and fork_work_counts.fork_id = forks.fork_id and at <= ${since}
      order by at desc limit 1
    ) as before on true
    left join lateral (
      select array_agg(number order by number) as numbers from threads
      where threads.repository_id = forks.repository_id
        and threads.head_repository_id = forks.fork_id and threads.open
    ) as pulls on true
    where forks.repository_id = ${repositoryId} and forks.gone_at is null
      and fork_works.original_commits > 0
      and forks.owner_id not in (select account_id from hidden_accounts)
    order by forks.full_name`.execute(db)
  return rows.map((row) => ({
    fullName: row.full_name,
    branch: row.branch,
    state: row.state,
    pullRequests: row.pull_requests.map(Number),
    originalCommits: row.original_commits,
    commits: row.commits,
    subjects: row.subjects,
    paths: row.paths,
    areas: row.areas,
    authors: row.authors,
    lastAt: row.last_at,
    writtenAt: row.written_at?.map((at) => new Date(at)) ?? null,
    originalCommitsBefore: row.before,
    releases: row.releases,
    pushedAt: row.pushed_at,
  }))
}

type Row = ForkWorkTable & {
  full_name: string
  branch: string | null
  state: string | null
  pull_requests: (number | string)[]
  releases: number | null
  pushed_at: Date | null
  before: number | null
}
