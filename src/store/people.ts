import { sql } from 'kysely'
import { groupOf } from '../events/account-group.ts'
import type { Member } from '../events/fact.ts'
import type { Group, Person } from '../metrics/history.ts'
import { affiliationOf, type Organizations } from '../people/affiliation.ts'
import type { AccountTable, Database } from './database.ts'
import { accountIdsAmong, membersOf, personsOf, signaturesAmong } from './person-members.ts'
import { settlePeople } from './settle-people.ts'

/** What a repository's configuration says about people; logins in lower case. */
export interface PeopleOverrides {
  insiders: string[]
  bots: string[]
  ai: string[]
  humans: string[]
  hidden: string[]
  organizations: Organizations
}

/** Who did a fact, as far as the ledger knows. */
export interface Doer {
  /** null: nobody is known */
  member: Member | null
  /** false for signatures of tools; null where that is not known */
  human: boolean | null
  agent: string | null
}

/** Finds the person behind facts of one repository, and whether they were outside at an instant. */
export interface People {
  person(doer: Doer): Person | null
  isOutside(person: Person | null, at: Date): boolean
  standing(person: Person | null, at: Date): Standing
  /** everybody who is one with a person that was found here */
  members(person: Person): readonly Member[]
}

/** Whether somebody was inside, and what says so. */
export interface Standing {
  inside: boolean
  by: 'configuration' | 'GitHub' | 'nothing'
  /** when GitHub last called an account of theirs one of the repository's own; null: never */
  insideAt: Date | null
}

/** When an account was seen as one of the repository's own, or not, from the first time to the last. */
interface Span {
  firstAt: Date
  lastAt: Date
}

/** What says on which side somebody was. */
interface Seen {
  isInsider: boolean
  /** of each account that was seen */
  spans: { inside?: Span; outside?: Span }[]
  insideAt: Date | null
}

interface KnownPerson {
  /** the oldest first */
  accounts: AccountTable[]
  domains: string[]
  hidden: boolean
}

/**
 * Loads whoever is behind these members once; what follows needs no query.
 * Settles people first, so what is read of `people` after this is current.
 */
export async function loadPeople(
  db: Database,
  repositoryId: number,
  members: readonly (Member | null)[],
  overrides: PeopleOverrides,
): Promise<People> {
  await settlePeople(db)
  return await loadSettledPeople(db, repositoryId, members, overrides)
}

/** The same of people as they were settled last: for whoever holds them so, and waits for no one. */
export async function loadSettledPeople(
  db: Database,
  repositoryId: number,
  members: readonly (Member | null)[],
  overrides: PeopleOverrides,
): Promise<People> {
  const named = [...new Set(members)].filter((member) => member !== null)
  const persons = await personsOf(db, repositoryId, named)
  const companions = await membersOf(db, repositoryId, [...persons.values()])
  const everybody = [...companions.values()].flat()
  const known = await knownPeople(db, companions, overrides)
  const spans = await spansOf(db, repositoryId, accountIdsAmong(everybody))
  const found = new Map<string, Person>()

  function person({ member, human, agent }: Doer): Person | null {
    if (agent !== null) return agentCalled(agent)
    if (member === null) return null
    const id = persons.get(member) ?? member
    const before = found.get(id)
    if (before !== undefined) return before
    const { accounts, domains, hidden } = known.get(id) ?? nobodyKnown
    const made: Person = {
      id,
      login: accounts[0]?.login ?? null,
      group: groupAmong(accounts, overrides) ?? (human === false ? 'bot' : 'human'),
      hidden: hidden || accounts.some(({ login }) => has(overrides.hidden, login)),
      organization: affiliationOf(domains, overrides.organizations),
    }
    found.set(id, made)
    return made
  }

  const membersOfOne = (id: string) => companions.get(id as Member) ?? [] // as: made here, of a member
  const seenOf = once((id: string): Seen => {
    const { accounts } = known.get(id) ?? nobodyKnown
    const seen = accountIdsAmong(membersOfOne(id)).flatMap((account) => spans.get(account) ?? [])
    const times = seen.flatMap(({ inside }) => inside?.lastAt ?? [])
    return {
      isInsider: accounts.some(({ login }) => has(overrides.insiders, login)),
      spans: seen,
      insideAt: times.length === 0 ? null : new Date(Math.max(...times.map(Number))),
    }
  })

  function standing(who: Person | null, at: Date): Standing {
    const { isInsider, spans: own, insideAt } = seenOf(who?.id ?? '')
    if (isInsider) return { inside: true, by: 'configuration', insideAt }
    const inside = !own.every((spansOfOne) => wasOutside(spansOfOne, at))
    return { inside, by: insideAt === null ? 'nothing' : 'GitHub', insideAt }
  }

  /** Bots and agents belong to no side. */
  function isOutside(who: Person | null, at: Date): boolean {
    return who !== null && who.group === 'human' && !standing(who, at).inside
  }

  return { person, isOutside, standing, members: ({ id }) => membersOfOne(id) }
}

