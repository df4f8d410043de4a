import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withoutAddresses } from '../../src/deliveries/without-addresses.ts'
import { translate } from '../../src/events/index.ts'
import { push } from '../support/builders.ts'

const hashEmail = (address: string) => Buffer.from(address).toString('hex').slice(0, 32)
const kept = (text: string) => withoutAddresses(text, hashEmail)

describe('a payload without addresses', () => {
  it('has none left, wherever they were', () => {
    const payload = {
      comment: { body: 'write to Ada.Lovelace+ml@mail.example.org, please' },
      commits: [
        {
          author: { email: 'ada@example.com' },
          message: 'Fix\n\nCo-authored-by: B <b@example.co.uk>',
        },
      ],
    }
    expect(JSON.stringify(withoutAddresses(payload, hashEmail))).not.toMatch(/lovelace|ada@|<b@/i)
  })

  it('gives the same facts as the payload with them', () => {
    const { event, payload } = push({
      commits: [
        { email: 'Ada@Example.com', message: 'Fix\n\nCo-authored-by: B <b@example.com>' },
        { sha: 'c'.repeat(40), email: '583231+octocat@users.noreply.github.com' },
        { sha: 'd'.repeat(40), message: 'Fix\n\nCo-authored-by: Claude <noreply@anthropic.com>' },
        { sha: 'e'.repeat(40), name: 'Ada Lovelace', email: 'ada.lovelace@example.org' },
        { sha: 'f'.repeat(40), name: 'ada1@example.com', email: 'root@example.com' },
        { sha: '1'.repeat(40), name: 'Ada Lovelace', email: 'ada@macbook.local' },
        { sha: '2'.repeat(40), name: 'ada@x.dev', email: 'ada@ip-10-0-0-1.ec2.internal' },
        { sha: '3'.repeat(40), name: 'Ada Lovelace', email: 'ada@host.(none)' },
      ],
    })
    const before = translate(event, payload, hashEmail)
    expect(translate(event, withoutAddresses(payload, hashEmail), hashEmail)).toEqual(before)
    expect(before?.evidence.map(({ by }) => by)).toEqual(
      expect.arrayContaining(['name', 'account', 'login', 'local-part']),
    )
    const twice = withoutAddresses(withoutAddresses(payload, hashEmail), hashEmail)
    expect(twice).toEqual(withoutAddresses(payload, hashEmail))
  })

  it('keeps mentions, versions and addresses that are nobody’s', () => {
    for (const text of [
      '@mona',
      'npm i left@1.2.3',
      'noreply@github.com',
      'a @ b.c',
      'cursoragent@cursor.com',
    ]) {
      expect(kept(text)).toBe(text)
    }
  })

  it('changes nothing in texts without an @, and always ends', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const without = text.replaceAll('@', '')
        expect(kept(without)).toBe(without)
      }),
    )
    expect(kept(`${'a.'.repeat(30_000)}@`)).toHaveLength(60_001)
    expect(kept('@a'.repeat(30_000))).toHaveLength(60_000)
    expect(kept(`x@${'a-'.repeat(30_000)}`)).toHaveLength(60_002)
  })
})
