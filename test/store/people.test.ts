import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commitRecording } from '../../src/events/commit.ts'
import type { Member } from '../../src/events/fact.ts'
import { recording } from '../../src/events/recording.ts'
import { mailmapEvidence, readMailmap } from '../../src/people/mailmap.ts'
import type { Database } from '../../src/store/database.ts'
import { replaceEvidence } from '../../src/store/evidence.ts'
import { loadPeople, type PeopleOverrides } from '../../src/store/people.ts'
import { keepApart, keepTogether } from '../../src/store/person-decisions.ts'
import { membersOf, personsOf } from '../../src/store/person-members.ts'
import { record } from '../../src/store/record.ts'
import { settlePeople, unsettleEverybody } from '../../src/store/settle-people.ts'
import { keepAnswers } from '../../src/store/signatures.ts'
import { emptyDatabase, useDatabase } from '../support/engine.ts'
import { shaOf } from '../support/payload.ts'

const using = useDatabase()
const engine = 1000
const other = 2000
const at = new Date('2026-11-16T09:00:00Z')
const hashEmail = (text: string) => `<${text.replace('\n', ' ')}>`
const nobodySpecial: PeopleOverrides = {
  ...{ insiders: [], bots: [], ai: [], humans: [], hidden: [] },
  organizations: {},
}

interface Told {
  /** `Name <address>`; the account that GitHub links after it: `Name <address> mona` */
  signed: string
  in?: number
}

/** A commit of that signature, as git or a webhook tells it. */
function commit({ signed, in: repositoryId = engine }: Told) {
  const [, name = '', email = '', username] = /^(.*?) ?<(.*)>(?: (\S+))?$/.exec(signed) ?? []
  const author = { name, email, username: username ?? null }
  const about = { occurredAt: at, message: 'Fix', paths: [] }
  return commitRecording(repositoryId, { sha: shaOf(signed), author, ...about }, hashEmail)
}

const account = (id: number, login: string, seenAt = at) =>
  recording({ accounts: [{ id, login, type: 'User', seenAt }] })

async function tell(db: Database, ...told: ReturnType<typeof recording>[]) {
  await db.transaction().execute(async (trx) => {
    for (const one of told) await record(trx, one)
  })
}

const signature = (address: string): Member => `signature:<${address}>`

/** Who is one person with a member, without the brackets of the hashes. */
async function oneWith(db: Database, member: Member, repositoryId = engine): Promise<string[]> {
  await settlePeople(db)
  const [person = member] = (await personsOf(db, repositoryId, [member])).values()
  const members = (await membersOf(db, repositoryId, [person])).get(person) ?? []
  return members.map((one) => one.replaceAll(/signature:|[<>]/g, '')).sort()
}

