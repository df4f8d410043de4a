import { sql } from 'kysely'
import type { Member } from '../events/fact.ts'
import type { Activity } from '../metrics/history.ts'
import { type Database, everywhere } from './database.ts'
import type { Doer, People } from './people.ts'

/** Who did a fact by itself: the author of a merged commit is the pull request's. */
const member = sql<Member | null>`coalesce(
  'account:' || coalesce(facts.account_id, merged.author_id),
  'signature:' || facts.signature
)`
/** The person behind a fact of `factRows`. */
export const doerOfFact = sql<Member | null>`coalesce(here.person, anywhere.person, ${member})`

/** Facts that were not taken back, each with the person behind it as `settlePeople` last found. */
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
    .leftJoin('people as here', (join) =>
      join.onRef('here.repository_id', '=', 'facts.repository_id').on('here.member', '=', member),
    )
    .leftJoin('people as anywhere', (join) =>
      join.on('anywhere.repository_id', '=', everywhere).on('anywhere.member', '=', member),
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
      doerOfFact.as('doer'),
    ])
}

export type FactRow = Awaited<ReturnType<ReturnType<typeof factRows>['execute']>>[number]

export const doerOf = (row: FactRow): Doer => ({
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
