import { sql } from 'kysely'
import type { Fact, Recording } from '../events/fact.ts'
import { combined, recording } from '../events/recording.ts'
import type { Database } from './database.ts'
import { record } from './record.ts'

/**
 * Records what events of an archive tell, in the caller's transaction. Recorded
 * again, they tell nothing new. A repository as an event shows it gives its
 * counts of that day; what it is called now is for newer payloads to say.
 *
 * @param told one recording an event
 * @returns for each event whether any of its facts was new
 */
export async function recordArchived(db: Database, told: readonly Recording[]): Promise<boolean[]> {
  const facts = told.flatMap((one) => one.facts)
  const known = await knownFacts(db, facts)
  const copies = await copiesOfStars(db, facts)
  const seen = new Set<string>()
  const isNew = told.map((one) => {
    const fresh = one.facts
      .filter((fact) => !copies.has(fact))
      .map(nameOf)
      .filter((name) => !known.has(name) && !seen.has(name))
    for (const name of fresh) seen.add(name)
    return fresh.length > 0
  })
  await record(db, {
    ...combined(told),
    facts: facts.filter((fact) => !copies.has(fact)),
    repositories: [],
  })
  await recordCounts(
    db,
    told.flatMap(({ repositories }) => repositories),
  )
  return isNew
}

const nameOf = ({ repositoryId, kind, key }: Pick<Fact, 'repositoryId' | 'kind' | 'key'>) =>
  `${repositoryId} ${kind} ${key}`

async function knownFacts(db: Database, facts: readonly Fact[]): Promise<Set<string>> {
  const { rows } = await sql<{ repositoryId: number; kind: Fact['kind']; key: string }>`
    select facts.repository_id as "repositoryId", facts.kind, facts.key
    from unnest(
      ${facts.map(({ repositoryId }) => repositoryId)}::bigint[],
      ${facts.map(({ kind }) => kind)}::text[],
      ${facts.map(({ key }) => key)}::text[]
    ) as told (repository_id, kind, key)
    join facts on facts.repository_id = told.repository_id
      and facts.kind = told.kind and facts.key = told.key`.execute(db)
  return new Set(rows.map(nameOf))
}

/**
 * Stars that a webhook told of. It names the exact instant, which is the key,
 * and an archive has one up to four seconds later; nobody stars one repository
 * twice in a minute.
 */
async function copiesOfStars(db: Database, facts: readonly Fact[]): Promise<Set<Fact>> {
  const stars = facts.filter(({ kind }) => kind === 'star.created')
  const { rows } = await sql<{ place: number }>`
    select told.place::int as place
    from unnest(
      ${stars.map(({ repositoryId }) => repositoryId)}::bigint[],
      ${stars.map(({ accountId }) => accountId)}::bigint[],
      ${stars.map(({ key }) => key)}::text[],
      ${stars.map(({ occurredAt }) => occurredAt.toISOString())}::timestamptz[]
    ) with ordinality as told (repository_id, account_id, key, occurred_at, place)
    where exists (
      select from facts
      where facts.repository_id = told.repository_id and facts.kind = 'star.created'
        and facts.account_id = told.account_id and facts.key <> told.key
        and facts.occurred_at between told.occurred_at - interval '1 minute'
          and told.occurred_at + interval '1 minute'
    )`.execute(db)
  return new Set(rows.flatMap(({ place }) => stars[place - 1] ?? []))
}

/** `record` makes a state that is not the latest one of its day's counts. */
async function recordCounts(db: Database, states: Recording['repositories']): Promise<void> {
  const seenAt = await statesSeenAt(db, states)
  const past = states.filter((state) => state.seenAt < (seenAt.get(state.id) ?? state.seenAt))
  const different = new Map(past.map((state) => [countsOf(state), state]))
  for (const state of different.values()) await record(db, recording({ repositories: [state] }))
}

const countsOf = ({ id, seenAt, stars, forks }: Recording['repositories'][number]) =>
  [id, seenAt.toISOString(), stars, forks].join(' ')

async function statesSeenAt(
  db: Database,
  states: Recording['repositories'],
): Promise<Map<number, Date>> {
  if (states.length === 0) return new Map()
  const rows = await db
    .selectFrom('repositories')
    .select(['id', 'seen_at'])
    .where('id', 'in', [...new Set(states.map(({ id }) => id))])
    .execute()
  return new Map(rows.map(({ id, seen_at }) => [id, seen_at]))
}
