import type { Member } from '../events/fact.ts'
import type { Database } from './database.ts'
import { addEvidence, withdrawEvidence } from './evidence.ts'

/** These two are not one person, whatever else speaks for it now or later. */
export async function keepApart(
  db: Database,
  pair: readonly [Member, Member],
  at: Date,
): Promise<void> {
  const [one, other] = inOrder(pair)
  await withdrawEvidence(db, decisionOn(one, other))
  await db
    .insertInto('refusals')
    .values({ one, other, refused_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await unsettle(db, [one, other])
}

/** These two are one person, and are no longer kept apart. */
export async function keepTogether(db: Database, pair: readonly [Member, Member]): Promise<void> {
  const [one, other] = inOrder(pair)
  await db.deleteFrom('refusals').where('one', '=', one).where('other', '=', other).execute()
  await addEvidence(
    db,
    [one, other].map((member) => ({ repositoryId: null, member, ...decisionOn(one, other) })),
    'person',
  )
  await unsettle(db, [one, other])
}

function decisionOn(one: Member, other: Member) {
  return { by: 'person' as const, value: `${one} ${other}` }
}

function inOrder([one, other]: readonly [Member, Member]): readonly [Member, Member] {
  return one < other ? [one, other] : [other, one]
}

async function unsettle(db: Database, members: readonly Member[]): Promise<void> {
  await db
    .insertInto('unsettled_members')
    .values(members.map((member) => ({ member })))
    .execute()
}
