import { describe, expect, it } from 'vitest'
import { translate } from '../../src/events/index.ts'
import { record } from '../../src/store/record.ts'
import { track } from '../../src/store/repositories.ts'
import { keepStarCounts } from '../../src/store/star-counts.ts'
import { star } from '../support/builders.ts'
import { useDatabase } from '../support/engine.ts'

const using = useDatabase()
const { event, payload } = star({ at: '2026-11-15T09:00:00Z' }).created()
const told = translate(event, payload, (address) => address)
const repositoryId = told?.repositories[0]?.id ?? 0

const count = (day: string, stars: number) => ({ day: new Date(`${day}T00:00:00Z`), stars })

async function counts() {
  const rows = await using.open.db.selectFrom('day_counts').selectAll().orderBy('day').execute()
  return rows.map(({ day, stars, forks }) => [day.toISOString().slice(0, 10), stars, forks])
}

async function tracked(): Promise<void> {
  await track(using.open.db, {
    ...{ repositoryId, installationId: 1, at: new Date('2026-11-16T09:00:00Z') },
    ...{ fullName: 'example-lab/engine', private: false },
    ...{ ownerId: 2, ownerLogin: 'example-lab', ownerType: 'Organization' },
  })
}

describe('stars of days before a repository was tracked', () => {
  it('are kept, and those of later days are left to payloads', async () => {
    await tracked()
    const all = [count('2026-11-14', 7), count('2026-11-15', 8), count('2026-11-16', 9)]
    await keepStarCounts(using.open.db, repositoryId, all)
    expect(await counts()).toEqual([
      ['2026-11-14', 7, null],
      ['2026-11-15', 8, null],
    ])
  })

  it('never fall when they are read again, after stars were taken back', async () => {
    await tracked()
    await keepStarCounts(using.open.db, repositoryId, [count('2026-11-14', 7)])
    await keepStarCounts(using.open.db, repositoryId, [count('2026-11-14', 5)])
    expect(await counts()).toEqual([['2026-11-14', 7, null]])
  })

  it.each([
    ['before', true],
    ['after', false],
  ])('give way to what a payload of that day shows, recorded %s', async (_, isFirst) => {
    const { db } = using.open
    await tracked()
    const observe = async () => {
      if (told !== null) await db.transaction().execute(async (trx) => await record(trx, told))
    }
    if (isFirst) await observe()
    await keepStarCounts(db, repositoryId, [count('2026-11-15', 12_345)])
    if (!isFirst) await observe()
    const { stars, forks } = told?.repositories[0] ?? { stars: null, forks: null }
    expect(await counts()).toEqual([['2026-11-15', stars, forks]])
  })
})
