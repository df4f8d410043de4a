import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { recordFacts } from '../../src/deliveries/record-facts.ts'
import { recording } from '../../src/events/recording.ts'
import type { Database } from '../../src/store/database.ts'
import { eraseAccount } from '../../src/store/erase-account.ts'
import { keepForks } from '../../src/store/forks.ts'
import { record } from '../../src/store/record.ts'
import { settlePeople } from '../../src/store/settle-people.ts'
import { keepAnswers } from '../../src/store/signatures.ts'
import {
  accountId,
  comment,
  type Delivery,
  fork,
  issue,
  pullRequest,
  push,
  star,
} from '../support/builders.ts'
import { emptyDatabase, useDatabase } from '../support/engine.ts'

const using = useDatabase()
const hashEmail = (address: string) => `hash of ${address}`
const now = new Date('2026-11-24T00:00:00Z')

const mona = { id: accountId('mona'), login: 'mona' }
const noreply = `${mona.id}+mona@users.noreply.github.com`

async function hear(db: Database, deliveries: readonly Delivery[]) {
  for (const [index, { event, payload }] of deliveries.entries()) {
    const delivery = { id: `guid-${index}`, name: event, payload, at: now }
    await recordFacts(delivery, { db, hashEmail })
  }
}

const tables = ['facts', 'accounts', 'signatures', 'evidence', 'people', 'associations'].concat([
  'threads',
  'retractions',
  'refusals',
  'forgotten',
])

async function dump(db: Database) {
  await settlePeople(db)
  const dumped: Record<string, string[]> = {}
  for (const table of tables) {
    const { rows } = await sql`select * from ${sql.table(table)}`.execute(db)
    dumped[table] = rows.map((row) => JSON.stringify(row)).sort()
  }
  return dumped
}

const at = (hours: number) =>
  new Date(Date.parse('2026-11-16T09:00:00Z') + hours * 3_600_000).toISOString()

/** A history in which somebody did a bit of everything, and others did, too. */
const pull = pullRequest({ number: 7, author: 'mona', headRepositoryId: 2001 })
const other = pullRequest({ number: 8, author: 'newcomer-b' })
const asked = issue({ number: 9, author: 'mona' })
const history: Delivery[] = [
  pull.opened(),
  pull.reviewed({ by: 'maintainer-x' }),
  pull.merged({ at: at(3) }),
  other.opened(),
  other.commented({ id: 71, by: 'mona', at: at(4) }),
  other.reviewed({ id: 72, by: 'mona', at: at(5) }),
  asked.opened(),
  comment({ on: asked, id: 73, by: 'mona', at: at(6) }).created(),
  fork({ id: 2001, by: 'mona', at: at(1) }),
  fork({ id: 2002, by: 'newcomer-b', at: at(1) }),
  star({ by: 'mona', at: at(2) }).created(),
  star({ by: 'mona', at: at(7) }).deleted(),
  star({ by: 'newcomer-b', at: at(2) }).created(),
  push({
    at: at(8),
    by: 'mona',
    commits: [
      {
        sha: 'a'.repeat(40),
        name: 'Mona Lisa',
        email: 'mona.lisa@example.org',
        login: 'mona',
        message: 'One\n\nCo-authored-by: B <b.other@example.org>',
      },
    ],
  }),
  push({
    at: at(9),
    commits: [
      {
        sha: 'b'.repeat(40),
        email: 'b.other@example.org',
        login: 'newcomer-b',
        message: `Two\n\nCo-authored-by: Mona Lisa <${noreply}>\nCo-authored-by: Mona Lisa <mona.lisa@example.org>`,
      },
      // Known to be hers by the other pushes alone.
      { sha: 'c'.repeat(40), name: 'Mona Lisa', email: 'mona.lisa@example.org' },
    ],
  }),
]

