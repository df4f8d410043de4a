import { sql } from 'kysely'
import type { Database } from './database.ts'

/** What a publication is about: one row, so that two workers can never both be first. */
export interface PublicationKey {
  repositoryId: number
  /** `pull-request`, `digest`, `answer` */
  kind: string
  /** `812`, `2026-W47`, a comment's id, `discussion-` and the id of one in a discussion */
  key: string
}

export interface Lease {
  token: string
  /** null once: nothing was tried yet */
  attemptedAt: Date | null
  postedAt: Date | null
  goneAt: Date | null
  nonce: string
  githubId: number | null
  nodeId: string | null
  bodySha256: string | null
}

const one = (db: Database, { repositoryId, kind, key }: PublicationKey) =>
  db
    .updateTable('publications')
    .where('repository_id', '=', repositoryId)
    .where('kind', '=', kind)
    .where('key', '=', key)

/**
 * Takes the publication for one worker until `until`, or null while another
 * has it. The lease, not a transaction, spans the calls to GitHub: a
 * transaction would hold the embedded engine's only session.
 */
export async function leasePublication(
  db: Database,
  key: PublicationKey,
  lease: { token: string; nonce: string; thread: number | null; at: Date; until: Date },
): Promise<Lease | null> {
  await db
    .insertInto('publications')
    .values({
      repository_id: key.repositoryId,
      kind: key.kind,
      key: key.key,
      nonce: lease.nonce,
      thread: lease.thread,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row = await one(db, key)
    .set({ lease_token: lease.token, lease_until: lease.until })
    .where((where) =>
      where.or([where('lease_until', 'is', null), where('lease_until', '<=', lease.at)]),
    )
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) return null
  return {
    token: lease.token,
    attemptedAt: row.attempted_at,
    postedAt: row.posted_at,
    goneAt: row.gone_at,
    nonce: row.nonce,
    githubId: row.github_id,
    nodeId: row.node_id,
    bodySha256: row.body_sha256,
  }
}

/**
 * Asked right before each write: false when the lease was lost to another
 * worker. `attemptedAt` is set before something is created, and stays when the
 * answer is lost.
 */
export async function extendLease(
  db: Database,
  key: PublicationKey,
  { token, until, attemptedAt }: { token: string; until: Date; attemptedAt: Date | null },
): Promise<boolean> {
  const result = await one(db, key)
    .set({ lease_until: until, ...(attemptedAt === null ? {} : { attempted_at: attemptedAt }) })
    .where('lease_token', '=', token)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Of a process that owns the database alone: whoever held a lease before is gone. */
export async function releaseAllLeases(db: Database): Promise<void> {
  await db.updateTable('publications').set({ lease_token: null, lease_until: null }).execute()
}

export async function releaseLease(db: Database, key: PublicationKey, token: string) {
  await one(db, key)
    .set({ lease_token: null, lease_until: null })
    .where('lease_token', '=', token)
    .execute()
}

/** GitHub has it: remembered with the lease given back. */
export async function rememberPublication(
  db: Database,
  key: PublicationKey,
  posted: {
    githubId: number
    nodeId: string | null
    thread: number | null
    bodySha256: string
    nonce: string
    at: Date
  },
): Promise<void> {
  await one(db, key)
    .set({
      github_id: posted.githubId,
      node_id: posted.nodeId,
      thread: posted.thread,
      body_sha256: posted.bodySha256,
      nonce: posted.nonce,
      posted_at: sql<Date>`coalesce(posted_at, ${posted.at})`,
      updated_at: posted.at,
      lease_token: null,
      lease_until: null,
    })
    .execute()
}

/** A person deleted it. It stays deleted. */
export async function forgetPublication(db: Database, key: PublicationKey, at: Date) {
  await one(db, key).set({ gone_at: at, lease_token: null, lease_until: null }).execute()
}

/** What was posted first of that kind before now, newest first. */
export async function publishedBefore(
  db: Database,
  { repositoryId, kind, key }: PublicationKey,
): Promise<{ key: string; thread: number | null; githubId: number | null }[]> {
  const rows = await db
    .selectFrom('publications')
    .select(['key', 'thread', 'github_id'])
    .where('repository_id', '=', repositoryId)
    .where('kind', '=', kind)
    .where('key', '<', key)
    .where('posted_at', 'is not', null)
    .where('gone_at', 'is', null)
    .orderBy('key', 'desc')
    .limit(5)
    .execute()
  return rows.map((row) => ({ key: row.key, thread: row.thread, githubId: row.github_id }))
}

/** How many new posts this repository got since an instant: the budget of a day. */
export async function postsSince(db: Database, repositoryId: number, since: Date): Promise<number> {
  const row = await db
    .selectFrom('publications')
    .select((select) => select.fn.countAll<number>().as('posts'))
    .where('repository_id', '=', repositoryId)
    .where('posted_at', '>=', since)
    .executeTakeFirstOrThrow()
  return Number(row.posts)
}

/** What GitHub knows a publication by; null when nothing was posted, or a person deleted it. */
export async function publishedAs(
  db: Database,
  key: PublicationKey,
): Promise<{ id: number; nodeId: string | null } | null> {
  const row = await db
    .selectFrom('publications')
    .select(['github_id', 'node_id'])
    .where('repository_id', '=', key.repositoryId)
    .where('kind', '=', key.kind)
    .where('key', '=', key.key)
    .where('gone_at', 'is', null)
    .executeTakeFirst()
  return row?.github_id == null ? null : { id: row.github_id, nodeId: row.node_id }
}

/** Pull requests of an account, in any repository, under which a comment of ours stands or is being written. */
export async function commentedThreadsOf(
  db: Database,
  accountId: number,
): Promise<{ repositoryId: number; number: number }[]> {
  const rows = await db
    .selectFrom('threads')
    .select(['threads.repository_id', 'threads.number'])
    .where('threads.author_id', '=', accountId)
    .where('threads.type', '=', 'pull_request')
    .where(({ or, exists, selectFrom }) =>
      or([
        exists(
          selectFrom('publications')
            .select('publications.key')
            .whereRef('publications.repository_id', '=', 'threads.repository_id')
            .where('publications.kind', '=', 'pull-request')
            .where(sql<boolean>`publications.key = threads.number::text`)
            .where('publications.gone_at', 'is', null),
        ),
        exists(
          selectFrom('work')
            .select('work.key')
            .where('work.job', '=', 'summarise-pull-request')
            .where(sql<boolean>`work.key = threads.repository_id || '/' || threads.number`)
            .where(sql<boolean>`work.done_version < work.version`),
        ),
      ]),
    )
    .execute()
  return rows.map(({ repository_id, number }) => ({ repositoryId: repository_id, number }))
}

/** What was withdrawn at or after an instant may be posted anew. */
export async function revivePublication(
  db: Database,
  key: PublicationKey,
  goneSince: Date,
): Promise<void> {
  await one(db, key)
    .set({
      ...{ github_id: null, node_id: null, body_sha256: null },
      ...{ attempted_at: null, posted_at: null, gone_at: null },
    })
    .where('gone_at', '>=', goneSince)
    .execute()
}
