import { type SqlBool, sql } from 'kysely'
import type { Activity } from '../metrics/history.ts'
import type { Database } from './database.ts'
import type { Doer, People } from './people.ts'

/** Facts that were not taken back, each with its doer: the author of a merged commit is the pull request's. */
export function factRows(db: Database, repositoryId: number) {
  return db
    .selectFrom('facts')
    .leftJoin('retractions', (join) =>
      join
        .onRef('retractions.repository_id', '=', 'facts.repository_id')
        .onRef('retractions.kind', '=', 'facts.kind')
        .onRef('retractions.key', '=', 'facts.key'),
    )
    .leftJoin('signatures', 'signatures.hash', 'facts.signature')
    .leftJoin('threads as merged', (join) =>
      join
        .onRef('merged.repository_id', '=', 'facts.repository_id')
        .onRef('merged.merge_sha', '=', 'facts.key')
        .on('facts.kind', '=', 'commit.authored'),
    )
    .leftJoinLateral(
      (from) =>
        from
          .selectFrom('accounts')
          .select('accounts.id')
          .where(sql<SqlBool>`lower(accounts.login) = lower(signatures.login)`)
          .orderBy('accounts.seen_at', 'desc')
          .limit(1)
          .as('linked'),
      (join) => join.onTrue(),
    )
    .where('facts.repository_id', '=', repositoryId)
    .where('retractions.key', 'is', null)
    .select([
      'facts.kind',
      'facts.key',
      'facts.occurred_at',
      'facts.thread',
      'facts.detail',
      'facts.signature',
      'signatures.human',
      sql<
        number | null
      >`coalesce(facts.account_id, merged.author_id, signatures.account_id, linked.id)`.as(
        'doer_id',
      ),
    ])
}

export type FactRow = Awaited<ReturnType<ReturnType<typeof factRows>['execute']>>[number]

/** The same person whether an account or only a signature is known. */
export const doerOf = (row: FactRow): Doer => ({
  accountId: row.doer_id,
  signature: row.signature,
  human: row.human,
  agent: row.detail.agent ?? null,
})

export function toActivity(row: FactRow, people: People): Activity {
  const person = people.person(doerOf(row))
  return {
    kind: row.kind,
    occurredAt: row.occurred_at,
    person,
    outside: people.isOutside(person, row.occurred_at),
    thread: row.thread,
    fullName: row.detail.fullName ?? null,
  }
}
