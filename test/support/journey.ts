import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { expect, onTestFailed, onTestFinished } from 'vitest'
import { readEnvironment } from '../../config/environment.ts'
import { serializers } from '../../src/log.ts'
import type { ScheduledJobName } from '../../src/queue.ts'
import { type GitHub, startGitHub } from '../../src/sandbox/github.ts'
import { type RunningApp, startApp } from '../../src/server.ts'
import { pendingDeliveries } from '../../src/store/deliveries.ts'
import { workState } from '../../src/store/work.ts'
import { createTestDatabase, engineName } from './engine.ts'
import { githubContract } from './github-contract.ts'
import { sharedEngine } from './shared-engine.ts'
import { until } from './until.ts'

const appId = 4242
export const webhookSecret = 'a webhook secret of the test suite'
const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})

const engines = sharedEngine()

/** What a process needs to be the App of this double; for startApp and for a process of its own. */
export function appEnvironment(github: { host: string }, more: Record<string, string> = {}) {
  return {
    APP_ID: String(appId),
    PRIVATE_KEY: privateKey,
    WEBHOOK_SECRET: webhookSecret,
    // where git is
    PATH: process.env.PATH ?? '',
    GHE_HOST: github.host,
    GHE_PROTOCOL: 'http',
    HOST: '127.0.0.1',
    PORT: '0',
    ...more,
  }
}

/** A GitHub with `example-lab/engine`, its three members, and the App installed on the organisation. */
export async function exampleGitHub(now: () => Date) {
  const contract = githubContract()
  const github = await startGitHub({
    now,
    authenticationNow: () => new Date(),
    appId,
    privateKey,
    publicKey,
    webhookSecret,
    contract,
  })
  github.addOrganization('example-lab')
  for (const login of ['mara', 'tomasz', 'ines']) {
    github.addUser(login)
    github.addMember('example-lab', login)
  }
  github.addRepository('example-lab', 'engine')
  return { github, contract }
}

export const engine = 'example-lab/engine'

/** The whole App in this process, on the engine under test, beside a double of GitHub. */
export async function journey(
  options: {
    at?: string
    env?: Record<string, string>
    /** true: schedules run by the machine's clock, too */
    ticks?: boolean
    /** what happened before the App was installed */
    before?: (github: GitHub, clock: { now: Date }) => Promise<void>
  } = {},
) {
  const clock = { now: new Date(options.at ?? '2026-11-16T09:00:00Z') }
  const now = () => clock.now
  const { github, contract } = await exampleGitHub(now)
  const database = await createTestDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'groundswell-journey-'))
  const environment = readEnvironment(
    appEnvironment(github, { DATA_DIR: dataDir, ...database.environment, ...options.env }),
  )
  const { credentials } = environment
  if (credentials === null) throw new Error('The environment of the test lacks credentials')
  const logged: string[] = []
  onTestFailed(() => {
    process.stderr.write(logged.slice(-30).join(''))
  })
  const log = pino({ level: 'debug', serializers }, { write: (line: string) => logged.push(line) })
  const lent = engineName === 'embedded' ? await engines.lend() : {}
  const start = () =>
    startApp({
      environment,
      credentials,
      log,
      now,
      settleMs: 0,
      pace: 100,
      ...lent,
      ticks: options.ticks ?? false,
    })
  onTestFinished(async () => {
    await github.close()
    await database.drop()
    await rm(dataDir, { recursive: true, force: true })
    expect(contract.violations).toEqual([])
  })
  const running = { app: await start() }
  github.deliveries.webhookUrl = `${running.app.url}${environment.webhookPath}`
  // Before the others, since the last hook comes first.
  onTestFinished(async () => await running.app.close())
  await options.before?.(github, clock)
  await github.install('example-lab')
  /** Moves to an instant; what was sent before it is received before it. */
  const reach = async (instant: Date) => {
    await github.settled()
    clock.now = instant
  }

  return {
    github,
    contract,
    clock,
    logged,
    environment,
    get app(): RunningApp {
      return running.app
    },
    /** Lets time pass. */
    pass: (hours: number) => reach(new Date(clock.now.getTime() + hours * 3_600_000)),
    reach,
    /** Waits until nothing is left to do. */
    idle: () => idle(github, running.app),
    /** Runs a scheduled job as its tick would. */
    tick: async (name: ScheduledJobName) => {
      await running.app.deps.queue.enqueue([{ name, key: '' }], {
        evenIfQueued: `@${Math.random()}`,
      })
      await idle(github, running.app)
    },
    restart: async () => {
      await running.app.close()
      running.app = await start()
      github.deliveries.webhookUrl = `${running.app.url}${environment.webhookPath}`
    },
    /** Pushes a configuration, and waits until it holds. */
    configure: async (text: string) => {
      const filename = '.github/groundswell.yml'
      github.putFile(engine, filename, text)
      await github.push(engine, { by: 'mara', commits: [{ files: [{ filename }] }] })
      await idle(github, running.app)
    },
    /** Bodies of the App's own comments in a thread. */
    ownComments: (number: number) =>
      github
        .comments(engine, number)
        .filter(({ byApp }) => byApp)
        .map(({ body }) => body),
  }
}

async function idle(github: GitHub, { deps }: RunningApp): Promise<void> {
  await until(async () => {
    // In the order in which one thing leads to the next: a job that ends between two questions shows in the later one.
    const queued = await deps.queue.depth()
    await github.settled()
    const pending = await pendingDeliveries(deps.db, { before: null, limit: 1 })
    const { open } = await workState(deps.db)
    return queued === 0 && pending.length === 0 && Number(open) === 0
  }, 60_000)
  // A job that has just ended may have written to GitHub, which sent a webhook.
  await github.settled()
}
