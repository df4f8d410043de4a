import { sql } from 'kysely'
import type { Member } from '../events/fact.ts'
import { type Activity, creditedKinds } from '../metrics/history.ts'
import type { Database } from './database.ts'
import type { Doer, People } from './people.ts'

/** Who did a fact: the author of a merged commit is the pull request's. */
export const memberOfFact = sql<Member | null>`coalesce(
  'account:' || coalesce(facts.account_id, merged.author_id),
  'signature:' || facts.signature
)`

/** Facts that were not taken back. */
export function factRows(db: Database, repositoryId: number) {
  return (
    db
      .selectFrom('facts')
      .leftJoin('retractions', (join) =>
        join
          .onRef('retractions.repository_id', '=', 'facts.repository_id')
          .onRef('retractions.kind', '=', 'facts.kind')
          .onRef('retractions.key', '=', 'facts.key'),
      )
      .leftJoin('signatures', 'signatures.hash', 'facts.signature')
      // One by one, or the database would go through all threads for the few commits of a week.
      .leftJoinLateral(
        (from) =>
          from
            .selectFrom('threads')
            .select('author_id')
            .whereRef('threads.repository_id', '=', 'facts.repository_id')
            .whereRef('threads.merge_sha', '=', 'facts.key')
            .where(sql<boolean>`facts.kind = 'commit.authored' and facts.account_id is null`)
            .orderBy('number')
            .limit(1)
            .as('merged'),
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
        memberOfFact.as('doer'),
      ])
  )
}

/** Those of `factRows` that somebody is credited with. Agents leave their name, and no member. */
export function creditedRows(db: Database, repositoryId: number) {
  return factRows(db, repositoryId)
    .clearSelect()
    .where('facts.kind', 'in', [...creditedKinds])
    .where(sql<boolean>`not (facts.detail ? 'agent')`)
    .where(sql<boolean>`${memberOfFact} is not null`)
}

export type FactRow = Awaited<ReturnType<ReturnType<typeof factRows>['execute']>>[number]

const doerOf = (row: FactRow): Doer => ({
  member: row.doer,
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
