import { sql } from 'kysely'
import type { Member } from '../events/fact.ts'
import { type Holding, type MergedMembers, mergeMembers } from '../people/merge-members.ts'
import { type Database, everywhere } from './database.ts'
import { accountIdsAmong } from './person-members.ts'

/** Any number will do that nothing else locks. */
const settling = 47_001
/** Members taken up together. */
const batchSize = 2_000

/**
 * Brings `people` up to date with the evidence. Whatever reads it calls this
 * first: recording only notes whose person may have changed, and here they and
 * all whom they share something with are worked out anew, so the cost follows
 * what is new. One at a time, so that nobody writes what an older state said.
 */
export async function settlePeople(db: Database): Promise<void> {
  const waiting = await db.selectFrom('unsettled_members').select('id').limit(1).executeTakeFirst()
  if (waiting === undefined) return
  if (db.isTransaction) await settle(db)
  else await db.transaction().execute(settle)
}

/** Everybody is worked out anew by whoever reads next: what was derived once must not stay wrong for ever. */
export async function unsettleEverybody(db: Database): Promise<void> {
  await sql`insert into unsettled_members (member) select distinct member from evidence`.execute(db)
}

/** Keeps people as they are settled until the transaction ends. */
export async function holdSettled(db: Database): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${settling})`.execute(db)
}

async function settle(db: Database): Promise<void> {
  await sql`select pg_advisory_xact_lock(${settling})`.execute(db)
  const taken = await db.deleteFrom('unsettled_members').returning('member').execute()
  const members = [...new Set(taken.map(({ member }) => member))]
  for (let start = 0; start < members.length; start += batchSize) {
    const some = members.slice(start, start + batchSize)
    const touched = await derive(db, everywhere, some)
    for (const repositoryId of await repositoriesOf(db, touched)) {
      await derive(db, repositoryId, touched)
    }
  }
}

/**
 * Who is one person with these members, in a repository or everywhere. Rows are
 * there for whoever is reached from evidence of that place, and nobody else.
 * @returns all whom that was decided for, and who was one person with them before
 */
async function derive(
  db: Database,
  repositoryId: number,
  members: readonly Member[],
): Promise<Member[]> {
  const before = await formerCompanions(db, repositoryId, members)
  const concerned = [...new Set([...members, ...before])]
  const holders = await holdersAmong(db, repositoryId, concerned)
  const { holdings, reached } = await evidenceAround(db, repositoryId, holders)
  const decided = [...new Set([...concerned, ...reached])]
  const people = mergeMembers(holdings, await refusalsAmong(db, reached))
  const rows = people
    // In a repository, single people are kept apart from those whom they are one with elsewhere.
    .filter((person) => repositoryId !== everywhere || person.members.length > 1)
    .flatMap((person) => person.members.map((member) => ({ member, person: personOf(person) })))
  await replace(db, { repositoryId, decided, rows })
  return decided
}

/** Only what is another than before is written: what is kept of these people stands as long as they do. */
async function replace(
  db: Database,
  {
    repositoryId,
    decided,
    rows,
  }: { repositoryId: number; decided: Member[]; rows: { member: Member; person: Member }[] },
): Promise<void> {
  const named = new Set(rows.map(({ member }) => member))
  const gone = decided.filter((member) => !named.has(member))
  await db
    .deleteFrom('people')
    .where('repository_id', '=', repositoryId)
    .where(sql<boolean>`member = any(${gone}::text[])`)
    .execute()
  for (let start = 0; start < rows.length; start += batchSize) {
    const some = rows.slice(start, start + batchSize)
    await db
      .insertInto('people')
      .values(some.map((row) => ({ repository_id: repositoryId, ...row })))
      .onConflict((conflict) =>
        conflict
          .columns(['repository_id', 'member'])
          .doUpdateSet({ person: sql`excluded.person` })
          .whereRef('people.person', '<>', sql`excluded.person`),
      )
      .execute()
  }
}

/** The oldest account, or a signature where no account is known. */
function personOf({ members }: MergedMembers<Member>): Member {
  const accounts = members.filter((member) => member.startsWith('account:'))
  const [person] = accounts.sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
  return person ?? (members[0] as Member) // as: a person has one at least
}

async function formerCompanions(
  db: Database,
  repositoryId: number,
  members: readonly Member[],
): Promise<Member[]> {
  const rows = await db
    .selectFrom('people as own')
    .innerJoin('people as other', (join) =>
      join
        .onRef('other.person', '=', 'own.person')
        .onRef('other.repository_id', '=', 'own.repository_id'),
    )
    .where('own.repository_id', '=', repositoryId)
    .where(sql<boolean>`own.member = any(${[...members]}::text[])`)
    .select('other.member')
    .distinct()
    .execute()
  return rows.map(({ member }) => member)
}

/** Those of these members that hold something in a repository or everywhere, or are called as somebody there. */
async function holdersAmong(
  db: Database,
  repositoryId: number,
  members: readonly Member[],
): Promise<Member[]> {
  const { rows } = await sql<{ member: Member }>`
    -- materialised: by the repository first, a database without statistics would read all of its evidence
    with held as materialized (${heldBy(members)})
    select distinct member from held where repository_id = ${repositoryId}`.execute(db)
  return rows.map(({ member }) => member)
}

/** Repositories that know something of their own about these members, or did. */
async function repositoriesOf(db: Database, members: readonly Member[]): Promise<number[]> {
  const { rows } = await sql<{ repository_id: number }>`
    select repository_id from (${heldBy(members)}) as held
    union
    select repository_id from people where member = any(${[...members]}::text[])
    order by repository_id`.execute(db)
  return rows.map(({ repository_id }) => repository_id).filter((id) => id !== everywhere)
}

const heldBy = (members: readonly Member[]) => sql`
  select member, repository_id
  from evidence
  where member = any(${[...members]}::text[]) and by <> 'local-part'
  union all
  select 'account:' || accounts.id, evidence.repository_id
  from accounts
  join evidence on evidence.value = lower(accounts.login) and evidence.by = 'login'
  where accounts.id = any(${accountIdsAmong(members)}::bigint[])
  union all
  -- What they hold everywhere may join them to somebody who holds the same in one repository.
  select other.member, other.repository_id
  from evidence as own
  join evidence as other on other.value = own.value and other.by = own.by
  where own.member = any(${[...members]}::text[]) and own.repository_id = ${everywhere}
    and other.repository_id <> ${everywhere} and own.by <> 'local-part'
  union all
  select evidence.member, evidence.repository_id
  from evidence
  where evidence.by = 'account' and evidence.repository_id <> ${everywhere}
    and evidence.value = any(${accountIdsAmong(members).map(String)}::text[])`

/** All that could join these members to anybody, in a repository or everywhere, and everybody whom that reaches. */
export async function evidenceAround(
  db: Database,
  repositoryId: number,
  members: readonly Member[],
): Promise<{ holdings: Holding<Member>[]; reached: Member[] }> {
  const reached = await reachedFrom(db, repositoryId, members)
  const scopes = [everywhere, repositoryId]
  const { rows: holdings } = await sql<Holding<Member>>`
    select distinct member, by, value
    from evidence
    left join signatures on member = 'signature:' || signatures.hash
    where member = any(${reached}::text[])
      and repository_id = any(${scopes}::bigint[])
      and by <> 'local-part'
      -- What a tool is called, it may share with a person.
      and (signatures.human is distinct from false or by not in ('name', 'mailmap'))
    union
    select 'account:' || id, held.by, held.value
    from accounts
    cross join lateral (values ('account', id::text), ('login', lower(login))) as held (by, value)
    where id = any(${accountIdsAmong(reached)}::bigint[])`.execute(db)
  return { holdings, reached }
}

async function reachedFrom(
  db: Database,
  repositoryId: number,
  members: readonly Member[],
): Promise<Member[]> {
  const scopes = sql`any(${[everywhere, repositoryId]}::bigint[])`
  const { rows } = await sql<{ member: Member }>`
    with recursive reached (member) as (
      select unnest(${[...new Set(members)]}::text[])
      union
      select next.member
      from reached
      cross join lateral (
        select other.member
        from evidence as own
        join evidence as other on other.value = own.value and other.by = own.by
        where own.member = reached.member and own.by <> 'local-part'
          and own.repository_id = ${scopes} and other.repository_id = ${scopes}
        union all
        select 'account:' || accounts.id
        from evidence as own
        join accounts on lower(accounts.login) = own.value
        where own.member = reached.member and own.by = 'login' and own.repository_id = ${scopes}
        union all
        select other.member
        from accounts
        join evidence as other on other.value = lower(accounts.login) and other.by = 'login'
        where accounts.id = case
            when reached.member like 'account:%' then substr(reached.member, 9)::bigint
          end
          and other.repository_id = ${scopes}
      ) as next
    )
    select member from reached order by member`.execute(db)
  return rows.map(({ member }) => member)
}

async function refusalsAmong(db: Database, members: readonly Member[]) {
  const among = sql`any(${[...members]}::text[])`
  const rows = await db
    .selectFrom('refusals')
    .select(['one', 'other'])
    .where(sql<boolean>`one = ${among} and other = ${among}`)
    .execute()
  return rows.map(({ one, other }) => [one, other] as const)
}