describe('forgetting an account', () => {
  it('ends in the same, before, between or after the same deliveries, in any order', async () => {
    const { db } = using.open
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(history, { minLength: history.length }),
        fc.nat(history.length),
        fc.boolean(),
        async (arrival, moment, twice) => {
          await emptyDatabase(using.open)
          await hear(db, history)
          await eraseAccount(db, mona, now)
          const expected = await dump(db)

          await emptyDatabase(using.open)
          await hear(db, arrival.slice(0, moment))
          await eraseAccount(db, mona, now)
          await hear(db, arrival.slice(moment))
          if (twice) await eraseAccount(db, mona, now)
          await hear(db, arrival.slice(0, moment))
          expect(await dump(db)).toEqual(expected)
        },
      ),
      { numRuns: 12 },
    )
  })

  it('leaves nothing that leads to them, and what they did by nobody', async () => {
    const { db } = using.open
    await hear(db, history)
    const before = await dump(db)
    const erased = await eraseAccount(db, mona, now)
    expect(erased.facts).toBeGreaterThan(8)
    expect(erased.signatures.toSorted()).toEqual(
      [`hash of ${noreply}`, 'hash of mona.lisa@example.org'].toSorted(),
    )
    const after = await dump(db)
    expect(JSON.stringify(after)).not.toMatch(/mona/i)
    expect(JSON.stringify(after)).not.toMatch(new RegExp(`\\b${mona.id}\\b`))
    // Her two stars are gone; of her two signatures on one commit one co-author by nobody is left.
    expect(after.facts?.length).toBe((before.facts?.length ?? 0) - 3)
    const rows = await db
      .selectFrom('facts')
      .select(['kind', 'key'])
      .where('account_id', 'is', null)
      .where('signature', 'is', null)
      .execute()
    expect(rows).toContainEqual({ kind: 'pull_request.merged', key: '7' })
    expect(rows).toContainEqual({ kind: 'commit.coauthored', key: `${'b'.repeat(40)}:nobody` })
    expect(after.accounts?.join()).toContain('newcomer-b')
  })

  it('keeps out what GitHub says later: signatures, forks, and the same commits by other names', async () => {
    const { db } = using.open
    const unclear = { name: 'M', email: 'elsewhere@example.net' }
    await hear(db, [push({ commits: [{ sha: 'd'.repeat(40), ...unclear }] })])
    await eraseAccount(db, mona, now)
    const hash = 'hash of elsewhere@example.net'
    await db.transaction().execute(async (trx) => {
      await record(trx, recording({ accounts: [{ ...mona, type: 'User', seenAt: now }] }))
      await keepAnswers(trx, [{ hash, accountId: mona.id }], now)
    })
    await hear(db, [push({ commits: [{ sha: 'e'.repeat(40), ...unclear }] })])
    const after = await dump(db)
    expect(JSON.stringify([after.facts, after.signatures, after.evidence])).not.toContain(hash)
    expect(after.facts?.filter((row) => row.includes('commit.authored'))).toHaveLength(2)
    expect(after.accounts?.join()).not.toContain('mona')

    const seen = {
      ...{ nodeId: 'R_1', createdAt: now, pushedAt: null, stars: 0, forks: 0, archived: false },
      ...{ disabled: false, description: null, hasIssues: false, parentId: 1000, depth: 1 },
    }
    await keepForks(db, 1000, {
      at: now,
      upstreamDescription: null,
      forks: [
        { ...seen, id: 2001, fullName: 'mona/engine', owner: { id: mona.id } },
        { ...seen, id: 2002, fullName: 'newcomer-b/engine', owner: { id: 2 } },
      ],
    })
    const forks = await db.selectFrom('forks').select('full_name').execute()
    expect(forks).toEqual([{ full_name: 'newcomer-b/engine' }])
  })

  it('does not reach whoever has the login by now', async () => {
    const { db } = using.open
    await hear(db, history)
    await eraseAccount(db, { ...mona, id: 999_001 }, now)
    // The login was given up, and is somebody else's: her own account shows it.
    await hear(db, [pullRequest({ number: 20, author: 'mona' }).opened()])
    await hear(db, history)
    const after = await dump(db)
    expect(after.accounts?.join()).toContain('"mona"')
    expect(after.evidence?.join()).toContain('"mona"')
  })

  it('keeps no number and no login, only keyed hashes', async () => {
    const { db } = using.open
    await eraseAccount(db, mona, now)
    const kept = await db.selectFrom('forgotten').selectAll().execute()
    expect(kept).toHaveLength(2)
    for (const { hash } of kept) expect(hash).toMatch(/^[0-9a-f]{64}$/)
  })
})