describe('one person', () => {
  it('is whoever signs with several addresses, names and accounts that belong together', async () => {
    const { db } = using.open
    await tell(db, account(7, 'mona'))
    await tell(db, commit({ signed: 'Mona Lisa <mona@lab.dev> mona' }))
    await tell(db, commit({ signed: 'mlisa <m@home.dev> mona' }))
    await tell(db, commit({ signed: 'Mona Lisa <lisa@uni.dev>' }))
    await tell(db, commit({ signed: 'ML <7+mona@users.noreply.github.com>' }))
    await tell(db, commit({ signed: 'Ada Byron <ada@lab.dev>' }))
    const mona = ['7+mona@users.noreply.github.com', 'account:7']
    expect(await oneWith(db, 'account:7')).toEqual([
      ...mona,
      ...['lisa@uni.dev', 'm@home.dev', 'mona@lab.dev'],
    ])
    expect(await oneWith(db, signature('lisa@uni.dev'))).toContain('account:7')
    expect(await oneWith(db, signature('ada@lab.dev'))).toEqual(['ada@lab.dev'])
  })

  it('is told by a name in one repository, and by an address or account in all', async () => {
    const { db } = using.open
    await tell(db, account(7, 'mona'))
    await tell(db, commit({ signed: 'Mona Lisa <mona@lab.dev> mona' }))
    await tell(db, commit({ signed: 'Mona Lisa <lisa@uni.dev>', in: other }))
    await tell(db, commit({ signed: 'Mona <mona@lab.dev>', in: other }))
    expect(await oneWith(db, 'account:7')).toEqual(['account:7', 'mona@lab.dev'])
    expect(await oneWith(db, 'account:7', other)).toEqual(['account:7', 'mona@lab.dev'])
    await tell(db, commit({ signed: 'Mona Lisa <mona@lab.dev>', in: other }))
    expect(await oneWith(db, 'account:7', other)).toEqual([
      ...['account:7', 'lisa@uni.dev', 'mona@lab.dev'],
    ])
    expect(await oneWith(db, 'account:7')).toEqual(['account:7', 'mona@lab.dev'])
  })

  it('is found again when an account is called otherwise, and not in who is called so next', async () => {
    const { db } = using.open
    const later = new Date('2026-12-01T00:00:00Z')
    await tell(db, commit({ signed: 'Mona Lisa <mona@lab.dev> mona' }), account(7, 'mona'))
    expect(await oneWith(db, 'account:7')).toEqual(['account:7', 'mona@lab.dev'])
    await tell(db, account(7, 'lisa', later))
    expect(await oneWith(db, 'account:7')).toEqual(['account:7'])
    await tell(db, account(9, 'mona', later))
    await tell(db, commit({ signed: 'Mona <7+lisa@users.noreply.github.com>' }))
    await tell(db, commit({ signed: 'Mona Lisa <7+lisa@users.noreply.github.com>' }))
    expect(await oneWith(db, 'account:7')).toEqual([
      ...['7+lisa@users.noreply.github.com', 'account:7'],
    ])
  })

  it.each([
    ['root <root@localhost>', 'root <root@localhost>', 1],
    ['Mona Lisa <root@localhost>', 'Ada Byron <root@localhost>', 2],
    ['Your Name <you@example.com>', 'Your Name <mona@lab.dev>', 2],
    ['Mona Lisa <you@example.com>', 'Ada Byron <you@example.com>', 2],
    ['David <david@one.dev>', 'David <david@two.dev>', 2],
    ['root <root@one.dev>', 'root <root@two.dev>', 2],
    ['ip-10-0-0-1 <a@one.dev>', 'ip-10-0-0-1 <b@two.dev>', 2],
    [
      'Mona Lisa <ubuntu@ip-10-0-0-1.ec2.internal>',
      'Ada Byron <ubuntu@ip-10-0-0-1.ec2.internal>',
      2,
    ],
    ['Mona Lisa <mona@host.(none)>', 'Ada Byron <mona@host.(none)>', 2],
    ['Mona Lisa <mona@macbook.local>', 'mona  lisa <m@home.dev>', 1],
  ])('shares no address or name of nobody: %s and %s', async (one, two, people) => {
    const { db } = using.open
    await tell(db, commit({ signed: one }))
    await tell(db, commit({ signed: two }))
    const facts = await db.selectFrom('facts').select('signature').execute()
    const members = facts.map((fact): Member => `signature:${fact.signature}`)
    await settlePeople(db)
    expect(new Set((await personsOf(db, engine, members)).values()).size).toBe(people)
  })

  it('is no tool that was once called like one', async () => {
    const { db } = using.open
    await tell(db, commit({ signed: 'Mona Lisa <mona@lab.dev>' }))
    await tell(db, commit({ signed: 'Mona Lisa <bot@lab.dev>' }))
    expect(await oneWith(db, signature('bot@lab.dev'))).toHaveLength(2)
    await tell(db, commit({ signed: 'lab[bot] <bot@lab.dev>' }))
    expect(await oneWith(db, signature('bot@lab.dev'))).toEqual(['bot@lab.dev'])
  })
})

