import { type Milestone, milestones } from '../metrics/milestones.ts'
import type { Database } from './database.ts'
import { accountIdsAmong, accountMember, personMembers } from './person-members.ts'

/** A person in a repository, by their accounts, the oldest first. */
export interface Celebrated {
  repositoryId: number
  accountIds: number[]
}

/** Whoever is behind an account. */
export async function celebrated(
  db: Database,
  repositoryId: number,
  accountId: number,
): Promise<Celebrated> {
  const { members } = await personMembers(db, repositoryId, accountMember(accountId))
  return { repositoryId, accountIds: accountIdsAmong(members) }
}

/** All pull requests of a person that are merged, with the directories that each touched. */
export async function mergesOf(db: Database, { repositoryId, accountIds }: Celebrated) {
  const rows = await db
    .selectFrom('threads')
    .leftJoin('footprints', (join) =>
      join
        .onRef('footprints.repository_id', '=', 'threads.repository_id')
        .onRef('footprints.number', '=', 'threads.number'),
    )
    .where('threads.repository_id', '=', repositoryId)
    .where('threads.author_id', 'in', accountIds)
    .where('threads.type', '=', 'pull_request')
    .where('threads.merged_at', 'is not', null)
    .select(['threads.number', 'threads.merged_at', 'footprints.areas'])
    .execute()
  return rows.flatMap(({ number, merged_at: mergedAt, areas }) =>
    mergedAt === null ? [] : [{ number, mergedAt, areas: areas ?? [] }],
  )
}

/** In which pull request each milestone of a person is told. */
export async function milestonesTold(
  db: Database,
  { repositoryId, accountIds }: Celebrated,
): Promise<Map<Milestone, number>> {
  const rows = await db
    .selectFrom('milestones')
    .select(['milestone', 'thread'])
    .where('repository_id', '=', repositoryId)
    .where('account_id', 'in', accountIds)
    .execute()
  return new Map(
    rows.flatMap(({ milestone, thread }) =>
      milestones.flatMap((known) => (known === milestone ? [[known, thread] as const] : [])),
    ),
  )
}

/** A milestone is told in this pull request, unless it is told in another one: whoever is first keeps it. */
export async function claimMilestone(
  db: Database,
  { repositoryId, accountIds }: Celebrated,
  { milestone, thread }: { milestone: Milestone; thread: number },
): Promise<void> {
  const [oldest] = accountIds
  if (oldest === undefined) return
  await db
    .insertInto('milestones')
    .values({ repository_id: repositoryId, account_id: oldest, milestone, thread })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
