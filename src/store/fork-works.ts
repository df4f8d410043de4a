import { sql } from 'kysely'
import type { Database, ForkWorkTable } from './database.ts'

export interface ForkWork {
  originalCommits: number
  commits: readonly string[]
  subjects: readonly string[]
  paths: readonly string[]
  areas: readonly string[]
  /** people, bots and AI agents left out */
  authors: number
  contributors: number
  firstAt: Date | null
  lastAt: Date | null
}

/** Enough to say what a fork is about. */
const mostKept = 100

/** Keeps what a fork has made that upstream does not have; null: nothing could be told, and what was stays. */
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
    told_at: at,
  }
  await db
    .insertInto('fork_works')
    .values({ repository_id: repositoryId, fork_id: forkId, ...row })
    .onConflict((conflict) => conflict.columns(['repository_id', 'fork_id']).doUpdateSet(row))
    .execute()
}

/** The work of a fork, with what else is known of it. */
export interface ToldForkWork extends Omit<ForkWork, 'contributors' | 'firstAt'> {
  fullName: string
  /** the branch that most of it is on; null where none was compared by git */
  branch: string | null
  /** see `src/metrics/fork-state.ts`; null: too little is known */
  state: string | null
  /** numbers of its open pull requests to upstream, the oldest first */
  pullRequests: number[]
}

/** The work of forks that are still there and have any. Those of people who asked not to be named are left out. */
export async function forkWorks(db: Database, repositoryId: number): Promise<ToldForkWork[]> {
  const { rows } = await sql<Row>`
    select forks.full_name, fork_works.*, head.branch, latest.state,
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
  }))
}

type Row = ForkWorkTable & {
  full_name: string
  branch: string | null
  state: string | null
  pull_requests: (number | string)[]
}
