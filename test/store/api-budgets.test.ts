import { expect, it } from 'vitest'
import { apiAllowances, apiCosts, budgetBook, purgeApiCosts } from '../../src/store/api-budgets.ts'
import { useDatabase } from '../support/engine.ts'

const using = useDatabase()
const at = (time: string) => new Date(`2026-11-16T${time}:00Z`)

it('keeps the least that was left of an hour, in whatever order the answers came', async () => {
  const { db } = using.open
  const book = budgetBook(db)
  const left = async (remaining: number, resetsAt: Date, seenAt: Date) => {
    const allowance = { resource: 'graphql' as const, allowed: 5000, remaining, resetsAt }
    await book.keepAllowance(77, allowance, seenAt)
    const { allowances } = await book.read(77)
    return allowances.map((one) => one.remaining)
  }
  expect(await left(4990, at('10:00'), at('09:01'))).toEqual([4990])
  expect(await left(4980, at('10:00'), at('09:02'))).toEqual([4980])
  expect(await left(4985, at('10:00'), at('09:03'))).toEqual([4980])
  // GitHub's clocks differ by a second; the hour is the same.
  expect(await left(4984, new Date(at('10:00').getTime() + 1000), at('09:03'))).toEqual([4980])
  expect(await left(4999, at('11:00'), at('10:00'))).toEqual([4999])
  expect((await apiAllowances(db, at('10:30'))).left).toHaveLength(1)
  expect((await apiAllowances(db, at('11:00'))).left).toEqual([])
})

it('counts pauses, and forgets them when a request went well', async () => {
  const { db } = using.open
  const book = budgetBook(db)
  await book.pause(77, { until: at('09:10'), reason: 'too fast', strikes: 1 })
  await book.pause(77, { until: at('09:20'), reason: 'too fast', strikes: 2 })
  expect((await book.read(77)).pause).toMatchObject({ until: at('09:20'), strikes: 2 })
  expect((await book.read(78)).pause).toBeNull()
  expect((await apiAllowances(db, at('09:15'))).paused).toHaveLength(1)
  await book.forgive(77)
  expect((await book.read(77)).pause).toBeNull()
})

it('adds costs up by day, repository and purpose, and forgets those of long ago', async () => {
  const { db } = using.open
  const book = budgetBook(db)
  const spend = async (
    repositoryId: number | null,
    purpose: string,
    points: number,
    when: Date,
  ) => {
    await book.addCost({ installationId: 77, repositoryId, purpose }, { points, requests: 1 }, when)
  }
  await spend(1, 'backfill', 3, at('09:00'))
  await spend(1, 'backfill', 4, at('23:59'))
  await spend(2, 'backfill', 5, at('12:00'))
  await spend(1, 'posts', 0, at('12:00'))
  await spend(1, 'posts', 0, new Date('2026-11-09T12:00:00Z'))
  await spend(null, 'installations', 0, at('12:00'))
  const since = new Date('2026-11-10T00:00:00Z')
  expect(await apiCosts(db, { repositoryId: 1, since })).toEqual([
    { purpose: 'backfill', points: 7, requests: 2 },
    { purpose: 'posts', points: 0, requests: 1 },
  ])
  expect(await apiCosts(db, { repositoryId: null, since })).toEqual([
    { purpose: 'backfill', points: 12, requests: 3 },
    { purpose: 'installations', points: 0, requests: 1 },
    { purpose: 'posts', points: 0, requests: 1 },
  ])
  await purgeApiCosts(db, since)
  const all = await apiCosts(db, { repositoryId: 1, since: new Date(0) })
  expect(all.map(({ requests }) => requests)).toEqual([2, 1])
})
