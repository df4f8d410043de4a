import { sql } from 'kysely'
import type { EvidenceKind, Member } from '../events/fact.ts'
import type { Database } from './database.ts'
import {
  accountIdsAmong,
  accountMember,
  personMembers,
  personsOf,
  signaturesAmong,
} from './person-members.ts'
import { evidenceAround, settlePeople } from './settle-people.ts'

/** What can join members, and does not only suggest. */
export type Joining = Exclude<EvidenceKind, 'local-part'>
const isJoining = (by: string): by is Joining => by !== 'local-part' && by !== 'email'

/** An account or a signature, as far as whoever runs Groundswell may see it. */
export interface ShownMember {
  member: Member
  /** null: a signature, or an account that was never seen */
  login: string | null
  /** the first digits of its hash; null for an account */
  signature: string | null
  /** null for an account, and where the address is GitHub's */
  domain: string | null
  /** that it signed in the repository; null for an account */
  commits: number | null
}

export interface ExplainedPerson {
  /** accounts first; `by`: what each has in common with others of them, empty for one alone */
  members: (ShownMember & { by: Joining[] })[]
  /** a person said that they are somebody else */
  keptApart: ShownMember[]
  /** they may be the same person: too little speaks for it to say so */
  suggestions: (ShownMember & { by: 'name' | 'local-part' })[]
}

/** So much of a hash names a signature. */
const shownDigits = 8
const mostSuggestions = 10

/** Who counts as one person with a member in a repository, by what, and who might. */
export async function explainPerson(
  db: Database,
  repositoryId: number,
  member: Member,
): Promise<ExplainedPerson> {
  await settlePeople(db)
  const { members } = await personMembers(db, repositoryId, member)
  const apart = await keptApart(db, members)
  const maybe = await suggestions(db, repositoryId, { members, apart })
  const everybody = [...members, ...apart, ...maybe.keys()]
  const shown = await shownMembers(db, repositoryId, everybody)
  const show = (one: Member): ShownMember[] => [shown.get(one) ?? []].flat()
  const common = await inCommon(db, repositoryId, members)
  return {
    members: members
      .flatMap(show)
      .map((one) => ({ ...one, by: [...(common.get(one.member) ?? [])].sort() })),
    keptApart: apart.flatMap(show),
    suggestions: [...maybe].flatMap(([one, by]) => show(one).map((other) => ({ ...other, by }))),
  }
}

/** By what each of these members is one person with others of them. */
async function inCommon(db: Database, repositoryId: number, members: readonly Member[]) {
  const own = new Set(members)
  const { holdings } = await evidenceAround(db, repositoryId, members)
  const held = holdings.filter(({ member }) => own.has(member))
  const holders = new Map<string, Set<Member>>()
  for (const { member, by, value } of held) {
    const key = `${by} ${value}`
    holders.set(key, (holders.get(key) ?? new Set()).add(member))
  }
  const common = new Map<Member, Set<Joining>>()
  for (const { member, by, value } of held) {
    if (!isJoining(by) || (holders.get(`${by} ${value}`)?.size ?? 0) < 2) continue
    common.set(member, (common.get(member) ?? new Set()).add(by))
  }
  return common
}

async function keptApart(db: Database, members: readonly Member[]): Promise<Member[]> {
  const own = sql`any(${[...members]}::text[])`
  const rows = await db
    .selectFrom('refusals')
    .select(['one', 'other'])
    .where(sql<boolean>`one = ${own} or other = ${own}`)
    .execute()
  const others = rows.flatMap(({ one, other }) => [one, other])
  return [...new Set(others)].filter((other) => !members.includes(other))
}

/** Others with the same name, in any repository, or the same coined part before the @. */
async function suggestions(
  db: Database,
  repositoryId: number,
  { members, apart }: { members: readonly Member[]; apart: readonly Member[] },
): Promise<Map<Member, 'name' | 'local-part'>> {
  const { rows } = await sql<{ member: Member; by: 'name' | 'local-part' }>`
    select other.member, min(other.by) as by
    from evidence as own
    join evidence as other on other.value = own.value and other.by = own.by
    left join signatures on other.member = 'signature:' || signatures.hash
    where own.member = any(${[...members]}::text[])
      and own.by in ('name', 'local-part')
      and other.member <> all(${[...members, ...apart]}::text[])
      and signatures.human is distinct from false
    group by other.member
    order by other.member`.execute(db)
  // Each other person once: by their account, if they have one.
  const persons = await personsOf(
    db,
    repositoryId,
    rows.map(({ member }) => member),
  )
  const found = new Map<Member, 'name' | 'local-part'>()
  for (const { member, by } of rows) found.set(persons.get(member) ?? member, by)
  return new Map([...found].slice(0, mostSuggestions))
}

async function shownMembers(
  db: Database,
  repositoryId: number,
  members: readonly Member[],
): Promise<Map<Member, ShownMember>> {
  const ids = accountIdsAmong(members)
  const accounts = await db
    .selectFrom('accounts')
    .select(['id', 'login'])
    .where(sql<boolean>`id = any(${ids}::bigint[])`)
    .execute()
  const logins = new Map(accounts.map(({ id, login }) => [id, login]))
  const signatures = await db
    .selectFrom('signatures')
    .leftJoin('facts', (join) =>
      join
        .onRef('facts.signature', '=', 'signatures.hash')
        .on('facts.repository_id', '=', repositoryId),
    )
    .select((select) => [
      'signatures.hash',
      'signatures.domain',
      select.fn.count<number>('facts.key').as('commits'),
    ])
    .where(sql<boolean>`signatures.hash = any(${signaturesAmong(members)}::text[])`)
    .groupBy(['signatures.hash', 'signatures.domain'])
    .orderBy('commits', 'desc')
    .orderBy('signatures.hash')
    .execute()
  const shown: ShownMember[] = [
    ...ids.map((id) => ({
      ...{ member: accountMember(id), login: logins.get(id) ?? null },
      ...{ signature: null, domain: null, commits: null },
    })),
    ...signatures.map(({ hash, domain, commits }) => ({
      ...{ member: `signature:${hash}` as const, login: null },
      ...{ signature: hash.slice(0, shownDigits), domain, commits: Number(commits) },
    })),
  ]
  return new Map(shown.map((one) => [one.member, one]))
}

/** The signatures whose hash begins so; two at most, since more than one is too many. */
export async function signaturesCalled(db: Database, digits: string): Promise<Member[]> {
  if (!/^[0-9a-f]{6,64}$/.test(digits)) return []
  const rows = await db
    .selectFrom('signatures')
    .select('hash')
    .where('hash', 'like', `${digits}%`)
    .limit(2)
    .execute()
  return rows.map(({ hash }): Member => `signature:${hash}`)
}
