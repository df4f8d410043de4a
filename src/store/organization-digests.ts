import { sql } from 'kysely'
import type { Database } from './database.ts'

/** Whether a week's (`2026-W47`) or a later week's digest of all repositories was ever promised here. */
export async function wasRollUpWanted(
  db: Database,
  repositoryId: number,
  { from }: { from: string },
): Promise<boolean> {
  const row = await db
    .selectFrom('work')
    .select('key')
    .where('job', '=', 'publish-roll-up')
    .where('key', 'like', `${repositoryId}/%`)
    .where(sql<boolean>`payload->>'week' >= ${from}`)
    .executeTakeFirst()
  return row !== undefined
}

/** Whether a digest of that week is on its way in any of these repositories. */
export async function isAnyDigestUnderWay(
  db: Database,
  repositoryIds: readonly number[],
  week: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('work')
    .select('key')
    .where('job', 'in', ['publish-digest', 'send-digest'])
    .where('failed_at', 'is', null)
    .whereRef('done_version', '<', 'version')
    .where(sql<boolean>`payload->>'week' = ${week}`)
    .where(sql<boolean>`(payload->>'repositoryId')::bigint = any(${[...repositoryIds]}::bigint[])`)
    .executeTakeFirst()
  return row !== undefined
}

/** The issue of the latest digest of all repositories that stands here; null: none does. */
export async function latestRollUp(
  db: Database,
  repositoryId: number,
  kind: string,
): Promise<{ number: number; postedAt: Date } | null> {
  const row = await db
    .selectFrom('publications')
    .select(['thread', 'posted_at'])
    .where('repository_id', '=', repositoryId)
    .where('kind', '=', kind)
    .where('posted_at', 'is not', null)
    .where('gone_at', 'is', null)
    .orderBy('posted_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row?.thread == null || row.posted_at === null) return null
  return { number: row.thread, postedAt: row.posted_at }
}

/** Where each repository's own digest of a week stands on GitHub, by repository. */
export async function digestUrls(
  db: Database,
  repositoryIds: readonly number[],
  week: string,
): Promise<Map<number, string>> {
  if (repositoryIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('sendings')
    .select(['repository_id', 'url'])
    .where('repository_id', 'in', repositoryIds)
    .where('week', '=', week)
    .where(sql<boolean>`(channel = 'issue' or channel like 'discussion:%')`)
    .where('url', 'is not', null)
    .orderBy('channel')
    .execute()
  return new Map(
    rows.flatMap(({ repository_id, url }) => (url === null ? [] : [[repository_id, url]])),
  )
}
