import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { recordFacts } from '../../src/deliveries/record-facts.ts'
import type { Database } from '../../src/store/database.ts'
import { settlePeople } from '../../src/store/settle-people.ts'
import {
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

/** Every table that facts and states live in. */
const dumps = {
  facts: 'repository_id, kind, key, occurred_at, account_id, signature, thread, detail',
  retractions: 'repository_id, kind, key',
  accounts: 'id, login, type, seen_at',
  signatures: 'hash, domain, human',
  evidence: 'repository_id, member, by, value, source',
  people: 'repository_id, member, person',
  associations: 'repository_id, account_id, inside, first_at, last_at',
  threads:
    'repository_id, number, type, updated_at, title, open, draft, created_at, author_id, closed_at, merged_at, merge_sha, head_repository_id',
  repositories:
    'id, owner_login, name, default_branch, private, archived, stars, forks, seen_at, installation_id, tracked_at',
  day_counts: 'repository_id, day, stars, forks, seen_at',
}

async function dump(db: Database) {
  await settlePeople(db)
  const tables: Record<string, unknown[]> = {}
  for (const [table, columns] of Object.entries(dumps)) {
    const { rows } = await sql`select ${sql.raw(columns)} from ${sql.table(table)}`.execute(db)
    tables[table] = rows.map((row) => JSON.stringify(row)).sort()
  }
  return tables
}

async function recordAll(db: Database, deliveries: readonly Delivery[]) {
  for (const [index, { event, payload }] of deliveries.entries()) {
    const at = new Date('2026-11-24T00:00:00Z')
    await recordFacts({ id: `guid-${index}`, name: event, payload, at }, { db, hashEmail })
  }
}

const authors = ['newcomer-a', 'newcomer-b', 'maintainer-x', 'dependabot[bot]']
const hour = fc.integer({ min: 0, max: 6 })
const at = (hours: number) =>
  new Date(Date.parse('2026-11-16T09:00:00Z') + hours * 3_600_000).toISOString()

/** What may happen to one pull request, in the order in which it happens; times repeat on purpose. */
const pullRequestStory = fc
  .record({
    number: fc.integer({ min: 1, max: 3 }),
    draft: fc.boolean(),
    steps: fc.array(
      fc.record({
        step: fc.constantFrom('edit', 'ready', 'review', 'comment', 'close', 'reopen', 'merge'),
        hours: hour,
      }),
      { maxLength: 5 },
    ),
  })
  .map(({ number, draft, steps }): Delivery[] => {
    const author = authors[number % authors.length] ?? 'newcomer-a'
    const pull = pullRequest({ number, author, draft, at: at(0) })
    return [
      pull.opened(),
      ...steps.map(({ step, hours }, index) => {
        const instant = at(hours + 1)
        const id = number * 100 + index
        switch (step) {
          case 'edit':
            return pull.edited({ at: instant, title: `Title ${index}` })
          case 'ready':
            return pull.readyForReview({ at: instant })
          case 'review':
            return pull.reviewed({ id, at: instant, by: 'maintainer-x' })
          case 'comment':
            return pull.commented({ id, at: instant, by: authors[index % 4] ?? null })
          case 'close':
            return pull.closed({ at: instant })
          case 'reopen':
            return pull.reopened({ at: instant })
          default:
            return pull.merged({ at: at(20) })
        }
      }),
    ]
  })

const otherStory = fc
  .record({ number: fc.integer({ min: 11, max: 13 }), hours: hour, gone: fc.boolean() })
  .map(({ number, hours, gone }): Delivery[] => {
    const one = issue({ number, at: at(0) })
    const said = comment({ on: one, id: number, at: at(hours) })
    return [
      one.opened(),
      said.created(),
      one.closed({ at: at(hours) }),
      ...(gone
        ? [said.deleted(), one.deleted({ at: at(hours + 1) })]
        : [one.reopened({ at: at(hours) })]),
      fork({ id: 2000 + number, at: at(hours) }),
      star({ by: 'newcomer-b', at: at(hours) }).created(),
      star({ by: 'newcomer-b', at: at(hours + 1) }).deleted(),
      push({
        at: at(hours),
        commits: [
          {
            sha: `${number}`.padStart(40, 'a'),
            message: 'Fix\n\nCo-authored-by: B <b@example.com>',
          },
        ],
      }),
    ]
  })

/** One history, and an order in which some of it arrives twice and some of it late. */
const histories = fc
  .array(fc.oneof(pullRequestStory, otherStory), { minLength: 1, maxLength: 3 })
  .map((stories) => stories.flat())
  .chain((history) =>
    fc.record({
      history: fc.constant(history),
      arrival: fc
        .tuple(
          fc.shuffledSubarray(history),
          fc.shuffledSubarray(history, { minLength: history.length }),
        )
        .map(([some, all]) => [...some, ...all]),
    }),
  )

it('ends in the same facts whatever the order, the repetitions and the losses made good', async () => {
  const { db } = using.open
  await fc.assert(
    fc.asyncProperty(histories, async ({ history, arrival }) => {
      await emptyDatabase(using.open)
      await recordAll(db, history)
      const expected = await dump(db)
      await emptyDatabase(using.open)
      await recordAll(db, arrival)
      expect(await dump(db)).toEqual(expected)
    }),
    { numRuns: 25 },
  )
})

it('ends in the same facts when everything is replayed over what is there', async () => {
  const { db } = using.open
  const pull = pullRequest({ number: 7, author: 'newcomer-a' })
  const history = [pull.opened(), pull.reviewed(), pull.merged(), push(), fork()]
  await recordAll(db, history)
  const expected = await dump(db)
  await recordAll(db, history)
  expect(await dump(db)).toEqual(expected)
  expect(expected.facts?.length).toBeGreaterThan(4)
})

it('keeps nothing of a repository that the App is not installed on', async () => {
  const { db } = using.open
  const { event, payload } = pullRequest({ number: 7 }).opened()
  const { installation: _, ...stranger } = payload
  await recordAll(db, [{ event, payload: stranger }])
  expect((await dump(db)).facts).toEqual([])
})
