import fc from 'fast-check'
import { expect, it } from 'vitest'
import { backfillOf } from '../../src/store/backfills.ts'
import { dump, past, tell } from '../support/backfill.ts'
import { emptyDatabase, useDatabase } from '../support/engine.ts'

const using = useDatabase()

it('ends in the same facts, read or told or both in any mixture', async () => {
  const { db } = using.open
  const { github, want, step } = await past(12)
  const { made } = github.deliveries
  // Accounts deleted since are nobody in what is read; what was told before still names them.
  for (const delivery of made) await tell(db, delivery)
  const told = await dump(db)
  const withoutDeleted = (rows: string[] = []) => rows.filter((row) => !row.includes('was-deleted'))

  await emptyDatabase(using.open)
  await want(db)
  while (await step(db)) {}
  const read = await dump(db)
  const deleted = github.world.accounts.find(({ login }) => login === 'was-deleted')?.id
  const nameless = (rows: string[] = []) =>
    rows.map((row) => row.replaceAll(`_id":${deleted}`, '_id":null')).sort()
  expect(read.facts).toEqual(nameless(told.facts))
  expect(read.threads).toEqual(nameless(told.threads))
  expect(read.associations).toEqual(told.associations?.filter((row) => !row.includes(`${deleted}`)))
  expect(read.accounts).toEqual(withoutDeleted(told.accounts))
  expect(read.facts?.length).toBeGreaterThan(200)
  expect(read.accounts?.join()).toContain('dependabot[bot]')

  const mixtures = fc.record({
    before: fc.shuffledSubarray(made),
    between: fc.shuffledSubarray(made),
  })
  await fc.assert(
    fc.asyncProperty(mixtures, async ({ before, between }) => {
      await emptyDatabase(using.open)
      for (const delivery of before) await tell(db, delivery)
      await want(db)
      const rest = [...between]
      do {
        const next = rest.shift()
        if (next !== undefined) await tell(db, next)
      } while (await step(db))
      for (const delivery of rest) await tell(db, delivery)
      const mixed = await dump(db)
      expect(nameless(mixed.facts)).toEqual(read.facts)
      expect(nameless(mixed.threads)).toEqual(read.threads)
      expect(mixed.associations).toEqual(expect.arrayContaining(read.associations ?? []))
      expect(withoutDeleted(mixed.accounts)).toEqual(read.accounts)
    }),
    { numRuns: 5 },
  )
})

it('costs a point a page, and one more for many long conversations together', async () => {
  const { db } = using.open
  const { github, repositoryId, want, step } = await past(110)
  await want(db)
  while (await step(db)) {}
  const { points, requests } = (await backfillOf(db, repositoryId)) ?? {}
  const asked = github.requests.filter(({ operation }) => operation?.startsWith('History'))
  // The totals; 3 and 2 pages of pull requests and issues, which take releases along; discussions.
  const pages = 1 + 3 + 2 + 1
  // 32 long conversations of 16 pull requests and 16 of issues, and two of a discussion; 25 to a request,
  // or fewer where they would hold up a month that is known.
  const rests = 5
  // How many comments there are on single lines, and a page each of them and of stars.
  const lists = 3
  expect({ points, requests }).toEqual({
    points: pages + rests,
    requests: pages + rests + lists,
  })
  expect(asked).toHaveLength(pages + rests)
  expect(asked.every(({ points }) => points === 1)).toBe(true)
})
