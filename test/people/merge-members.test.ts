import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Holding, mergeMembers, type Refusal } from '../../src/people/merge-members.ts'

/** `m name=Mona, account=7` */
function holdings(...lines: string[]): Holding<string>[] {
  return lines.flatMap((line) => {
    const [member = '', ...pairs] = line.split(/,? /)
    return pairs.map((pair) => {
      const [by = '', value = ''] = pair.split('=')
      return { member, by, value } as Holding<string> // as: written below
    })
  })
}

const people = (lines: string[], refusals: Refusal<string>[] = []) =>
  mergeMembers(holdings(...lines), refusals).map(({ members }) => members.join(' '))

describe('members are one person', () => {
  it.each([
    [['s1 account=7', 'a7 account=7'], ['a7 s1']],
    [['s1 name=Mona', 's2 name=Mona, login=mona', 'a7 login=mona, account=7'], ['a7 s1 s2']],
    [['s1 account=7, name=Mona', 's2 name=Mona'], ['s1 s2']],
    [['s1 mailmap=p', 'p mailmap=p, account=8', 's1 account=7'], ['p s1']],
    [['a7 account=7, person=x', 'a8 account=8, person=x'], ['a7 a8']],
  ])('%j', (lines, expected) => {
    expect(people(lines)).toEqual(expected)
  })
})

describe('members stay apart', () => {
  it.each([
    ['two accounts of one name', ['s1 account=7, name=Wei', 's2 account=8, name=Wei']],
    [
      'a signature whose name two accounts have',
      ['s1 account=7, name=Wei', 's2 account=8, name=Wei', 's3 name=Wei'],
    ],
    ['two accounts that had one login', ['a7 account=7, login=mona', 'a8 account=8, login=mona']],
    ['two that had the same before the @', ['s1 local-part=mona.l', 's2 local-part=mona.l']],
  ])('%s', (_, lines) => {
    expect(people(lines)).toHaveLength(lines.length)
  })

  it('when an address that many sign with leads to two accounts, by names or by logins', () => {
    for (const by of ['name', 'login']) {
      const team = ['a7 account=7', 'a8 account=8'].map((line, index) => `${line}, ${by}=n${index}`)
      expect(people([...team, `team ${by}=n0, ${by}=n1`])).toEqual(['a7', 'a8', 'team'])
    }
  })

  it('when the way from one account to the other is longer', () => {
    const chain = ['a7 account=7, name=n', 's1 name=n, name=m', 's2 name=m, name=o']
    expect(people([...chain, 'a8 account=8, name=o'])).toEqual(['a7 s1', 'a8 s2'])
  })

  it('when a login that was recycled would contradict a number', () => {
    const lines = ['s1 account=7, login=mona', 'a7 account=7, login=lisa']
    expect(people([...lines, 'a9 account=9, login=mona'])).toEqual(['a7 s1', 'a9'])
  })

  it('when a person said so, whatever speaks for it; the others stay together', () => {
    const lines = ['a7 account=7, name=n', 's1 account=7', 's2 name=n', 's3 name=n, mailmap=p']
    const more = [...lines, 'p mailmap=p']
    expect(people(more)).toEqual(['a7 p s1 s2 s3'])
    expect(people(more, [['a7', 's3']])).toEqual(['a7 s1 s2', 'p s3'])
    expect(people(more, [['s1', 'p']])).toEqual(['a7 s1 s2', 'p s3'])
    expect(people([...more, 'a7 person=x', 's3 person=x'], [['a7', 's3']])).not.toContain(
      'a7 p s1 s2 s3',
    )
  })
})

const member = fc.constantFrom('a1', 'a2', 'a3', 's1', 's2', 's3', 's4', 's5')
const holding: fc.Arbitrary<Holding<string>> = fc.oneof(
  fc.constantFrom('a1', 'a2', 'a3').map((a) => ({ member: a, by: 'account' as const, value: a })),
  fc.record({
    member: fc.constantFrom('s1', 's2', 's3', 's4', 's5'),
    by: fc.constantFrom('name' as const, 'login' as const, 'account' as const),
    value: fc.constantFrom('a1', 'a2', 'x', 'y'),
  }),
  fc.record({
    member,
    by: fc.constantFrom('mailmap' as const, 'person' as const, 'local-part' as const),
    value: fc.constantFrom('p', 'q'),
  }),
)
const refusal = fc.tuple(member, member).filter(([one, other]) => one !== other)

it('is decided by what is held and refused, in no order', () => {
  const shuffled = fc
    .tuple(fc.array(holding, { maxLength: 20 }), fc.array(refusal, { maxLength: 2 }))
    .chain(([held, refused]) =>
      fc.record({
        held: fc.constant(held),
        refused: fc.constant(refused),
        otherwise: fc.shuffledSubarray(held, { minLength: held.length }),
      }),
    )
  fc.assert(
    fc.property(shuffled, ({ held, refused, otherwise }) => {
      const merged = mergeMembers(held, refused)
      expect(mergeMembers(otherwise, refused.toReversed())).toEqual(merged)
      for (const { members, joints } of merged) {
        expect(joints).toHaveLength(members.length - 1)
        for (const [one, other] of refused) {
          expect(members.includes(one) && members.includes(other)).toBe(false)
        }
      }
    }),
  )
})

it('joins two accounts by a .mailmap or a person alone', () => {
  const certain = new Set<string>(['mailmap', 'person', 'local-part'])
  // One number each: GitHub has one account for an address.
  const held = fc.uniqueArray(
    holding.filter(({ by }) => !certain.has(by)),
    {
      maxLength: 20,
      selector: ({ member: of, by, value }) => (by === 'account' ? of : `${of} ${by} ${value}`),
    },
  )
  fc.assert(
    fc.property(held, (some) => {
      for (const { members } of mergeMembers(some)) {
        const numbers = some.filter(
          ({ member: of, by }) => by === 'account' && members.includes(of),
        )
        expect(new Set(numbers.map(({ value }) => value)).size).toBeLessThanOrEqual(1)
      }
    }),
  )
})