/** The same answer for the same id, worked out when it is first asked for. */
function once<Value extends object>(work: (id: string) => Value): (id: string) => Value {
  const found = new Map<string, Value>()
  return (id) => {
    const value = found.get(id) ?? work(id)
    found.set(id, value)
    return value
  }
}

const nobodyKnown: KnownPerson = { accounts: [], domains: [], hidden: false }

function agentCalled(agent: string): Person {
  return { id: `agent:${agent}`, login: agent, group: 'ai', hidden: false, organization: null }
}

function has(logins: readonly string[], login: string): boolean {
  return logins.includes(login.toLowerCase())
}

/** What decides for one account decides for the person: what acts by itself is none. Null without an account. */
function groupAmong(accounts: readonly AccountTable[], overrides: PeopleOverrides): Group | null {
  const groups = accounts.map((account) => groupOf(account, overrides))
  return groups.find((group) => group !== 'human') ?? groups[0] ?? null
}

/**
 * People join ("talent comes") and leave, and what they did before or after is
 * outside. Who was first seen as an insider has been one for longer than we know.
 */
function wasOutside(seen: { inside?: Span; outside?: Span }, at: Date): boolean {
  if (seen.inside === undefined) return true
  const { inside, outside } = seen
  if (outside === undefined) return false
  if (at < inside.firstAt) return outside.firstAt < inside.firstAt
  return outside.lastAt > inside.lastAt && at > inside.lastAt
}

async function spansOf(db: Database, repositoryId: number, accountIds: readonly number[]) {
  const spans = new Map<number, { inside?: Span; outside?: Span }>()
  if (accountIds.length === 0) return spans
  const rows = await db
    .selectFrom('associations')
    .selectAll()
    .where('repository_id', '=', repositoryId)
    .where(sql<boolean>`account_id = any(${[...accountIds]}::bigint[])`)
    .execute()
  for (const { account_id, inside, first_at: firstAt, last_at: lastAt } of rows) {
    const side = inside ? 'inside' : 'outside'
    spans.set(account_id, { ...spans.get(account_id), [side]: { firstAt, lastAt } })
  }
  return spans
}

async function knownPeople(
  db: Database,
  companions: ReadonlyMap<Member, readonly Member[]>,
  { organizations }: PeopleOverrides,
): Promise<Map<string, KnownPerson>> {
  const everybody = [...companions.values()].flat()
  const ids = accountIdsAmong(everybody)
  const accounts = new Map((await accountsOf(db, ids)).map((account) => [account.id, account]))
  const asked = await hiddenAmong(db, ids)
  const needsDomains = Object.keys(organizations).length > 0
  const domains = needsDomains ? await domainsOf(db, signaturesAmong(everybody)) : new Map()
  const known = new Map<string, KnownPerson>()
  for (const [person, members] of companions) {
    const own = accountIdsAmong(members)
    known.set(person, {
      accounts: own.flatMap((id) => accounts.get(id) ?? []),
      domains: signaturesAmong(members).flatMap((hash) => domains.get(hash) ?? []),
      hidden: own.some((id) => asked.has(id)),
    })
  }
  return known
}

async function accountsOf(db: Database, ids: readonly number[]): Promise<AccountTable[]> {
  if (ids.length === 0) return []
  return await db
    .selectFrom('accounts')
    .selectAll()
    .where(sql<boolean>`id = any(${[...ids]}::bigint[])`)
    .execute()
}

async function hiddenAmong(db: Database, ids: readonly number[]): Promise<Set<number>> {
  if (ids.length === 0) return new Set()
  const rows = await db
    .selectFrom('hidden_accounts')
    .select('account_id')
    .where(sql<boolean>`account_id = any(${[...ids]}::bigint[])`)
    .execute()
  return new Set(rows.map(({ account_id }) => account_id))
}

async function domainsOf(db: Database, hashes: readonly string[]): Promise<Map<string, string>> {
  if (hashes.length === 0) return new Map()
  const rows = await db
    .selectFrom('signatures')
    .select(['hash', 'domain'])
    .where(sql<boolean>`hash = any(${[...hashes]}::text[])`)
    .execute()
  return new Map(rows.flatMap(({ hash, domain }) => (domain === null ? [] : [[hash, domain]])))
}

/** The account is named nowhere from now on; what it did still counts. */
export async function hideAccount(db: Database, accountId: number, at: Date): Promise<void> {
  await db
    .insertInto('hidden_accounts')
    .values({ account_id: accountId, hidden_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
