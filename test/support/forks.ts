import { pino } from 'pino'
import { expect, onTestFinished } from 'vitest'
import { readEnvironment } from '../../config/environment.ts'
import { beginIfIdle, forkScanStep, isForGit } from '../../jobs/fork-scan-step.ts'
import { settleForkStates } from '../../jobs/settle-fork-states.ts'
import { openGitHubApp } from '../../src/github/github-app.ts'
import type { Database } from '../../src/store/database.ts'
import { endForkScan, forkScanOf, wantForkScan } from '../../src/store/fork-scans.ts'
import { noticeInstallation } from '../../src/store/installations.ts'
import { track } from '../../src/store/repositories.ts'
import { appEnvironment, engine, exampleGitHub } from './journey.ts'

/** A GitHub whose `example-lab/engine` can be forked, and how the App reads the network through its API. */
export async function forkedEngine() {
  const clock = { now: new Date('2026-11-16T09:00:00Z') }
  const now = () => clock.now
  const { github, contract } = await exampleGitHub(now)
  onTestFinished(async () => {
    await github.close()
    expect(contract.violations).toEqual([])
  })
  const { id: installationId } = github.addInstallation('example-lab')
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
  const root = github.world.repository(engine)
  const octokit = await app.github.installation({
    installationId,
    repositoryId: root.id,
    purpose: 'forks',
  })
  const scanning = {
    /** Promises a scan; `step` carries it out. */
    want: async (db: Database, kind: 'whole' | 'pushes') => {
      await noticeInstallation(db, {
        id: installationId,
        accountId: root.owner.id,
        accountLogin: root.owner.login,
      })
      await track(db, {
        repositoryId: root.id,
        installationId,
        at: now(),
        fullName: engine,
        private: false,
        ownerId: root.owner.id,
        ownerLogin: root.owner.login,
        ownerType: root.owner.type,
      })
      await wantForkScan(db, root.id, { at: now(), kind })
    },
    /** One request. False at the end. Killed, GitHub has answered, and nobody has kept it. */
    step: async (db: Database, { killed = false } = {}): Promise<boolean> => {
      const promised = await forkScanOf(db, root.id)
      if (promised === null) throw new Error('The test wants no scan')
      await beginIfIdle(root.id, promised, { db, now })
      const scan = (await forkScanOf(db, root.id)) ?? promised
      const { startedAt } = scan
      if (startedAt === null) return false
      const repository = { id: root.id, owner: root.owner.login, name: root.name }
      const asked = { scan, startedAt, byGit: await isForGit(root.id, scan, { db }) }
      const deps = { db, now: killed ? die : now }
      const more = await forkScanStep(octokit, repository, asked, deps)
      if (more) return true
      if (killed) die()
      await endForkScan(db, root.id, { at: now(), scan })
      await settleForkStates(root.id, { db, now })
      return false
    },
  }
  return {
    github,
    clock,
    root,
    pass: (hours: number) => {
      clock.now = new Date(clock.now.getTime() + hours * 3_600_000)
    },
    ...scanning,
    /** A whole scan; how many requests of each kind it took. */
    scan: async (db: Database, kind: 'whole' | 'pushes' = 'whole') => {
      const before = github.requests.length
      await scanning.want(db, kind)
      while (await scanning.step(db)) {
        // until nothing is left
      }
      const made = github.requests.slice(before).filter(({ path }) => path === '/graphql')
      const counts: Record<string, number> = {}
      for (const { operation } of made) counts[`${operation}`] = (counts[`${operation}`] ?? 0) + 1
      return {
        counts,
        requests: made.length,
        points: made.reduce((sum, { points }) => sum + points, 0),
      }
    },
  }
}

function die(): never {
  throw new Error('Killed')
}

/** Forks as they are kept. */
export async function keptForks(db: Database) {
  return await db.selectFrom('forks').selectAll().orderBy('fork_id').execute()
}

/** Branches of forks as they are kept, with the names of their forks. */
export async function keptHeads(db: Database) {
  return await db
    .selectFrom('fork_heads')
    .innerJoin('forks', 'forks.fork_id', 'fork_heads.fork_id')
    .select(['full_name', 'branch', 'ahead', 'behind', 'lane', 'fork_heads.problem'])
    .orderBy('full_name')
    .orderBy('branch')
    .execute()
}

/** What each fork is by now, by name. */
export async function keptStates(db: Database): Promise<Record<string, string>> {
  const rows = await db
    .selectFrom('fork_states')
    .innerJoin('forks', 'forks.fork_id', 'fork_states.fork_id')
    .select(['full_name', 'state'])
    .orderBy('at')
    .execute()
  return Object.fromEntries(rows.map(({ full_name, state }) => [full_name, state]))
}
