import { sql } from 'kysely'
import type { Member } from '../events/fact.ts'
import type { Arrival, Person } from '../metrics/history.ts'
import { earliest, isWithin, latest, type Window } from '../metrics/window.ts'
import type { Database } from './database.ts'
import { pastsOf } from './member-spans.ts'
import type { Doer, People } from './people.ts'

/** Members whose first contribution lies in a window; their persons may have come before. */
export async function newMembers(
  db: Database,
  repositoryId: number,
  { from, to }: Window,
): Promise<Doer[]> {
  const rows = await db
    .selectFrom('member_spans')
    .leftJoin('signatures', (join) =>
      join.on(sql<boolean>`member_spans.member = 'signature:' || signatures.hash`),
    )
    .select(['member', 'signatures.human'])
    .where('repository_id', '=', repositoryId)
    .where('first_at', '>=', from)
    .where('first_at', '<', to)
    .orderBy('first_at')
    .orderBy('member')
    .execute()
  return rows.map(({ member, human }) => ({ member, human, agent: null }))
}

/**
 * The people among these members who came in a window, in the order in which
 * they did, with the latest that each contributed before `until`.
 */
export async function arrivalsAmong(
  db: Database,
  request: {
    repositoryId: number
    doers: readonly Doer[]
    people: People
    window: Window
    until: Date
  },
): Promise<Arrival[]> {
  const { repositoryId, doers, people, window, until } = request
  const found = new Map(
    doers.flatMap((doer) => {
      const person = people.person(doer)
      return person?.group === 'human' ? [[person.id, person]] : []
    }),
  )
  const members = [...found.values()].flatMap((person) => [...people.members(person)])
  const spans = await spansOf(db, { repositoryId, members, until })
  return [...found.values()]
    .flatMap((person: Person) => {
      const own = people.members(person).flatMap((member) => spans.get(member) ?? [])
      const firstAt = earliest(own.map((span) => span.firstAt))
      if (!isWithin(firstAt, window)) return []
      const lastAt = latest(own.flatMap((span) => span.lastAt ?? []))
      return [{ person, firstAt, lastAt, outside: people.isOutside(person, firstAt) }]
    })
    .toSorted((a, b) => a.firstAt.getTime() - b.firstAt.getTime())
}

async function spansOf(
  db: Database,
  request: { repositoryId: number; members: readonly Member[]; until: Date },
) {
  const { repositoryId, members, until } = request
  const rows = await db
    .selectFrom('member_spans')
    .select(['member', 'first_at', 'last_at'])
    .where('repository_id', '=', repositoryId)
    .where(sql<boolean>`member = any(${[...members]}::text[])`)
    .execute()
  // Only who went on after the window has to be looked up by its days.
  const later = rows.filter((row) => row.last_at >= until).map(({ member }) => member)
  const pasts = await pastsOf(db, { repositoryId, members: later, before: until })
  const lasts = new Map(pasts.map((past) => [past.member, past.last_before_at]))
  return new Map(
    rows.map((row) => [
      row.member,
      {
        firstAt: row.first_at,
        lastAt: lasts.has(row.member) ? lasts.get(row.member) : row.last_at,
      },
    ]),
  )
}
