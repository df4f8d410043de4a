import { sql } from 'kysely'
import type { Database } from './database.ts'

interface Allowance {
  resource: 'core' | 'graphql'
  allowed: number
  remaining: number
  resetsAt: Date
}

interface Pause {
  until: Date
  reason: string
  strikes: number
}

interface Spending {
  installationId: number
  repositoryId: number | null
  purpose: string
}

/** The governor's book in the database: all processes of an installation share it, and a restart forgets nothing. */
export function budgetBook(db: Database) {
  return {
    read: async (installationId: number) => {
      const [pause, rows] = await Promise.all([
        db
          .selectFrom('api_pauses')
          .select(['until', 'reason', 'strikes'])
          .where('installation_id', '=', installationId)
          .executeTakeFirst(),
        db
          .selectFrom('api_budgets')
          .selectAll()
          .where('installation_id', '=', installationId)
          .execute(),
      ])
      return {
        pause: pause ?? null,
        allowances: rows.map(({ resource, allowed, remaining, resets_at }) => ({
          resource,
          allowed,
          remaining,
          resetsAt: resets_at,
        })),
      }
    },

    keepAllowance: async (installationId: number, allowance: Allowance, at: Date) => {
      const { resource, allowed, remaining, resetsAt } = allowance
      const row = { allowed, remaining, resets_at: resetsAt, seen_at: at }
      await db
        .insertInto('api_budgets')
        .values({ installation_id: installationId, resource, ...row })
        // Answers overtake each other: of one hour the least that was left is true.
        .onConflict((conflict) =>
          conflict
            .columns(['installation_id', 'resource'])
            .doUpdateSet(row)
            .where(
              sql<boolean>`excluded.resets_at > api_budgets.resets_at + interval '5 seconds'
                or api_budgets.resets_at <= excluded.seen_at
                or excluded.remaining < api_budgets.remaining`,
            ),
        )
        .execute()
    },

    pause: async (installationId: number, pause: Pause) => {
      await db
        .insertInto('api_pauses')
        .values({ installation_id: installationId, ...pause })
        .onConflict((conflict) => conflict.column('installation_id').doUpdateSet(pause))
        .execute()
    },

    forgive: async (installationId: number) => {
      await db.deleteFrom('api_pauses').where('installation_id', '=', installationId).execute()
    },

    addCost: async (spending: Spending, cost: { points: number; requests: number }, at: Date) => {
      const { installationId, repositoryId, purpose } = spending
      const { points, requests } = cost
      await db
        .insertInto('api_costs')
        .values({
          installation_id: installationId,
          repository_id: repositoryId ?? 0,
          purpose,
          day: new Date(`${at.toISOString().slice(0, 10)}T00:00:00Z`),
          points,
          requests,
        })
        .onConflict((conflict) =>
          conflict.columns(['installation_id', 'repository_id', 'purpose', 'day']).doUpdateSet({
            points: sql<number>`api_costs.points + ${points}`,
            requests: sql<number>`api_costs.requests + ${requests}`,
          }),
        )
        .execute()
    },
  }
}

export interface ApiCost {
  purpose: string
  points: number
  requests: number
}

/** What requests for a repository, or for all, cost since a day, by purpose, the dearest first. */
export async function apiCosts(
  db: Database,
  { repositoryId, since }: { repositoryId: number | null; since: Date },
): Promise<ApiCost[]> {
  return await db
    .selectFrom('api_costs')
    .where('day', '>=', since)
    .$if(repositoryId !== null, (query) => query.where('repository_id', '=', repositoryId ?? 0))
    .groupBy('purpose')
    .select([
      'purpose',
      sql<number>`sum(points)::int`.as('points'),
      sql<number>`sum(requests)::int`.as('requests'),
    ])
    .orderBy(sql`sum(points) + sum(requests)`, 'desc')
    .orderBy('purpose')
    .execute()
}

/** Installations that GitHub keeps waiting, and what each has left, for `/health` and `doctor`. */
export async function apiAllowances(db: Database, at: Date) {
  const left = await db
    .selectFrom('api_budgets')
    .select(['installation_id', 'resource', 'allowed', 'remaining', 'resets_at'])
    .where('resets_at', '>', at)
    .orderBy('installation_id')
    .orderBy('resource')
    .execute()
  const paused = await db
    .selectFrom('api_pauses')
    .select(['installation_id', 'until', 'reason'])
    .where('until', '>', at)
    .orderBy('installation_id')
    .execute()
  return { left, paused }
}

/** Costs of longer ago are history. */
export async function purgeApiCosts(db: Database, before: Date): Promise<void> {
  await db.deleteFrom('api_costs').where('day', '<', before).execute()
}
