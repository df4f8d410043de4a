import { sql } from 'kysely'
import { pino } from 'pino'
import { expect, onTestFinished } from 'vitest'
import { readEnvironment } from '../../config/environment.ts'
import { backfillStep } from '../../jobs/backfill-step.ts'
import { beginIfIdle, forkScanStep } from '../../jobs/fork-scan-step.ts'
import { translate } from '../../src/events/index.ts'
import { openGitHubApp } from '../../src/github/github-app.ts'
import type { GitHub } from '../../src/sandbox/github.ts'
import { backfillOf, wantBackfill } from '../../src/store/backfills.ts'
import type { Database } from '../../src/store/database.ts'
import { endForkScan, forkScanOf, wantForkScan } from '../../src/store/fork-scans.ts'
import { record } from '../../src/store/record.ts'
import { pastOf } from './history.ts'
import { appEnvironment, engine, exampleGitHub } from './journey.ts'

/** A GitHub with a past of so many days, and how the App reads from it. */
export async function past(days: number) {
  const clock = { now: new Date('2024-01-01T09:00:00Z') }
  const { github, contract } = await exampleGitHub(() => clock.now)
  onTestFinished(async () => {
    await github.close()
    expect(contract.violations).toEqual([])
  })
  await pastOf(github, clock, { days })
  const { id } = github.addInstallation('example-lab')
  const environment = readEnvironment(appEnvironment(github))
  const { credentials } = environment
  if (credentials === null) throw new Error('The environment of the test lacks credentials')
  const app = await openGitHubApp({
    credentials,
    github: environment.github,
    log: pino({ level: 'silent' }),
    redisUrl: null,
    throttle: false,
    budgets: null,
  })
  const octokit = await app.github.installation({
    installationId: id,
    repositoryId: null,
    purpose: 'backfill',
  })
  const repositoryId = github.world.repository(engine).id
  const where = { repositoryId, owner: 'example-lab', name: 'engine' }
  const now = () => clock.now
  /** One request for the forks. False at the end. */
  const forkStep = async (db: Database): Promise<boolean> => {
    if ((await forkScanOf(db, repositoryId)) === null) {
      await wantForkScan(db, repositoryId, { at: now(), kind: 'whole' })
    }
    const promised = await forkScanOf(db, repositoryId)
    if (promised !== null) await beginIfIdle(repositoryId, promised, { db, now })
    const scan = await forkScanOf(db, repositoryId)
    if (scan === null || scan.startedAt === null) return false
    const asked = { scan, startedAt: scan.startedAt, byGit: true }
    const network = { id: repositoryId, owner: where.owner, name: where.name }
    if (await forkScanStep(octokit, network, asked, { db, now })) return true
    await endForkScan(db, repositoryId, { at: now(), scan })
    return false
  }
  return {
    github,
    clock,
    repositoryId,
    want: (db: Database) => wantBackfill(db, repositoryId, { at: now(), again: 'never' }),
    /** One request, for history and then for forks. False at the end. */
    step: async (db: Database) => {
      const backfill = await backfillOf(db, repositoryId)
      if (backfill === null) throw new Error('The test wants no backfill')
      if ((await backfillStep(octokit, where, { backfill, deps: { db, now } })) !== null)
        return true
      return await forkStep(db)
    },
  }
}

export type Delivered = GitHub['deliveries']['made'][number]

/** Records what a webhook says, as the worker would. */
export async function tell(db: Database, { event, payload }: Delivered) {
  const told = translate(event, payload, (address) => `hash of ${address}`)
  if (told !== null) await db.transaction().execute(async (trx) => await record(trx, told))
}

/** Commits come by git, and stars without their givers. */
const isRead = sql`kind not in ('commit.authored', 'commit.coauthored', 'star.created')`

/** What a history leaves behind, without the instants at which it was read. */
export async function dump(db: Database) {
  const queries = {
    facts: sql`select kind, key, occurred_at, account_id, thread, detail from facts where ${isRead}`,
    threads: sql`select * from threads`,
    associations: sql`select distinct account_id, inside from associations`,
    accounts: sql`select distinct accounts.id, login, type from accounts join facts on account_id = accounts.id where ${isRead}`,
  }
  const tables: Record<string, string[]> = {}
  for (const [name, query] of Object.entries(queries)) {
    const { rows } = await query.execute(db)
    tables[name] = rows.map((row) => JSON.stringify(row)).sort()
  }
  return tables
}
