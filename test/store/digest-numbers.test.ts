import fc from 'fast-check'
import { describe, it } from 'vitest'
import { recording } from '../../src/events/recording.ts'
import { weeklyDigest } from '../../src/metrics/weekly-digest.ts'
import { weekAfter } from '../../src/metrics/window.ts'
import type { Database } from '../../src/store/database.ts'
import { projectHistory } from '../../src/store/history.ts'
import { record } from '../../src/store/record.ts'
import { week47 } from '../metrics/histories.ts'
import { expectAgreement } from '../metrics/slow/agreement.ts'
import { anyWorld, dwellers, type World } from '../metrics/world.ts'
import { useDatabase } from '../support/engine.ts'

const using = useDatabase()
/** Each project is a repository of its own, which is quicker than an empty database. */
let repositoryId = 1000
const seenAt = new Date('2020-01-01T00:00:00Z')

describe('every number of a digest from the store', () => {
  it('is what plain counting over the recorded facts finds', async () => {
    const { db } = using.open
    await fc.assert(
      fc.asyncProperty(anyWorld, async (world) => {
        repositoryId += 1
        await tell(db, repositoryId, world)
        const history = await projectHistory(db, {
          repositoryId,
          window: { from: weekAfter(week47, -8).from, to: week47.to },
          since: week47.from,
          overrides: { insiders: [], bots: [], ai: [], humans: [], hidden: [], organizations: {} },
        })
        expectAgreement(weeklyDigest(history, week47), world, false)
      }),
      { numRuns: 15, interruptAfterTimeLimit: 20_000 },
    )
  })
})

/** Records it all, in a repository that was followed from the first day. */
async function tell(db: Database, id: number, { facts, threads }: World): Promise<void> {
  const told = recording({
    facts: facts.map((fact) => ({ ...fact, repositoryId: id })),
    threads: threads.map((thread) => ({ ...thread, repositoryId: id })),
    accounts: dwellers.map(({ id: accountId, login, type }) => ({
      id: accountId,
      login,
      type,
      seenAt,
    })),
    associations: dwellers
      .filter(({ inside }) => inside)
      .map(({ id: accountId }) => ({ repositoryId: id, accountId, inside: true, seenAt })),
    repositories: [
      {
        ...{ id, ownerId: 500, ownerLogin: 'example-lab', ownerType: 'Organization' },
        ...{ name: `engine-${id}`, defaultBranch: 'main', private: false, archived: false },
        ...{ forks: 0, stars: 0, seenAt },
      },
    ],
  })
  await db.transaction().execute(async (trx) => await record(trx, told))
  await db.updateTable('repositories').set({ tracked_at: seenAt }).where('id', '=', id).execute()
}
