import { sql } from 'kysely'
import { type AreaReviewer, type ContributorHistory, creditedKinds } from '../metrics/history.ts'
import type { Database, ThreadTable } from './database.ts'
import { factRows, memberOfFact } from './facts.ts'
import { loadPeople, type PeopleOverrides } from './people.ts'
import { accountIdsAmong, accountMember, personMembers, signaturesAmong } from './person-members.ts'

/** One thread as last seen, or null when nothing was heard of it. */
export async function threadOf(
  db: Database,
  repositoryId: number,
  number: number,
): Promise<ThreadTable | null> {
  const row = await db
    .selectFrom('threads')
    .selectAll()
    .where('repository_id', '=', repositoryId)
    .where('number', '=', number)
    .executeTakeFirst()
  return row ?? null
}

/** What a person did here before one of their pull requests was opened, whatever they signed with, and whether they are outside. */
export async function contributorHistory(
  db: Database,
  request: {
    repositoryId: number
    accountId: number
    before: { number: number; createdAt: Date }
    overrides: PeopleOverrides
  },
): Promise<{ history: ContributorHistory; outside: boolean } | null> {
  const { repositoryId, accountId, before, overrides } = request
  const author = accountMember(accountId)
  const people = await loadPeople(db, repositoryId, [author], overrides)
  const person = people.person({ member: author, human: null, agent: null })
  if (person === null) return null
  const { members } = await personMembers(db, repositoryId, author)
  const accountIds = accountIdsAmong(members)
  const threads = await db
    .selectFrom('threads')
    .leftJoin('footprints', (join) =>
      join
        .onRef('footprints.repository_id', '=', 'threads.repository_id')
        .onRef('footprints.number', '=', 'threads.number'),
    )
    .where('threads.repository_id', '=', repositoryId)
    .where('threads.author_id', 'in', accountIds)
    .where('threads.number', '!=', before.number)
    .where('threads.created_at', '<=', before.createdAt)
    .orderBy('threads.created_at')
    .select(['threads.number', 'threads.type', 'threads.merged_at', 'footprints.areas'])
    .execute()
  const span = await factRows(db, repositoryId)
    .clearSelect()
    .where(
      sql<boolean>`(
        facts.account_id = any(${accountIds}::bigint[])
        or facts.signature = any(${signaturesAmong(members)}::text[])
      )`,
    )
    .where(sql<boolean>`${memberOfFact} = any(${members}::text[])`)
    .where('facts.kind', 'in', [...creditedKinds])
    .where('facts.occurred_at', '<', before.createdAt)
    .select([
      sql<Date | null>`min(facts.occurred_at)`.as('first_at'),
      sql<Date | null>`max(facts.occurred_at)`.as('last_at'),
    ])
    .executeTakeFirstOrThrow()
  const pulls = threads.filter(({ type }) => type === 'pull_request')
  return {
    outside: people.isOutside(person, before.createdAt),
    history: {
      person,
      merged: pulls
        .flatMap(({ number, merged_at, areas }) =>
          merged_at === null ? [] : [{ number, mergedAt: merged_at, areas: areas ?? [] }],
        )
        .sort((a, b) => a.mergedAt.getTime() - b.mergedAt.getTime()),
      opened: pulls.length,
      reported: threads.filter(({ type }) => type === 'issue').map(({ number }) => number),
      firstAt: span.first_at,
      lastAt: span.last_at,
    },
  }
}

