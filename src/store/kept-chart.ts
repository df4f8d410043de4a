import { sql } from 'kysely'
import type { Database } from './database.ts'
import { publicRepositoryNamed } from './public-repository.ts'

export interface ChartRequest {
  owner: string
  name: string
  chart: string
  /** `2026-W47`; null: the latest that has the chart */
  week: string | null
}

/**
 * A chart as the digest of its week drew it, as it was kept: plain JSON. Null
 * when there is none, or not everybody may see the repository.
 */
export async function keptChart(
  db: Database,
  { owner, name, chart, week }: ChartRequest,
): Promise<unknown> {
  const drawn = sql<object>`jsonb_path_query_first(content, '$.charts[*] ? (@.name == $name)', ${JSON.stringify({ name: chart })}::jsonb)`
  const row = await db
    .selectFrom('digests')
    .select(drawn.as('drawn'))
    .where('repository_id', '=', publicRepositoryNamed(db, owner, name))
    .where(sql<boolean>`${drawn} is not null`)
    .$if(week !== null, (digests) => digests.where('week', '=', week ?? ''))
    .orderBy('week', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.drawn ?? null
}
