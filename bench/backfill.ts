/**
 * What it costs to read the history of a large project: points and requests as
 * the double counts them by GitHub's published formula, beside the pages that
 * have to be read whatever one does; and how long it takes, with how much memory.
 *
 *     npm run bench:backfill            on the embedded engine, in a few minutes
 *     npm run bench:backfill -- 0.1     a tenth of the project
 *     TEST_DATABASE_URL=… npm run bench:backfill
 */
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import pg from 'pg'
import { pino } from 'pino'
import { backfillStep } from '../jobs/backfill-step.ts'
import { openGitHubApp } from '../src/github/github-app.ts'
import { laneOf, lanes, lanesRead } from '../src/github/history/lanes.ts'
import { planOf } from '../src/github/history/plan.ts'
import { startGitHub } from '../src/sandbox/github.ts'
import { backfillOf, wantBackfill } from '../src/store/backfills.ts'
import { openEmbedded, openPostgres } from '../src/store/database.ts'
import { migrate } from '../src/store/migrations/index.ts'
import { fill, longPages, reference, type Size } from './reference-project.ts'

const owner = 'example-lab'
const name = 'engine'
const appId = 4242
const target = 1400
/** A run that takes longer is broken. */
const longestMs = 30 * 60_000
const now = () => new Date('2026-11-16T09:00:00Z')

interface Asked {
  operation: string
  points: number
}

interface Ready {
  host: string
  installationId: number
  repositoryId: number
  /** requests that what is long needs at least, if each takes a hundred of one conversation */
  longPages: number
}

/** The double in a thread of its own, so that the memory of this one is the App's. */
async function serve(size: Size): Promise<void> {
  const github = await startGitHub({ now, appId, ...workerData.keys, webhookSecret: 'unused' })
  github.addOrganization(owner)
  const repository = github.addRepository(owner, name)
  fill(github.world, repository, size)
  github.rateLimits.limits.graphql = 1_000_000
  github.rateLimits.limits.core = 1_000_000
  const { id } = github.addInstallation(owner)
  const { host } = github
  const ready: Ready = {
    ...{ host, installationId: id, repositoryId: repository.id },
    longPages: longPages(repository),
  }
  parentPort?.on('message', () => {
    const asked = github.requests.map(
      ({ operation, points }): Asked => ({ operation: operation ?? '', points }),
    )
    parentPort?.postMessage(asked)
  })
  parentPort?.postMessage(ready)
}

async function openStore() {
  const server = process.env.TEST_DATABASE_URL
  if (server === undefined) {
    const folder = await mkdtemp(join(tmpdir(), 'groundswell-bench-'))
    const open = await openEmbedded(join(folder, 'database'))
    const close = async () => {
      await open.close()
      await rm(folder, { recursive: true, force: true })
    }
    return { engine: 'embedded engine', db: open.db, close }
  }
  const database = `groundswell_bench_${randomUUID().slice(0, 8)}`
  const onServer = async (statement: string) => {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    await client.query(statement)
    await client.end()
  }
  await onServer(`create database ${database}`)
  const url = new URL(server)
  url.pathname = `/${database}`
  const open = openPostgres(url.href)
  const close = async () => {
    await open.close()
    await onServer(`drop database ${database} with (force)`)
  }
  return { engine: 'PostgreSQL', db: open.db, close }
}