/** Who of the repository's own reviewed pull requests in these areas since an instant, most reviews first. */
export async function areaReviewers(
  db: Database,
  request: {
    repositoryId: number
    areas: readonly string[]
    since: Date
    overrides: PeopleOverrides
  },
): Promise<AreaReviewer[]> {
  if (request.areas.length === 0) return []
  const rows = await db
    .selectFrom('footprints')
    .innerJoin('facts', (join) =>
      join
        .onRef('facts.repository_id', '=', 'footprints.repository_id')
        .onRef('facts.thread', '=', 'footprints.number'),
    )
    .innerJoin('threads', (join) =>
      join
        .onRef('threads.repository_id', '=', 'footprints.repository_id')
        .onRef('threads.number', '=', 'footprints.number'),
    )
    .crossJoinLateral(() =>
      sql<{ area: string }>`jsonb_array_elements_text(footprints.areas)`.as<'area'>(
        sql`area(area)`,
      ),
    )
    .where('footprints.repository_id', '=', request.repositoryId)
    .where('facts.kind', '=', 'pull_request_review.submitted')
    .where('facts.occurred_at', '>=', request.since)
    .where('area.area', 'in', [...request.areas])
    .whereRef('facts.account_id', 'is distinct from', 'threads.author_id')
    .where('facts.account_id', 'is not', null)
    .groupBy(['area.area', 'facts.account_id'])
    .select((select) => [
      'area.area',
      'facts.account_id',
      select.fn.count<number>('footprints.number').distinct().as('reviews'),
      select.fn.max('facts.occurred_at').as('last_at'),
    ])
    .execute()
  const reviewer = (id: number | null) => (id === null ? null : accountMember(id))
  const people = await loadPeople(
    db,
    request.repositoryId,
    rows.map(({ account_id }) => reviewer(account_id)),
    request.overrides,
  )
  // Somebody with two accounts is one reviewer.
  const found = new Map<string, AreaReviewer>()
  for (const { area, account_id, reviews, last_at } of rows) {
    const person = people.person({ member: reviewer(account_id), human: null, agent: null })
    if (person === null || person.login === null || person.hidden) continue
    // An outsider's review is welcome, but nobody should be told to wait for it.
    if (person.group !== 'human' || people.isOutside(person, last_at)) continue
    const { login } = person
    const key = `${area}\n${login}`
    const others = found.get(key)?.reviews ?? 0
    found.set(key, { area, login, reviews: others + Number(reviews) })
  }
  return [...found.values()].sort((a, b) => b.reviews - a.reviews || (a.login < b.login ? -1 : 1))
}

/** Keeps what GitHub said a pull request changes; the later reading wins. */
export async function keepFootprint(
  db: Database,
  footprint: { repositoryId: number; number: number; areas: readonly string[]; readAt: Date },
): Promise<void> {
  const row = {
    areas: sql<string[]>`${JSON.stringify(footprint.areas)}::jsonb`,
    read_at: footprint.readAt,
  }
  await db
    .insertInto('footprints')
    .values({ repository_id: footprint.repositoryId, number: footprint.number, ...row })
    .onConflict((conflict) => conflict.columns(['repository_id', 'number']).doUpdateSet(row))
    .execute()
}

/** When the pull request's footprint was last read; null: never. */
export async function footprintReadAt(
  db: Database,
  repositoryId: number,
  number: number,
): Promise<{ readAt: Date; areas: string[] } | null> {
  const row = await db
    .selectFrom('footprints')
    .select(['read_at', 'areas'])
    .where('repository_id', '=', repositoryId)
    .where('number', '=', number)
    .executeTakeFirst()
  return row === undefined ? null : { readAt: row.read_at, areas: row.areas }
}

/** Whether the account's earlier issues and pull requests were read from GitHub. */
export async function isAuthorHistoryRead(db: Database, repositoryId: number, accountId: number) {
  const row = await db
    .selectFrom('author_histories')
    .select('read_at')
    .where('repository_id', '=', repositoryId)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row !== undefined
}

/** Those of these accounts whose earlier issues and pull requests were not. */
export async function authorsNotRead(
  db: Database,
  repositoryId: number,
  accountIds: readonly number[],
): Promise<Set<number>> {
  const rows = await db
    .selectFrom('author_histories')
    .select('account_id')
    .where('repository_id', '=', repositoryId)
    .where(sql<boolean>`account_id = any(${[...accountIds]}::bigint[])`)
    .execute()
  const read = new Set(rows.map(({ account_id }) => account_id))
  return new Set(accountIds.filter((id) => !read.has(id)))
}

export async function rememberAuthorHistory(
  db: Database,
  row: { repositoryId: number; accountId: number; at: Date },
): Promise<void> {
  await db
    .insertInto('author_histories')
    .values({ repository_id: row.repositoryId, account_id: row.accountId, read_at: row.at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Whether anything that an account did in a repository is known. */
export async function hasContributed(
  db: Database,
  repositoryId: number,
  accountId: number,
): Promise<boolean> {
  const members = (await personMembers(db, repositoryId, accountMember(accountId))).members
  const row = await db
    .selectFrom('facts')
    .select('key')
    .where('repository_id', '=', repositoryId)
    .where(
      sql<boolean>`(
        account_id = any(${accountIdsAmong(members)}::bigint[])
        or signature = any(${signaturesAmong(members)}::text[])
      )`,
    )
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** The account of that login here, as last seen; letter case does not matter. */
export async function accountNamed(db: Database, login: string) {
  const row = await db
    .selectFrom('accounts')
    .selectAll()
    .where(sql<boolean>`lower(login) = ${login.toLowerCase()}`)
    .orderBy('seen_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}