describe('whoever is one person', () => {
  const people = async (overrides: Partial<PeopleOverrides> = {}) => {
    const { db } = using.open
    const associated = (accountId: number, inside: boolean, day: string) =>
      recording({
        associations: [{ repositoryId: engine, accountId, inside, seenAt: new Date(day) }],
      })
    await tell(db, account(7, 'mona'), account(8, 'mona-work'))
    await tell(db, associated(7, false, '2026-01-01'), associated(8, true, '2026-06-01'))
    await tell(db, commit({ signed: 'Mona Lisa <mona@lab.example> mona' }))
    await tell(
      db,
      recording({
        evidence: [7, 8].map((id) => ({
          repositoryId: null,
          member: `account:${id}` as const,
          by: 'person',
          value: '7 8',
        })),
      }),
    )
    const members: Member[] = ['account:8', signature('mona@lab.example')]
    const found = await loadPeople(db, engine, members, { ...nobodySpecial, ...overrides })
    const [person, again] = members.map((member) =>
      found.person({ member, human: true, agent: null }),
    )
    expect(again).toBe(person)
    return { person, isOutside: (day: string) => found.isOutside(person ?? null, new Date(day)) }
  }

  it('has one name, and is inside where any of their accounts is', async () => {
    const { person, isOutside } = await people()
    expect(person).toMatchObject({ id: 'account:7', login: 'mona', group: 'human', hidden: false })
    expect(isOutside('2026-05-01')).toBe(false)
  })

  it('is hidden, inside or a bot if the configuration says so of any of their accounts', async () => {
    expect((await people({ hidden: ['mona-work'] })).person?.hidden).toBe(true)
    await emptyDatabase(using.open)
    expect((await people({ bots: ['mona-work'] })).person?.group).toBe('bot')
  })

  it('works for whom the domain says, if the configuration knows it', async () => {
    expect((await people()).person?.organization).toBeNull()
    await emptyDatabase(using.open)
    const organizations = { 'Example Lab': ['lab.example'] }
    expect((await people({ organizations })).person?.organization).toBe('Example Lab')
  })
})

describe('who joined later', () => {
  const isOutside = async (seen: [boolean, string][], day: string) => {
    const { db } = using.open
    await tell(db, account(7, 'mona'))
    for (const [inside, seenAt] of seen) {
      const state = { repositoryId: engine, accountId: 7, inside, seenAt: new Date(seenAt) }
      await tell(db, recording({ associations: [state] }))
    }
    const people = await loadPeople(db, engine, ['account:7'], nobodySpecial)
    const mona = people.person({ member: 'account:7', human: null, agent: null })
    return people.isOutside(mona, new Date(day))
  }

  it.each<[string, [boolean, string][], string, boolean]>([
    [
      'was outside before',
      [
        [false, '2026-01-10'],
        [true, '2026-06-01'],
      ],
      '2026-03-01',
      true,
    ],
    [
      'was outside long before',
      [
        [false, '2026-01-10'],
        [true, '2026-06-01'],
      ],
      '2025-03-01',
      true,
    ],
    [
      'is inside since',
      [
        [false, '2026-01-10'],
        [true, '2026-06-01'],
      ],
      '2026-07-01',
      false,
    ],
    ['was inside when first seen', [[true, '2026-06-01']], '2025-01-01', false],
    [
      'and left',
      [
        [true, '2026-01-10'],
        [false, '2026-06-01'],
      ],
      '2026-07-01',
      true,
    ],
    [
      'and left, was inside before',
      [
        [true, '2026-01-10'],
        [false, '2026-06-01'],
      ],
      '2025-12-01',
      false,
    ],
    ['was never seen inside', [[false, '2026-06-01']], '2026-07-01', true],
    ['was never seen', [], '2026-07-01', true],
  ])('%s', async (_, seen, day, outside) => {
    expect(await isOutside(seen, day)).toBe(outside)
  })
})