async function measure(size: Size): Promise<void> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const double = new Worker(new URL(import.meta.url), {
    workerData: { size, keys: { privateKey, publicKey } },
  })
  const answer = async <Answer>() =>
    await new Promise<Answer>((resolve, reject) => {
      double.once('message', resolve)
      double.once('error', reject)
    })
  const ready = await answer<Ready>()
  const { repositoryId } = ready
  const { github } = await openGitHubApp({
    credentials: { appId, privateKey, webhookSecret: 'unused' },
    github: {
      host: ready.host,
      apiUrl: `http://${ready.host}/api/v3`,
      htmlUrl: `http://${ready.host}`,
      token: null,
    },
    log: pino({ level: 'silent' }),
    ...{ redisUrl: null, throttle: false, budgets: null },
  })
  const octokit = await github.installation({
    ...{ installationId: ready.installationId, repositoryId, purpose: 'backfill' },
  })
  const { engine, db, close } = await openStore()
  await migrate(db)
  await wantBackfill(db, repositoryId, { at: now(), again: 'never' })
  const began = performance.now()
  let mostMemory = 0
  for (;;) {
    const backfill = await backfillOf(db, repositoryId)
    if (backfill === null) throw new Error('The backfill was just wanted')
    const where = { repositoryId, owner, name }
    const cost = await backfillStep(octokit, where, { backfill, deps: { db, now } })
    mostMemory = Math.max(mostMemory, process.memoryUsage().heapUsed)
    if (cost === null) break
    if (performance.now() - began > longestMs) throw new Error('This takes too long')
  }
  const seconds = (performance.now() - began) / 1000
  double.postMessage('count')
  const asked = await answer<Asked[]>()
  const facts = await db
    .selectFrom('facts')
    .select((select) => [select.fn.countAll<number>().as('all')])
    .executeTakeFirstOrThrow()
  const rates = `${seconds.toFixed(0)} s on the ${engine}, ${Math.round(mostMemory / 2 ** 20)} MB of heap at most`
  process.stdout.write(`${table(asked, size, ready.longPages)}\n${facts.all} facts in ${rates}\n`)
  await close()
  await double.terminate()
}

const sizeOf = (size: Size) => ({
  pull_requests: size.pullRequests,
  issues: size.issues,
  releases: size.releases,
  forks: size.forks,
  discussions: size.discussions,
  review_comments: size.reviewComments,
  stars: size.stars,
})

/** Points and requests by what they were for, each beside the pages that must be read. */
function table(asked: readonly Asked[], size: Size, longest: number): string {
  const totals = sizeOf(size)
  const read = lanesRead({ isPrivate: false })
  const of = (test: (operation: string) => boolean) => {
    const found = asked.filter(({ operation }) => test(operation))
    return { requests: found.length, points: found.reduce((sum, { points }) => sum + points, 0) }
  }
  const rows = [
    { title: 'totals', floor: 1, ...of((operation) => operation === 'HistoryTotals') },
    ...lanes
      .filter((lane) => read.includes(lane))
      .map((lane) => ({
        title: lane.replace('_', ' '),
        floor: Math.ceil(totals[lane] / laneOf[lane].largestPage),
        ...of((operation) => operation.startsWith(`History_${lane}`)),
      })),
    {
      title: 'long conversations',
      floor: Math.ceil(longest / 25),
      ...of((operation) => operation === 'HistoryRest'),
    },
  ]
  const graphql = of((operation) => operation.startsWith('History'))
  const comments = of((operation) => operation.endsWith('/pulls/comments'))
  const stars = of((operation) => operation.endsWith('/stargazers/history'))
  const plan = planOf(
    { createdAt: new Date(now().getTime() - 6 * 365 * 86_400_000), isPrivate: false, totals },
    now(),
  )
  const line = (title: string, ...cells: (string | number)[]) =>
    title.padEnd(24) + cells.map((cell) => String(cell).padStart(10)).join('')
  return [
    line('GraphQL', 'requests', 'points', 'pages'),
    ...rows.map(({ title, requests, points, floor }) => line(title, requests, points, floor)),
    line('together', graphql.requests, graphql.points, `≤ ${target}`),
    line('as planned', '', plan.points, ''),
    '',
    line('REST', 'requests', '', 'pages'),
    line('comments on lines', comments.requests, '', Math.ceil(size.reviewComments / 100)),
    line('stars by day', stars.requests, '', ''),
    line('as planned', plan.requests, '', ''),
    '',
  ].join('\n')
}

const share = Number(process.argv[2] ?? 1)
const scaled = (size: Size): Size => ({
  pullRequests: Math.round(size.pullRequests * share),
  issues: Math.round(size.issues * share),
  reviews: Math.round(size.reviews * share),
  reviewComments: Math.round(size.reviewComments * share),
  pullRequestComments: Math.round(size.pullRequestComments * share),
  issueComments: Math.round(size.issueComments * share),
  forks: Math.round(size.forks * share),
  releases: Math.round(size.releases * share),
  discussions: Math.round(size.discussions * share),
  stars: Math.round(size.stars * share),
  people: Math.round(size.people * share),
})

if (isMainThread) await measure(scaled(reference))
else await serve(workerData.size)
