import { sql } from 'kysely'
import type { Member } from '../events/fact.ts'
import { type Database, everywhere } from './database.ts'

/** The person of each of these members in a repository: themselves, where nothing joins them to anybody. */
export async function personsOf(
  db: Database,
  repositoryId: number,
  members: readonly Member[],
): Promise<Map<Member, Member>> {
  const persons = new Map(members.map((member) => [member, member]))
  if (members.length === 0) return persons
  const rows = await db
    .selectFrom('people')
    .selectAll()
    .where('repository_id', 'in', [everywhere, repositoryId])
    .where(sql<boolean>`member = any(${[...members]}::text[])`)
    .orderBy(sql`repository_id <> ${everywhere}`)
    .execute()
  // Its own rows come last, and win.
  for (const { member, person } of rows) persons.set(member, person)
  return persons
}

/** Everybody who is one of these people in a repository. */
export async function membersOf(
  db: Database,
  repositoryId: number,
  persons: readonly Member[],
): Promise<Map<Member, Member[]>> {
  const wanted = [...new Set(persons)]
  const members = new Map<Member, Member[]>(wanted.map((person) => [person, []]))
  if (wanted.length === 0) return members
  const rows = await db
    .selectFrom('people')
    .select('member')
    .distinct()
    .where('repository_id', 'in', [everywhere, repositoryId])
    .where(sql<boolean>`person = any(${wanted}::text[])`)
    .execute()
  const candidates = new Set([...wanted, ...rows.map(({ member }) => member)])
  for (const [member, person] of await personsOf(db, repositoryId, [...candidates])) {
    members.get(person)?.push(member)
  }
  return members
}

/** The person of one member in a repository, and everybody who is one with them. */
export async function personMembers(
  db: Database,
  repositoryId: number,
  member: Member,
): Promise<{ person: Member; members: Member[] }> {
  const person = (await personsOf(db, repositoryId, [member])).get(member) ?? member
  const members = (await membersOf(db, repositoryId, [person])).get(person) ?? [member]
  return { person, members }
}

export const accountMember = (id: number): Member => `account:${id}`

/** GitHub's numbers of the accounts among these, the oldest first. */
export function accountIdsAmong(members: readonly Member[]): number[] {
  return membersOfKind(members, 'account:')
    .map(Number)
    .sort((a, b) => a - b)
}

export function signaturesAmong(members: readonly Member[]): string[] {
  return membersOfKind(members, 'signature:')
}

function membersOfKind(members: readonly Member[], kind: 'account:' | 'signature:'): string[] {
  return members.flatMap((member) => (member.startsWith(kind) ? [member.slice(kind.length)] : []))
}
