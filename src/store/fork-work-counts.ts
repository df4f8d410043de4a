import { sql } from 'kysely'
import type { Database } from './database.ts'

interface ForkPlace {
  repositoryId: number
  forkId: number
}

/**
 * Keeps how many original commits a fork has, where that is another number than
 * it was: since its latest push, if that came after the number before, and
 * since it was looked at where upstream moved and not the fork.
 */
export async function keepWorkCount(
  db: Database,
  { repositoryId, forkId }: ForkPlace,
  { originalCommits, at }: { originalCommits: number; at: Date },
): Promise<void> {
  const latest = await db
    .selectFrom('fork_work_counts')
    .select(['original_commits', 'at'])
    .where('repository_id', '=', repositoryId)
    .where('fork_id', '=', forkId)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if ((latest?.original_commits ?? 0) === originalCommits) return
  const fork = await db
    .selectFrom('forks')
    .select(['created_at', 'pushed_at'])
    .where('repository_id', '=', repositoryId)
    .where('fork_id', '=', forkId)
    .executeTakeFirst()
  const pushedAt = fork?.pushed_at ?? null
  // What was pushed before the fork was made is upstream's.
  const known = latest?.at ?? fork?.created_at ?? at
  const isByPush = pushedAt !== null && pushedAt > known && pushedAt < at
  await db
    .insertInto('fork_work_counts')
    .values({
      repository_id: repositoryId,
      fork_id: forkId,
      at: isByPush ? pushedAt : at,
      original_commits: originalCommits,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['repository_id', 'fork_id', 'at'])
        .doUpdateSet((from) => ({ original_commits: from.ref('excluded.original_commits') })),
    )
    .execute()
}

/**
 * How many forks had original commits at an instant, as far as they had been
 * compared by then: those that were there, called themselves rightly a fork,
 * and whose owner has not asked not to be named since.
 */
export async function forksWithWorkAt(
  db: Database,
  repositoryId: number,
  at: Date,
): Promise<number> {
  const { rows } = await sql<{ forks: number }>`
    select count(*)::int as forks from (
      select distinct on (fork_id) fork_id, original_commits from fork_work_counts
      where repository_id = ${repositoryId} and at <= ${at}
      order by fork_id, at desc
    ) as counts
    join forks on forks.repository_id = ${repositoryId} and forks.fork_id = counts.fork_id
    left join (
      select distinct on (fork_id) fork_id, state from fork_states
      where repository_id = ${repositoryId} and at <= ${at}
      order by fork_id, at desc
    ) as states on states.fork_id = counts.fork_id
    where counts.original_commits > 0
      and (forks.gone_at is null or forks.gone_at > ${at})
      and states.state is distinct from 'unrelated'
      and forks.owner_id not in (select account_id from hidden_accounts)`.execute(db)
  return rows[0]?.forks ?? 0
}
