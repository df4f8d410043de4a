/**
 * What it costs to keep up with a large project for a day, counted by a GitHub
 * of its own: the whole App, hour by hour, on as much as happens in a project of
 * 30,000 pull requests in six years. Ends with exit code 1 where upkeep takes
 * more than its target.
 *
 *     npm run bench:upkeep
 */
import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { readEnvironment } from '../config/environment.ts'
import { type GitHub, startGitHub } from '../src/sandbox/github.ts'
import { type RunningApp, startApp } from '../src/server.ts'
import { apiCosts } from '../src/store/api-budgets.ts'
import { pendingDeliveries } from '../src/store/deliveries.ts'
import { workState } from '../src/store/work.ts'

const owner = 'example-lab'
const name = 'engine'
const engine = `${owner}/${name}`
const webhookSecret = 'a webhook secret of the bench'
const hourMs = 60 * 60_000
/** GraphQL points a day, for what nobody waits for. */
const target = 30
const live: readonly string[] = ['posts', 'summaries', 'commands', 'configuration', 'installations']
/** A day's, an hour's share of it each hour. */
const aDay = { pullRequests: 14, comments: 100, issues: 14, pushesToForks: 10, forks: 5 }
/** Longer than any hour takes. */
const patienceMs = 120_000

const clock = { now: new Date('2026-11-16T00:30:00Z') }
const now = () => clock.now
const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})
const keys = { privateKey, publicKey }
const github = await startGitHub({
  ...{ now, authenticationNow: () => new Date(), appId: 1, webhookSecret, ...keys },
})
const dataDirectory = await mkdtemp(join(tmpdir(), 'groundswell-upkeep-'))
const environment = readEnvironment({
  ...{ APP_ID: '1', PRIVATE_KEY: privateKey, WEBHOOK_SECRET: webhookSecret },
  ...{ GHE_HOST: github.host, GHE_PROTOCOL: 'http', HOST: '127.0.0.1', PORT: '0' },
  ...{ DATA_DIR: dataDirectory, PATH: process.env.PATH },
})
const { credentials } = environment
if (credentials === null) throw new Error('The bench lacks credentials')

github.addOrganization(owner)
for (const login of ['mara', 'ines']) {
  github.addUser(login)
  github.addMember(owner, login)
}
github.addRepository(owner, name)
github.addForkNetwork(engine, {
  ...{ from: new Date('2023-02-01T00:00:00Z'), direct: 300, pushedEvery: 16, forkedEvery: 33 },
})
const log = pino({ level: 'silent' })
const app = await startApp({ environment, credentials, log, now, settleMs: 0 })
try {
  github.deliverTo(`${app.url}${environment.webhookPath}`)
  await github.install(owner)
  await idle(github, app)
  clock.now = new Date('2026-11-17T00:30:00Z')
  await tick(app)
  const before = await spent(app)
  for (let hour = 0; hour < 24; hour += 1) {
    await anHour(hour)
    clock.now = new Date(clock.now.getTime() + hourMs)
    await tick(app)
  }
  report(before, await spent(app))
} finally {
  await app.close()
  await github.close()
  await rm(dataDirectory, { recursive: true, force: true })
}

/** So many of `perDay` fall into an hour of the day. */
function inHour(perDay: number, hour: number): number {
  return Math.floor(((hour + 1) * perDay) / 24) - Math.floor((hour * perDay) / 24)
}

async function anHour(hour: number): Promise<void> {
  for (let each = 0; each < inHour(aDay.pullRequests, hour); each += 1) {
    const author = `author-${hour}-${each}`
    const { number } = await github.openPullRequest(engine, { author })
    const comments = [{ path: 'README.md', body: 'Here' }]
    await github.review(engine, number, { author: 'mara', state: 'approved', comments })
    await github.review(engine, number, { author: 'ines', state: 'commented' })
    await github.mergePullRequest(engine, number, { by: 'mara' })
  }
  for (let each = 0; each < inHour(aDay.issues, hour); each += 1) {
    await github.openIssue(engine, { author: `reporter-${hour}-${each}` })
  }
  const threads = github.issues(engine)
  for (let each = 0; each < inHour(aDay.comments, hour); each += 1) {
    const thread = threads[(each * 7 + hour) % threads.length]
    if (thread) await github.comment(engine, thread.number, { author: `reporter-${each}` })
  }
  for (let each = 0; each < inHour(aDay.forks, hour); each += 1) {
    await github.fork(engine, { owner: `forker-${hour}-${each}` })
  }
  const forks = github.world.repository(engine).forks.slice(0, inHour(aDay.pushesToForks, hour))
  for (const fork of forks) {
    await github.push(`${fork.owner.login}/${fork.name}`, { by: fork.owner.login })
  }
  await idle(github, app)
}

async function tick({ deps: { queue } }: RunningApp): Promise<void> {
  const jobs = ['schedule-reconciliations', 'schedule-forks', 'recover-deliveries'] as const
  await queue.enqueue(
    jobs.map((job) => ({ name: job, key: '' })),
    {
      evenIfQueued: clock.now.toISOString(),
    },
  )
  await idle(github, app)
}

async function idle(of: GitHub, { deps }: RunningApp): Promise<void> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const queued = await deps.queue.depth()
    await of.settled()
    const pending = await pendingDeliveries(deps.db, { before: null, limit: 1 })
    const { open } = await workState(deps.db)
    if (queued === 0 && pending.length === 0 && Number(open) === 0) return
    if (performance.now() > deadline) throw new Error('The App does not come to rest')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function spent({ deps: { db } }: RunningApp) {
  const costs = await apiCosts(db, { repositoryId: null, since: new Date(0) })
  return new Map(costs.map((cost) => [cost.purpose, cost]))
}

type Spent = Awaited<ReturnType<typeof spent>>

function report(before: Spent, after: Spent): void {
  const rows = [...after.values()].map(({ purpose, points, requests }) => ({
    purpose,
    points: points - (before.get(purpose)?.points ?? 0),
    requests: requests - (before.get(purpose)?.requests ?? 0),
  }))
  const upkeep = rows
    .filter(({ purpose }) => !live.includes(purpose))
    .reduce((sum, { points }) => sum + points, 0)
  process.stdout.write(
    [
      '| a day of | points | requests |',
      '| - | -: | -: |',
      ...rows.map(
        ({ purpose, points, requests }) =>
          `| ${purpose}${live.includes(purpose) ? ' (people wait for it)' : ''} | ${points} | ${requests} |`,
      ),
      '',
      `Upkeep: ${upkeep} points; the target is ${target}.`,
      '',
    ].join('\n'),
  )
  if (upkeep > target) process.exitCode = 1
}
