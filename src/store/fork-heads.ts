import { sql } from 'kysely'
import type { Database, ForkHeadTable } from './database.ts'
import { forgetForkWork } from './fork-works.ts'

export interface SeenBranch {
  name: string
  sha: string
  committedAt: Date | null
}

/** Keeps a fork's branches as they are now. What was compared stays, and says of which commit. */
export async function keepBranches(
  db: Database,
  repositoryId: number,
  { forkId, branches, at }: { forkId: number; branches: readonly SeenBranch[]; at: Date },
): Promise<void> {
  const names = branches.map(({ name }) => name)
  await db
    .deleteFrom('fork_heads')
    .where('repository_id', '=', repositoryId)
    .where('fork_id', '=', forkId)
    .$if(names.length > 0, (query) => query.where('branch', 'not in', names))
    .execute()
  if (branches.length === 0) {
    // What it had made is gone with them.
    await forgetForkWork(db, { repositoryId, forkId }, at)
    return
  }
  await db
    .insertInto('fork_heads')
    .values(
      branches.map(({ name, sha, committedAt }) => ({
        repository_id: repositoryId,
        fork_id: forkId,
        branch: name,
        sha,
        committed_at: committedAt,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['repository_id', 'fork_id', 'branch']).doUpdateSet((from) => ({
        sha: from.ref('excluded.sha'),
        committed_at: from.ref('excluded.committed_at'),
        problem: null,
      })),
    )
    .execute()
}

export interface HeadPlace {
  repositoryId: number
  forkId: number
  branch: string
}

/** A branch is gone. */
export async function forgetBranch(db: Database, { repositoryId, forkId, branch }: HeadPlace) {
  await db
    .deleteFrom('fork_heads')
    .where('repository_id', '=', repositoryId)
    .where('fork_id', '=', forkId)
    .where('branch', '=', branch)
    .execute()
}

export type Comparison = Pick<
  ForkHeadTable,
  'sha' | 'against' | 'against_commits' | 'ahead' | 'behind' | 'lane' | 'problem'
> &
  Partial<Pick<ForkHeadTable, 'merge_base' | 'original_commits' | 'shares_patches'>>

/** How a branch stands to upstream. */
export async function keepComparison(
  db: Database,
  { repositoryId, forkId, branch }: HeadPlace,
  { at, ...comparison }: Comparison & { at: Date },
): Promise<void> {
  await db
    .updateTable('fork_heads')
    .set({
      merge_base: null,
      original_commits: null,
      shares_patches: null,
      ...comparison,
      compared_sha: comparison.sha,
      compared_at: at,
    })
    .where('repository_id', '=', repositoryId)
    .where('fork_id', '=', forkId)
    .where('branch', '=', branch)
    .execute()
}

const ofLiving = (db: Database, repositoryId: number) =>
  db
    .selectFrom('fork_heads')
    .innerJoin('forks', (join) =>
      join
        .onRef('forks.repository_id', '=', 'fork_heads.repository_id')
        .onRef('forks.fork_id', '=', 'fork_heads.fork_id'),
    )
    .where('fork_heads.repository_id', '=', repositoryId)
    .where('forks.gone_at', 'is', null)

/** Through the API, the default branch and this many of the others that were committed to last. */
const otherBranches = 5
const mostTries = 3

/** Branches that moved since they were compared; their forks' default branches first. */
export async function branchesToCompare(db: Database, repositoryId: number, limit: number) {
  const ranked = ofLiving(db, repositoryId)
    .where('forks.tries', '<', mostTries)
    .select([
      'forks.fork_id',
      'forks.node_id',
      'forks.tries',
      'fork_heads.branch',
      'fork_heads.sha',
      'fork_heads.compared_sha',
      sql<number>`row_number() over (
        partition by forks.fork_id
        order by fork_heads.branch <> forks.default_branch, fork_heads.committed_at desc nulls last, fork_heads.branch
      )`.as('place'),
    ])
  return await db
    .selectFrom(ranked.as('ranked'))
    .select(['fork_id', 'node_id', 'branch'])
    .where('place', '<=', otherBranches + 1)
    .where(sql<boolean>`compared_sha is distinct from sha`)
    .orderBy('tries')
    .orderBy('place')
    .orderBy('fork_id')
    .limit(limit)
    .execute()
}

/** Every branch of every fork that was looked into, by fork. */
export async function headsOf(db: Database, repositoryId: number) {
  return await ofLiving(db, repositoryId)
    .select([
      'forks.fork_id',
      'forks.full_name',
      'fork_heads.branch',
      'fork_heads.sha',
      'fork_heads.compared_sha',
      'fork_heads.against',
      'fork_heads.lane',
    ])
    .orderBy('forks.fork_id')
    .orderBy('fork_heads.branch')
    .execute()
}

/** How each branch of each fork stands to upstream, as far as it was compared; by fork, the default branch first. */
export async function headStandings(db: Database, repositoryId: number) {
  return await ofLiving(db, repositoryId)
    .select([
      'forks.fork_id',
      'fork_heads.branch',
      sql<boolean>`fork_heads.branch is not distinct from forks.default_branch`.as('is_default'),
      'fork_heads.ahead',
      'fork_heads.behind',
      'fork_heads.merge_base',
      'fork_heads.original_commits',
      'fork_heads.lane',
      'fork_heads.problem',
    ])
    .orderBy('forks.fork_id')
    .orderBy(sql`fork_heads.branch is not distinct from forks.default_branch`, 'desc')
    .orderBy('fork_heads.branch')
    .execute()
}

/** Which of these commits are in upstream's default branch, as far as that is known. */
export async function upstreamCommits(
  db: Database,
  repositoryId: number,
  shas: readonly string[],
): Promise<Set<string>> {
  if (shas.length === 0) return new Set()
  const rows = await db
    .selectFrom('facts')
    .select('key')
    .where('repository_id', '=', repositoryId)
    .where('kind', '=', 'commit.authored')
    .where('key', 'in', [...new Set(shas)])
    .execute()
  return new Set(rows.map(({ key }) => key))
}

/**
 * How many commits of upstream's default branch are known; null: not all are.
 * What it grows by later, forks that were compared now are behind by.
 */
export async function upstreamCommitCount(
  db: Database,
  repositoryId: number,
): Promise<number | null> {
  const reading = await db
    .selectFrom('commit_readings')
    .select('known_tip')
    .where('repository_id', '=', repositoryId)
    .executeTakeFirst()
  if (reading?.known_tip == null) return null
  const { commits } = await db
    .selectFrom('facts')
    .select(sql<number>`count(*)::int`.as('commits'))
    .where('repository_id', '=', repositoryId)
    .where('kind', '=', 'commit.authored')
    .executeTakeFirstOrThrow()
  return commits
}
