import { beforeEach, describe, expect, it } from 'vitest'
import type { Fact } from '../../src/events/fact.ts'
import { recording } from '../../src/events/recording.ts'
import { measuresTogether } from '../../src/metrics/organization-digest.ts'
import type { digestMetrics } from '../../src/metrics/week-measures.ts'
import { weekAfter } from '../../src/metrics/window.ts'
import { projectHistory } from '../../src/store/history.ts'
import { eraseExpired } from '../../src/store/installations.ts'
import { organizationWeek } from '../../src/store/organization-weeks.ts'
import type { PeopleOverrides } from '../../src/store/people.ts'
import { record } from '../../src/store/record.ts'
import { rollUp } from '../../src/store/roll-up.ts'
import { week47 } from '../metrics/histories.ts'
import { useDatabase } from '../support/engine.ts'

const using = useDatabase()
const seenAt = new Date('2020-01-01T00:00:00Z')
const overrides: PeopleOverrides = {
  ...{ insiders: [], bots: [], ai: [], humans: [], hidden: [] },
  organizations: {},
}
const [engine, tools, other] = [1, 2, 3] as const
const both = [engine, tools]

/** Three repositories that are known since 2020, and two people. */
beforeEach(async () => {
  const repositories = [...both, other].map((id) => ({
    ...{ id, ownerId: 500, ownerLogin: 'example-lab', ownerType: 'Organization' as const },
    ...{ name: `repository-${id}`, defaultBranch: 'main', private: false, archived: false },
    ...{ forks: 0, stars: 0, seenAt },
  }))
  const accounts = [10, 11].map((id) => ({
    ...{ id, login: `newcomer-${id}`, type: 'User' as const, seenAt },
  }))
  await tell({ repositories, accounts })
  await using.open.db.updateTable('repositories').set({ tracked_at: seenAt }).execute()
  await opens(engine, 10, week47.from)
  await opens(tools, 10, week47.from)
})

async function tell(parts: Parameters<typeof recording>[0]): Promise<void> {
  await using.open.db.transaction().execute(async (trx) => await record(trx, recording(parts)))
}

let opened = 0
async function opens(repositoryId: number, accountId: number, occurredAt: Date): Promise<void> {
  opened += 1
  const fact: Fact = {
    ...{ kind: 'issues.opened', repositoryId, key: `${opened}`, occurredAt, accountId },
    ...{ signature: null, thread: opened, detail: {} },
  }
  await tell({ facts: [fact] })
}

/** What is told of some repositories in week 47, and how often it was measured for that. */
async function told(
  ids: readonly number[] = both,
  { by = 'these metrics', meanwhile = async () => {} } = {},
) {
  const { db } = using.open
  const read = (id: number) =>
    projectHistory(db, {
      ...{ repositoryId: id, window: week47, since: week47.from },
      overrides,
    })
  const bases = []
  for (const id of ids) {
    const { isKnownFromBeginning, completeness } = await read(id)
    bases.push({ id, basis: { by, isKnownFromBeginning, completeness } })
  }
  let measured = 0
  const asked = { repositoryId: engine, week: week47, told: bases }
  const { contributors } = await organizationWeek<keyof typeof digestMetrics>(
    db,
    asked,
    async () => {
      measured += 1
      const histories = []
      for (const id of ids) histories.push(await read(id))
      await meanwhile()
      return measuresTogether(histories, week47)
    },
  )
  return { contributors, measured }
}

describe('a week of several repositories', () => {
  it('is measured once, over all that they hold', async () => {
    expect(await told()).toEqual({ contributors: 1, measured: 1 })
    expect(await told()).toEqual({ contributors: 1, measured: 0 })
  })

  it('is measured anew when something comes late in one of them', async () => {
    await told()
    await opens(tools, 11, week47.from)
    expect(await told()).toEqual({ contributors: 2, measured: 1 })
    expect(await told()).toEqual({ contributors: 2, measured: 0 })
  })

  it('is kept when something happens later, or elsewhere', async () => {
    await told()
    await opens(tools, 11, weekAfter(week47).from)
    await opens(other, 11, week47.from)
    await rollUp(using.open.db, { repositoryId: other, overrides })
    expect(await told()).toEqual({ contributors: 1, measured: 0 })
  })

  it('is not kept when something is recorded and worked out while it is measured', async () => {
    const meanwhile = async () => {
      await opens(tools, 11, week47.from)
      await rollUp(using.open.db, { repositoryId: tools, overrides })
    }
    expect(await told(both, { meanwhile })).toEqual({ contributors: 1, measured: 1 })
    expect(await told()).toEqual({ contributors: 2, measured: 1 })
  })

  it('is another one for other repositories, and by another measure', async () => {
    await opens(other, 11, week47.from)
    await told()
    expect(await told([engine, tools, other])).toEqual({ contributors: 2, measured: 1 })
    expect(await told()).toEqual({ contributors: 1, measured: 1 })
    expect(await told(both, { by: 'others' })).toEqual({ contributors: 1, measured: 1 })
  })

  it('goes with each of them', async () => {
    const { db } = using.open
    await told()
    await db
      .updateTable('repositories')
      .set({ untracked_at: seenAt })
      .where('id', '=', tools)
      .execute()
    expect(await eraseExpired(db, week47.from)).toEqual([tools])
    expect(await db.selectFrom('organization_weeks').selectAll().execute()).toEqual([])
  })
})
