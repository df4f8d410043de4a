import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Completeness } from '../metrics/history.ts'
import type { Window } from '../metrics/window.ts'
import { earliest } from '../metrics/window.ts'
import type { Database } from './database.ts'

/** Numbers of one week by their names. */
export type Measures<Name extends string = string> = Record<Name, number | null>

const Measures = z.record(z.string(), z.number().nullable())

/** What numbers depend on besides what was recorded. */
export interface Basis {
  /** how they are measured, and what the configuration says of people */
  by: string
  isKnownFromBeginning: boolean
  completeness: Pick<Completeness, 'trackedSince' | 'backfilledTo'>
}

/** Numbers that were kept of these weeks and still hold; null for a week that is to be measured. */
export async function keptMeasures<Name extends string>(
  db: Database,
  request: { repositoryId: number; weeks: readonly Window[]; basis: Basis },
): Promise<(Measures<Name> | null)[]> {
  const { repositoryId, weeks, basis } = request
  const rows = await db
    .selectFrom('week_measures')
    .selectAll()
    .where('repository_id', '=', repositoryId)
    .where(
      sql<boolean>`week_from = any(${weeks.map(({ from }) => from.toISOString())}::timestamptz[])`,
    )
    .execute()
  return weeks.map((week) => {
    const kept = rows.find(
      (row) =>
        row.week_from.getTime() === week.from.getTime() &&
        row.week_to.getTime() === week.to.getTime() &&
        row.basis === basisOf(week, basis),
    )
    // as: on the same basis the same numbers were measured
    return kept === undefined ? null : (Measures.parse(kept.measures) as Measures<Name>)
  })
}

/** Only where nothing is stale, and in the transaction that makes sure of it; see `whenRolledUp`. */
export async function keepMeasures(
  db: Database,
  kept: { repositoryId: number; week: Window; basis: Basis; measures: Measures },
): Promise<void> {
  const { repositoryId, week, basis, measures } = kept
  const row = {
    basis: basisOf(week, basis),
    measures: sql<object>`${JSON.stringify(measures)}::jsonb`,
  }
  await db
    .insertInto('week_measures')
    .values({ repository_id: repositoryId, week_from: week.from, week_to: week.to, ...row })
    .onConflict((conflict) =>
      conflict.columns(['repository_id', 'week_from', 'week_to']).doUpdateSet(row),
    )
    .execute()
}

/** Weeks that end after any of these instants are to be measured anew. */
export async function forgetWeeksSince(
  db: Database,
  repositoryId: number,
  instants: readonly Date[],
): Promise<void> {
  if (instants.length === 0) return
  await db
    .deleteFrom('week_measures')
    .where('repository_id', '=', repositoryId)
    .where('week_to', '>', earliest(instants))
    .execute()
  // What it was measured as together with others goes, too.
  await db
    .deleteFrom('organization_weeks')
    .where(sql<boolean>`told @> array[${repositoryId}]::bigint[]`)
    .where('week_to', '>', earliest(instants))
    .execute()
}

/** How far back history is known matters to a week only as far as it reaches into it. */
export function basisOf(
  { from, to }: Window,
  { by, isKnownFromBeginning, completeness }: Basis,
): string {
  const within = (since: Date | null) =>
    since === null ? null : Math.min(Math.max(since.getTime(), from.getTime()), to.getTime())
  const { trackedSince, backfilledTo } = completeness
  const parts = [by, isKnownFromBeginning, within(trackedSince), within(backfilledTo)]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
