import { sql } from 'kysely'
import type { Database } from './database.ts'
import { upstreamCommitCount } from './fork-heads.ts'

/** What is known of one fork, for the rule that says what it is; null for what is not. */
export interface ForkKnowledge {
  forkId: number
  fullName: string
  gone: boolean
  createdAt: Date
  pushedAt: Date
  ahead: number | null
  behind: number | null
  originalCommits: number | null
  hasCommonAncestor: boolean | null
  sharesPatches: boolean | null
  releases: number | null
  threads: number | null
  outsideContributors: number | null
  upstreamPullRequests: { open: number; lastOpenedAt: Date } | null
  /** as it was told last; null: never */
  state: string | null
  /** its branches are known */
  isLookedInto: boolean
  /** why GitHub does not answer for it; null: it does */
  problem: string | null
}

/** Of every fork that was ever seen. */
export async function forkKnowledge(db: Database, repositoryId: number): Promise<ForkKnowledge[]> {
  const upstreamCommits = await upstreamCommitCount(db, repositoryId)
  const { rows } = await sql<Row>`
    select forks.fork_id, forks.full_name, forks.gone_at is not null as gone, forks.created_at,
      coalesce(forks.pushed_at, forks.created_at) as pushed_at,
      forks.releases, forks.threads, forks.outside_contributors,
      head.ahead, head.merge_base,
      -- What upstream has got since a fork was compared through the API, the fork is behind by, too.
      head.behind + case when head.lane = 'api'
        then greatest(0, coalesce(${upstreamCommits}::int - head.against_commits, 0)) else 0
      end as behind, head.lane, head.shares_patches,
      forks.heads_of is not null as looked_into, forks.problem,
      forks.heads_of is not null and coalesce(heads.all_level, true) as nothing_ahead,
      fork_works.original_commits,
      pulls.open, pulls.last_opened_at,
      latest.state
    from forks
    left join fork_heads as head on head.repository_id = forks.repository_id
      and head.fork_id = forks.fork_id and head.branch = forks.default_branch
      and head.compared_sha = head.sha
    left join (
      select repository_id, fork_id, bool_and(compared_sha = sha and ahead = 0) as all_level
      from fork_heads group by repository_id, fork_id
    ) as heads on heads.repository_id = forks.repository_id and heads.fork_id = forks.fork_id
    left join fork_works on fork_works.repository_id = forks.repository_id
      and fork_works.fork_id = forks.fork_id
    left join (
      select repository_id, head_repository_id, count(*) filter (where open)::int as open,
        max(created_at) as last_opened_at
      from threads where type = 'pull_request' group by repository_id, head_repository_id
    ) as pulls on pulls.repository_id = forks.repository_id
      and pulls.head_repository_id = forks.fork_id
    left join (
      select distinct on (repository_id, fork_id) repository_id, fork_id, state
      from fork_states order by repository_id, fork_id, at desc
    ) as latest on latest.repository_id = forks.repository_id and latest.fork_id = forks.fork_id
    where forks.repository_id = ${repositoryId}
    order by forks.fork_id`.execute(db)
  return rows.map(toKnowledge)
}

interface Row {
  fork_id: number
  full_name: string
  gone: boolean
  created_at: Date
  pushed_at: Date
  releases: number | null
  threads: number | null
  outside_contributors: number | null
  ahead: number | null
  behind: number | null
  merge_base: string | null
  lane: 'git' | 'api' | null
  shares_patches: boolean | null
  looked_into: boolean
  problem: string | null
  nothing_ahead: boolean | null
  original_commits: number | null
  open: number | null
  last_opened_at: Date | null
  state: string | null
}

function toKnowledge(row: Row): ForkKnowledge {
  const { ahead, lane, merge_base, last_opened_at: lastOpenedAt } = row
  const isCompared = ahead !== null
  return {
    forkId: row.fork_id,
    fullName: row.full_name,
    gone: row.gone,
    createdAt: row.created_at,
    pushedAt: row.pushed_at,
    ahead,
    behind: row.behind,
    originalCommits: row.original_commits ?? (row.nothing_ahead === true ? 0 : null),
    // The API compares only what has something in common.
    hasCommonAncestor: isCompared ? lane === 'api' || merge_base !== null : null,
    sharesPatches: row.shares_patches,
    releases: row.releases,
    threads: row.threads,
    outsideContributors: row.outside_contributors,
    upstreamPullRequests: lastOpenedAt === null ? null : { open: row.open ?? 0, lastOpenedAt },
    state: row.state,
    isLookedInto: row.looked_into,
    problem: row.problem,
  }
}

export interface ForkStateChange {
  forkId: number
  state: string
  because: string
}

/** How many forks are in each state by now; null: too little is known of them. Those that are gone count as such. */
export async function forkStateCounts(
  db: Database,
  repositoryId: number,
): Promise<{ state: string | null; forks: number }[]> {
  const { rows } = await sql<{ state: string | null; forks: number }>`
    select latest.state, count(*)::int as forks
    from forks
    left join (
      select distinct on (fork_id) fork_id, state from fork_states
      where repository_id = ${repositoryId} order by fork_id, at desc
    ) as latest on latest.fork_id = forks.fork_id
    where forks.repository_id = ${repositoryId}
    group by latest.state order by latest.state`.execute(db)
  return rows
}

const batchSize = 1000

/** What forks have become. Told again at the same instant, the latest word counts. */
export async function keepForkStates(
  db: Database,
  repositoryId: number,
  { at, changes }: { at: Date; changes: readonly ForkStateChange[] },
): Promise<void> {
  const rows = changes.map(({ forkId, state, because }) => ({
    repository_id: repositoryId,
    fork_id: forkId,
    at,
    state,
    because,
  }))
  for (let start = 0; start < rows.length; start += batchSize) {
    await db
      .insertInto('fork_states')
      .values(rows.slice(start, start + batchSize))
      .onConflict((conflict) =>
        conflict.columns(['repository_id', 'fork_id', 'at']).doUpdateSet((from) => ({
          state: from.ref('excluded.state'),
          because: from.ref('excluded.because'),
        })),
      )
      .execute()
  }
}
