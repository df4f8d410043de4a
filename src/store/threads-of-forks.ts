import type { Database } from './database.ts'

/** Pull requests that forks opened and had merged, with the commits that they became. */
export async function mergedFromForks(
  db: Database,
  repositoryId: number,
): Promise<{ number: number; mergeSha: string }[]> {
  const rows = await db
    .selectFrom('threads')
    .innerJoin('forks', (join) =>
      join
        .onRef('forks.repository_id', '=', 'threads.repository_id')
        .onRef('forks.fork_id', '=', 'threads.head_repository_id'),
    )
    .select(['threads.number', 'threads.merge_sha'])
    .where('threads.repository_id', '=', repositoryId)
    .where('threads.merged_at', 'is not', null)
    .where('forks.heads_of', 'is not', null)
    .where('forks.gone_at', 'is', null)
    .orderBy('threads.number')
    .execute()
  return rows.flatMap(({ number, merge_sha: mergeSha }) =>
    mergeSha === null ? [] : [{ number, mergeSha }],
  )
}
