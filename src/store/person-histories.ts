import type { Person, PersonHistory } from '../metrics/history.ts'
import { earliest, latest } from '../metrics/window.ts'
import type { Database } from './database.ts'
import { pastsOf } from './member-spans.ts'
import type { People } from './people.ts'

/** First and latest contributions of these people, over the whole history. */
export async function personHistories(
  db: Database,
  request: { repositoryId: number; persons: readonly Person[]; people: People; since: Date },
): Promise<Map<string, PersonHistory>> {
  const { repositoryId, persons, people, since } = request
  const members = persons.flatMap((person) => [...people.members(person)])
  const pasts = await pastsOf(db, { repositoryId, members, before: since })
  const byMember = new Map(pasts.map((past) => [past.member, past]))
  return new Map(
    persons.flatMap((person) => {
      const own = people.members(person).flatMap((member) => byMember.get(member) ?? [])
      if (own.length === 0) return []
      const lasts = own.flatMap((past) => past.last_before_at ?? [])
      return [
        [
          person.id,
          {
            firstAt: earliest(own.map((past) => past.first_at)),
            lastBeforeAt: lasts.length === 0 ? null : latest(lasts),
            mergedBefore: own.reduce((sum, past) => sum + past.merged_before, 0),
          },
        ],
      ]
    }),
  )
}
