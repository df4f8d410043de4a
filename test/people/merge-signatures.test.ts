import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Signature } from '../../src/events/signature-evidence.ts'
import { mergeSignatures } from '../../src/people/merge-signatures.ts'

/** `Name <address>` as a signature. */
function signed(text: string): Signature {
  const [, name = '', email = ''] = /^(.*?) ?<(.*)>$/.exec(text) ?? []
  return { name, email }
}

const peopleIn = (...signatures: string[]) => mergeSignatures(signatures.map(signed)).length

describe('two signatures are one person', () => {
  it.each([
    ['Mona Lisa <mona@lab.example.dev>', 'mlisa <Mona@Lab.example.dev>', 'email'],
    ['Mona Lisa <mona@lab.example.dev>', 'mona  lisa <m@home.example.dev>', 'name'],
    ['Mona Lisa <mona@example.com>', 'mlisa <mona@example.com>', 'email'],
    ['Mona Lisa <me@mona.dev>', 'mlisa <me@mona.dev>', 'email'],
    ['mona-lisa <mona@lab.example.dev>', 'mona-lisa <m@home.example.dev>', 'name'],
    ['mona42 <mona@lab.example.dev>', 'Mona42 <m@home.example.dev>', 'name'],
    ['Mona <7+mona@users.noreply.github.com>', 'M. <mona@users.noreply.github.com>', 'noreply'],
    ['Mona <7+mona@users.noreply.github.com>', 'M. <7+lisa@users.noreply.github.com>', 'noreply'],
  ])('%s and %s: %s', (one, other, by) => {
    const people = mergeSignatures([one, other].map(signed))
    expect(people).toHaveLength(1)
    expect(people[0]?.evidence.map((evidence) => evidence.by)).toContain(by)
  })

  it('through a third one', () => {
    expect(
      peopleIn(
        'Mona Lisa <a@x.dev>',
        'M. L. <b@y.dev>',
        'Mona Lisa <b@y.dev>',
        'Other One <c@z.dev>',
      ),
    ).toBe(2)
  })
})

describe('two signatures stay two people', () => {
  it.each([
    ['David <david@one.dev>', 'David <david@two.dev>'],
    ['王伟 <wang@one.dev>', '王伟 <wang@two.dev>'],
    ['Jean-Pierre <jp@one.dev>', 'Jean-Pierre <jp@two.dev>'],
    ['root <root@one.dev>', 'root <root@two.dev>'],
    ['Your Name <a@one.dev>', 'Your Name <b@two.dev>'],
    ['your name <you@example.com>', 'Ada Byron <you@example.com>'],
    ['Mona Lisa <root@localhost>', 'Ada Byron <root@localhost>'],
    ['Mona Lisa <mona@host.(none)>', 'Ada Byron <mona@host.(none)>'],
    [
      'Mona Lisa <ec2-user@ip-10-0-0-1.ec2.internal>',
      'Ada Byron <ec2-user@ip-10-0-0-1.ec2.internal>',
    ],
    ['Mona Lisa <ubuntu@ip-10-0-0-1.ec2.internal>', 'Ada Byron <ubuntu@ip-10-0-0-1.ec2.internal>'],
    ['Mona Lisa <noreply@lab.dev>', 'Ada Byron <noreply@lab.dev>'],
    ['Mona Lisa <>', 'Ada Byron <>'],
    ['Mona Lisa <mona>', 'Ada Byron <mona>'],
    ['ec2-user <a@one.dev>', 'ec2-user <b@two.dev>'],
    ['user_1 <a@one.dev>', 'user_1 <b@two.dev>'],
    ['Mona Lisa <m@macbook.local>', 'Ada Byron <m@macbook.local>'],
    ['M\uFFFDn\uFFFD Lisa <a@one.dev>', 'M\uFFFDn\uFFFD Lisa <b@two.dev>'],
    ['One Two <7+mona@users.noreply.github.com>', 'Three Four <8+ada@users.noreply.github.com>'],
    ['One Two <77+mona@users.noreply.github.com>', 'Three Four <77@users.noreply.github.com>'],
  ])('%s and %s', (one, other) => {
    expect(peopleIn(one, other)).toBe(2)
  })
})

describe('merging', () => {
  const signature = fc.record({
    name: fc.constantFrom('Mona Lisa', 'Ada Byron', 'David', 'root', 'mona42', 'Your Name', ''),
    email: fc.constantFrom(
      'a@one.dev',
      'b@two.dev',
      'root@localhost',
      '7+mona@users.noreply.github.com',
      'mona@users.noreply.github.com',
      '',
    ),
  })

  it('finds the same people in any order, and says what joined each', () => {
    fc.assert(
      fc.property(fc.array(signature, { maxLength: 12 }), (signatures) => {
        const people = mergeSignatures(signatures)
        expect(people.flatMap((person) => person.signatures)).toHaveLength(signatures.length)
        for (const person of people) {
          expect(person.evidence).toHaveLength(person.signatures.length - 1)
        }
        expect(mergeSignatures(signatures.toReversed())).toHaveLength(people.length)
      }),
    )
  })
})

it('takes no time over names and addresses that are made to take it', () => {
  const long = 'a'.repeat(100_000)
  expect(peopleIn(`${long}@@ <${'@'.repeat(100_000)}>`, `${long}@@ <a.${long}>`)).toBe(2)
}, 1_000)
