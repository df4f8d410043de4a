import { createHash, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Window } from '../metrics/window.ts'
import type { Database } from './database.ts'
import { type Basis, basisOf, type Measures } from './week-measures.ts'

/** Some repositories in a week, for the one that tells of all of them. */
export interface OrganizationWeek {
  /** the one that tells */
  repositoryId: number
  week: Window
  /** what each repository's numbers depend on besides what was recorded */
  told: readonly { id: number; basis: Basis }[]
}

const Kept = z.record(z.string(), z.number().nullable())

/**
 * What several repositories were measured as together in a week that is over:
 * measured once, and then kept until something is recorded of one of them that
 * could change it, see `forgetWeeksSince`.
 *
 * No transaction spans the measuring, which reads each of them. The place is
 * taken before, and whatever is rolled up meanwhile clears it: then these
 * numbers are used once and not kept.
 */
export async function organizationWeek<Name extends string>(
  db: Database,
  asked: OrganizationWeek,
  measure: () => Promise<Measures<Name>>,
): Promise<Measures<Name>> {
  const basis = basisOfAll(asked)
  const row = await rowOf(db, asked)
    .where('basis', '=', basis)
    .where('measures', 'is not', null)
    .executeTakeFirst()
  // as: on the same basis the same numbers were measured
  if (row !== undefined) return Kept.parse(row.measures) as Measures<Name>
  const token = await takePlace(db, asked)
  const measures = await measure()
  await db
    .updateTable('organization_weeks')
    .set({ basis, measures: sql<object>`${JSON.stringify(measures)}::jsonb` })
    .where('repository_id', '=', asked.repositoryId)
    .where('basis', '=', token)
    .execute()
  return measures
}

function rowOf(db: Database, { repositoryId, week }: OrganizationWeek) {
  return db
    .selectFrom('organization_weeks')
    .select('measures')
    .where('repository_id', '=', repositoryId)
    .where('week_from', '=', week.from)
    .where('week_to', '=', week.to)
}

async function takePlace(db: Database, { repositoryId, week, told }: OrganizationWeek) {
  const token = randomUUID()
  const ids = told.map(({ id }) => id)
  const place = { told: sql<number[]>`${ids}::bigint[]`, basis: token, measures: null }
  await db
    .insertInto('organization_weeks')
    .values({ repository_id: repositoryId, week_from: week.from, week_to: week.to, ...place })
    .onConflict((conflict) =>
      conflict.columns(['repository_id', 'week_from', 'week_to']).doUpdateSet(place),
    )
    .execute()
  return token
}

function basisOfAll({ week, told }: OrganizationWeek): string {
  const sorted = told.toSorted((a, b) => a.id - b.id)
  const parts = sorted.map(({ id, basis }) => `${id} ${basisOf(week, basis)}`)
  return createHash('sha256').update(parts.join('\n')).digest('hex')
}
