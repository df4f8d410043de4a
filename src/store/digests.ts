import { sql } from 'kysely'
import type { Database, DigestTable } from './database.ts'
import { publicRepositoryNamed } from './public-repository.ts'

/** A digest as it was published. */
export interface KeptDigest {
  /** `2026-W47` */
  week: string
  title: string
  /** as GitHub has it, without the marker */
  markdown: string
  /** what it was written from, for other places; plain JSON */
  content: object
  /** what had arrived until then is counted */
  countedAt: Date
}

/** Keeps a digest, or what it says now. */
export async function keepDigest(
  db: Database,
  repositoryId: number,
  digest: KeptDigest,
): Promise<void> {
  const said = {
    title: digest.title,
    markdown: digest.markdown,
    content: sql<object>`${JSON.stringify(digest.content)}::jsonb`,
    counted_at: digest.countedAt,
  }
  await db
    .insertInto('digests')
    .values({ repository_id: repositoryId, week: digest.week, ...said })
    .onConflict((conflict) => conflict.columns(['repository_id', 'week']).doUpdateSet(said))
    .execute()
}

/** Null when none was published for that week. */
export async function keptDigest(
  db: Database,
  repositoryId: number,
  week: string,
): Promise<KeptDigest | null> {
  const row = await db
    .selectFrom('digests')
    .selectAll()
    .where('repository_id', '=', repositoryId)
    .where('week', '=', week)
    .executeTakeFirst()
  return row === undefined ? null : toKept(row)
}

/** The newest first. */
export async function keptDigests(
  db: Database,
  repositoryId: number,
  limit: number,
): Promise<KeptDigest[]> {
  const rows = await db
    .selectFrom('digests')
    .selectAll()
    .where('repository_id', '=', repositoryId)
    .orderBy('week', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toKept)
}

export interface PublicDigest extends KeptDigest {
  /** on GitHub; null: it went elsewhere only */
  postedUrl: string | null
}

/** Digests of a repository that everybody may see, the newest first; null where not everybody may. */
export async function publicDigests(
  db: Database,
  { owner, name, limit }: { owner: string; name: string; limit: number },
): Promise<{
  repository: { id: number; fullName: string }
  trackedAt: Date
  digests: PublicDigest[]
} | null> {
  const repository = await db
    .selectFrom('repositories')
    .select(['id', 'owner_login', 'name', 'seen_at', 'tracked_at'])
    .where('id', '=', publicRepositoryNamed(db, owner, name))
    .executeTakeFirst()
  if (repository === undefined) return null
  const rows = await db
    .selectFrom('digests')
    .selectAll()
    .select((select) =>
      select
        .selectFrom('sendings')
        .select('url')
        .whereRef('sendings.repository_id', '=', 'digests.repository_id')
        .whereRef('sendings.week', '=', 'digests.week')
        .where('url', 'is not', null)
        .orderBy('channel', 'desc')
        .limit(1)
        .as('posted_url'),
    )
    .where('repository_id', '=', repository.id)
    .orderBy('week', 'desc')
    .limit(limit)
    .execute()
  return {
    repository: { id: repository.id, fullName: `${repository.owner_login}/${repository.name}` },
    trackedAt: repository.tracked_at ?? repository.seen_at,
    digests: rows.map((row) => ({ ...toKept(row), postedUrl: row.posted_url })),
  }
}

export async function eraseDigest(db: Database, repositoryId: number, week: string): Promise<void> {
  await db
    .deleteFrom('digests')
    .where('repository_id', '=', repositoryId)
    .where('week', '=', week)
    .execute()
}

/** Whether the digest of a week (`2026-W47`) or of a later one was ever promised. */
export async function wasDigestWanted(
  db: Database,
  repositoryId: number,
  { from }: { from: string },
): Promise<boolean> {
  const row = await db
    .selectFrom('work')
    .select('key')
    .where('job', '=', 'publish-digest')
    .where('key', 'like', `${repositoryId}/%`)
    .where(sql<boolean>`payload->>'week' >= ${from}`)
    .executeTakeFirst()
  return row !== undefined
}

/** Weeks whose digest holds this text, such as the address of somebody's profile. */
export async function digestsHolding(
  db: Database,
  text: string,
): Promise<{ repositoryId: number; week: string }[]> {
  const rows = await db
    .selectFrom('digests')
    .select(['repository_id', 'week'])
    .where(sql<boolean>`position(lower(${text}) in lower(markdown)) > 0`)
    .execute()
  return rows.map(({ repository_id, week }) => ({ repositoryId: repository_id, week }))
}

function toKept(row: DigestTable): KeptDigest {
  const { week, title, markdown, content, counted_at: countedAt } = row
  return { week, title, markdown, content, countedAt }
}