describe('any order', () => {
  const logins = ['mona', 'lisa', 'ada']
  const addresses = [
    'mona@lab.dev',
    'm@home.dev',
    'root@localhost',
    '7+mona@users.noreply.github.com',
  ]
  const commits = fc
    .record({
      name: fc.constantFrom('Mona Lisa', 'Ada Byron', 'David', 'lab[bot]'),
      address: fc.constantFrom(...addresses, 'ada@users.noreply.github.com', 'ada@lab.dev'),
      link: fc.constantFrom('', '', ...logins),
      in: fc.constantFrom(engine, other),
    })
    .map(({ name, address, link, in: where }) =>
      commit({ signed: `${name} <${address}>${link && ` ${link}`}`, in: where }),
    )
  const accounts = fc
    .record({
      id: fc.constantFrom(7, 8, 9),
      login: fc.constantFrom(...logins),
      day: fc.integer({ min: 1, max: 9 }),
    })
    .map(({ id, login, day }) => account(id, login, new Date(Date.UTC(2026, 10, day))))

  const dump = async (db: Database) => {
    await settlePeople(db)
    const rows = await db.selectFrom('people').selectAll().execute()
    return rows.map((row) => JSON.stringify(row)).sort()
  }

  it('ends in the same people, settled in between or at the end', async () => {
    const { db } = using.open
    const histories = fc
      .array(fc.oneof(commits, accounts), { minLength: 1, maxLength: 12 })
      .chain((history) =>
        fc.record({
          history: fc.constant(history),
          arrival: fc.shuffledSubarray(history, { minLength: history.length }),
          settledAfter: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
        }),
      )
    await fc.assert(
      fc.asyncProperty(histories, async ({ history, arrival, settledAfter }) => {
        await emptyDatabase(using.open)
        await tell(db, ...history)
        const expected = await dump(db)
        await emptyDatabase(using.open)
        for (const [index, told] of arrival.entries()) {
          await tell(db, told)
          if (settledAfter[index]) await settlePeople(db)
        }
        expect(await dump(db)).toEqual(expected)
      }),
      { numRuns: 15 },
    )
  })

  const members: fc.Arbitrary<Member> = fc.constantFrom(
    ...(['account:7', 'account:8', 'account:9'] as const),
    ...addresses.map(signature),
  )
  const pair = fc.tuple(members, members).filter(([one, two]) => one !== two)
  const addressed = fc.constantFrom(...addresses)
  const changes = fc.oneof(
    commits.map((told) => (db: Database) => record(db, told)),
    accounts.map((told) => (db: Database) => record(db, told)),
    pair.map((two) => (db: Database) => keepApart(db, two, at)),
    pair.map((two) => (db: Database) => keepTogether(db, two)),
    fc
      .record({ proper: addressed, commit: addressed, in: fc.constantFrom(engine, other) })
      .map(({ proper, commit: signed, in: repositoryId }) => (db: Database) => {
        const entries = readMailmap(`Mona Lisa <${proper}> <${signed}>`)
        const evidence = mailmapEvidence(repositoryId, entries, hashEmail)
        return replaceEvidence(db, evidence, { repositoryId, source: 'mailmap' })
      }),
    fc
      .record({ hash: addressed.map((address) => `<${address}>`), id: fc.constantFrom(7, 8, null) })
      .map(
        ({ hash, id }) =>
          (db: Database) =>
            keepAnswers(db, [{ hash, accountId: id }], at),
      ),
  )

  it('and any change of mind ends in what the evidence says then, and nothing else', async () => {
    const { db } = using.open
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(changes, fc.boolean()), { minLength: 1, maxLength: 15 }),
        async (history) => {
          await emptyDatabase(using.open)
          for (const [change, settled] of history) {
            await db.transaction().execute(change)
            if (settled) await settlePeople(db)
          }
          const people = await dump(db)
          await db.deleteFrom('people').execute()
          await unsettleEverybody(db)
          expect(await dump(db)).toEqual(people)
          const refusals = await db.selectFrom('refusals').selectAll().execute()
          for (const { one, other: two } of refusals) {
            expect(await oneWith(db, one)).not.toContain(two.replaceAll(/signature:|[<>]/g, ''))
          }
        },
      ),
      // Other seeds find what jobs/housekeep.ts mends once a day.
      { numRuns: 20 },
    )
  })
})
