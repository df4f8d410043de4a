import { type SqlBool, sql, type UpdateObject } from 'kysely'
import type { Database, ForkTable, Tables } from './database.ts'
import { forgottenAmong, type Identity } from './forgotten.ts'

/** A public fork as GitHub shows it, and where it stands in the network. */
export interface SeenFork {
  id: number
  nodeId: string
  /** `owner/name` */
  fullName: string
  owner: { id: number }
  createdAt: Date
  pushedAt: Date | null
  stars: number
  forks: number
  archived: boolean
  disabled: boolean
  description: string | null
  hasIssues: boolean
  parentId: number | null
  /** 1: a direct fork */
  depth: number
}

/** PostgreSQL takes 65,535 parameters a statement. */
const batchSize = 1000

/**
 * Keeps forks as they were seen, in the caller's transaction; the latest look
 * wins. Those of people who asked not to be named are not kept.
 *
 * @param upstreamDescription a fork has it from there unless somebody wrote another one
 */
export async function keepForks(
  db: Database,
  repositoryId: number,
  seen: {
    forks: readonly SeenFork[]
    at: Date
    upstreamDescription: string | null
  },
): Promise<void> {
  const hidden = await hiddenAmong(
    db,
    seen.forks.map(({ owner }) => owner.id),
  )
  await eraseForks(
    db,
    repositoryId,
    seen.forks.filter(({ owner }) => hidden.has(owner.id)).map(({ id }) => id),
  )
  const rows = seen.forks
    .filter(({ owner }) => !hidden.has(owner.id))
    .map((fork) => toRow(repositoryId, fork, seen))
    .sort((a, b) => a.fork_id - b.fork_id)
  for (let start = 0; start < rows.length; start += batchSize) {
    await db
      .insertInto('forks')
      .values(rows.slice(start, start + batchSize))
      .onConflict((conflict) =>
        conflict
          .columns(['repository_id', 'fork_id'])
          .doUpdateSet((from) => ({
            node_id: from.ref('excluded.node_id'),
            parent_id: from.ref('excluded.parent_id'),
            depth: from.ref('excluded.depth'),
            owner_id: from.ref('excluded.owner_id'),
            full_name: from.ref('excluded.full_name'),
            pushed_at: sql<Date>`greatest(forks.pushed_at, excluded.pushed_at)`,
            first_pushed_at: sql<Date>`least(forks.first_pushed_at, excluded.first_pushed_at)`,
            stars: from.ref('excluded.stars'),
            forks: from.ref('excluded.forks'),
            archived: from.ref('excluded.archived'),
            disabled: from.ref('excluded.disabled'),
            description: from.ref('excluded.description'),
            has_issues: from.ref('excluded.has_issues'),
            seen_at: from.ref('excluded.seen_at'),
            gone_at: null,
          }))
          .where(sql<SqlBool>`excluded.seen_at >= forks.seen_at`),
      )
      .execute()
  }
}

function toRow(
  repositoryId: number,
  fork: SeenFork,
  { at, upstreamDescription }: { at: Date; upstreamDescription: string | null },
) {
  const description = fork.description?.replaceAll('\0', '').trim() ?? ''
  const isOwn = description !== '' && description !== upstreamDescription?.trim()
  return {
    repository_id: repositoryId,
    fork_id: fork.id,
    node_id: fork.nodeId,
    parent_id: fork.parentId,
    depth: fork.depth,
    owner_id: fork.owner.id,
    full_name: fork.fullName,
    created_at: fork.createdAt,
    pushed_at: fork.pushedAt,
    // All that is known of earlier pushes is that this was not before them.
    first_pushed_at: isPushed(fork) ? fork.pushedAt : null,
    stars: fork.stars,
    forks: fork.forks,
    archived: fork.archived,
    disabled: fork.disabled,
    description: isOwn ? description : null,
    has_issues: fork.hasIssues,
    seen_at: at,
  }
}

/** A fork that nobody pushed to stands where upstream was pushed to last before it was made. */
function isPushed({ pushedAt, createdAt }: SeenFork): boolean {
  return pushedAt !== null && pushedAt > createdAt
}

/** Those who asked not to be named, or to be forgotten. */
async function hiddenAmong(db: Database, ids: readonly number[]): Promise<Set<number>> {
  if (ids.length === 0) return new Set()
  const forgotten = await forgottenAmong(
    db,
    ids.map((id): Identity => `account:${id}`),
  )
  const rows = await db
    .selectFrom('hidden_accounts')
    .select('account_id')
    .where('account_id', 'in', [...new Set(ids)])
    .execute()
  const isForgotten = (id: number) => forgotten.has(`account:${id}`)
  return new Set([...rows.map(({ account_id }) => account_id), ...ids.filter(isForgotten)])
}

const forkTables = ['fork_heads', 'fork_works', 'fork_work_counts', 'fork_states', 'forks'] as const

/** Forgets single forks: they are private by now, or their owner asked not to be named. */
export async function eraseForks(
  db: Database,
  repositoryId: number,
  ids: readonly number[],
): Promise<void> {
  if (ids.length === 0) return
  for (const table of forkTables) {
    await db
      .deleteFrom(table)
      .where('repository_id', '=', repositoryId)
      .where('fork_id', 'in', [...ids])
      .execute()
  }
}

/** Forgets the forks of everybody who has asked not to be named since they were kept. */
export async function eraseHiddenForks(db: Database, repositoryId: number): Promise<void> {
  const rows = await db
    .selectFrom('forks')
    .select('fork_id')
    .where('repository_id', '=', repositoryId)
    .where('owner_id', 'in', (from) => from.selectFrom('hidden_accounts').select('account_id'))
    .execute()
  const ids = rows.map(({ fork_id }) => fork_id)
  await eraseForks(db, repositoryId, ids)
}

/** What a fork is like from the inside, as of the latest push that is known of. */
export async function keepInside(
  db: Database,
  { repositoryId, forkId }: { repositoryId: number; forkId: number },
  inside: Pick<
    ForkTable,
    'default_branch' | 'releases' | 'threads' | 'outside_contributors' | 'branches'
  >,
): Promise<void> {
  await changeForks(db, repositoryId, [forkId], {
    ...inside,
    heads_of: sql<Date>`coalesce(pushed_at, created_at)`,
    problem: null,
  })
}

/** GitHub shows them no more. What they were stays known. */
export async function markGone(
  db: Database,
  repositoryId: number,
  { ids, at }: { ids: readonly number[]; at: Date },
): Promise<void> {
  await changeForks(db, repositoryId, ids, { gone_at: at })
}

/** What is now known of some forks alike. */
export async function changeForks(
  db: Database,
  repositoryId: number,
  ids: readonly number[],
  change: UpdateObject<Tables, 'forks'>,
): Promise<void> {
  if (ids.length === 0) return
  await db
    .updateTable('forks')
    .set(change)
    .where('repository_id', '=', repositoryId)
    .where('fork_id', 'in', [...ids])
    .execute()
}

/** How deep in the network these are; those that are unknown are missing. */
export async function depthsOf(
  db: Database,
  repositoryId: number,
  ids: readonly number[],
): Promise<Map<number, number>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('forks')
    .select(['fork_id', 'depth'])
    .where('repository_id', '=', repositoryId)
    .where('fork_id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ fork_id, depth }) => [fork_id, depth]))
}

/** Forks that GitHub shows. */
export const livingForks = (db: Database, repositoryId: number) =>
  db.selectFrom('forks').where('repository_id', '=', repositoryId).where('gone_at', 'is', null)
