/**
 * What the digest of one week costs on a project of 100,000 facts and on one
 * of 1,000,000 whose last nine weeks are the same, beside one plain query that
 * ships every fact of the week with its account and its thread to the process.
 * Ends with exit code 1 where it costs more than its targets.
 *
 *     npm run bench:digest              on the embedded engine
 *     TEST_DATABASE_URL=… npm run bench:digest
 */
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { pino } from 'pino'
import { readEnvironment } from '../config/environment.ts'
import { configurationOf } from '../jobs/configuration.ts'
import { composeDigest } from '../jobs/publish-digest.ts'
import type { Deps } from '../src/deps.ts'
import { median } from '../src/metrics/statistics.ts'
import { type Week, weekAfter, weekNamed } from '../src/metrics/window.ts'
import { open } from '../src/open.ts'
import type { Database } from '../src/store/database.ts'
import { publishableRepository, type TrackedRepository } from '../src/store/repositories.ts'
import { rollUp } from '../src/store/roll-up.ts'
import { fillHistory, weeklyFacts } from './generated-facts.ts'

const runs = 15
const mostTimesSmaller = 1.3
const mostPasses = 2
const repositoryId = 1000
const week = named('2026-W47')
const now = () => new Date(week.to.getTime() + 8 * 60 * 60_000)

const sizes = [100_000, 1_000_000].map((facts) => Number(process.argv[2] ?? 1) * facts)

function named(name: string): Week {
  const found = weekNamed(name, { zone: 'UTC', start: 'monday' })
  if (found === null) throw new Error(`There is no week ${name}`)
  return found
}

interface Store {
  engine: string
  deps: Deps
  close(): Promise<void>
}

async function openStore(): Promise<Store> {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const folder = await mkdtemp(join(tmpdir(), 'groundswell-digest-'))
  const database = await ownDatabase()
  const environment = readEnvironment({
    ...{ APP_ID: '1', PRIVATE_KEY: privateKey, WEBHOOK_SECRET: 'a secret of the bench' },
    ...{ GHE_HOST: '127.0.0.1:9', GHE_PROTOCOL: 'http', DATA_DIR: folder },
    ...(database === null ? {} : { DATABASE_URL: database.url }),
  })
  const { credentials } = environment
  if (credentials === null) throw new Error('The bench lacks credentials')
  const log = pino({ level: 'silent' })
  const opened = await open({ environment, credentials, log, now })
  return {
    engine: database === null ? 'embedded engine' : 'PostgreSQL',
    deps: opened.deps,
    close: async () => {
      await opened.close(0)
      await database?.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A database of the server's that is nobody else's; null: there is no server. */
async function ownDatabase() {
  const server = process.env.TEST_DATABASE_URL
  if (server === undefined) return null
  const name = `groundswell_bench_${randomUUID().slice(0, 8)}`
  const onServer = async (statement: string) => {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    await client.query(statement)
    await client.end()
  }
  await onServer(`create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    url: url.href,
    drop: async () => await onServer(`drop database ${name} with (force)`),
  }
}

/** What no digest can do without: one query, whose rows are counted and thrown away. */
async function pass(db: Database): Promise<number> {
  const rows = await db
    .selectFrom('facts')
    .leftJoin('accounts', 'accounts.id', 'facts.account_id')
    .leftJoin('threads', (join) =>
      join
        .onRef('threads.repository_id', '=', 'facts.repository_id')
        .onRef('threads.number', '=', 'facts.thread'),
    )
    .where('facts.repository_id', '=', repositoryId)
    .where('facts.occurred_at', '>=', week.from)
    .where('facts.occurred_at', '<', week.to)
    .select([
      ...(['facts.kind', 'facts.key', 'facts.occurred_at', 'facts.account_id'] as const),
      ...(['facts.signature', 'facts.thread', 'facts.detail'] as const),
      ...(['accounts.login', 'accounts.type', 'threads.type as thread_type'] as const),
      ...(['threads.title', 'threads.open', 'threads.draft', 'threads.created_at'] as const),
      ...(['threads.closed_at', 'threads.merged_at', 'threads.author_id'] as const),
    ])
    .execute()
  return rows.length
}

async function rollUpAll(deps: Deps): Promise<void> {
  const { people: overrides } = configurationOf(await repositoryOf(deps), deps.defaults)
  await rollUp(deps.db, { repositoryId, overrides })
}

async function repositoryOf({ db }: Deps): Promise<TrackedRepository> {
  const repository = await publishableRepository(db, repositoryId)
  if (repository === null) throw new Error('The bench made no repository')
  return repository
}

async function compose(deps: Deps, of: Week): Promise<void> {
  const digest = await composeDigest(await repositoryOf(deps), of, deps)
  if (digest === null) throw new Error('The bench made a quiet week')
}

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

async function medianMs(times: number, work: () => Promise<unknown>): Promise<number> {
  const taken: number[] = []
  for (let run = 0; run < times; run += 1) taken.push(await msOf(work))
  return median(taken) ?? 0
}

async function measure(facts: number) {
  const { engine, deps, close } = await openStore()
  const { db } = deps
  try {
    await fillHistory(db, { repositoryId, week, facts })
    await sql`vacuum analyze`.execute(db)
    const began = performance.now()
    await rollUpAll(deps)
    const rolledUpMs = performance.now() - began
    await sql`vacuum analyze`.execute(db)
    await compose(deps, weekAfter(week, -1))
    // As on its day: nothing is kept of the week itself yet.
    const forgetWeek = async () =>
      await db.deleteFrom('week_measures').where('week_to', '>=', week.to).execute()
    await compose(deps, week)
    await pass(db)
    // In turns, so that a busy moment of the machine is in both.
    const taken = { digest: [] as number[], pass: [] as number[] }
    for (let run = 0; run < runs; run += 1) {
      await forgetWeek()
      taken.digest.push(await msOf(async () => await compose(deps, week)))
      taken.pass.push(await msOf(async () => await pass(db)))
    }
    const [digestMs, passMs] = [median(taken.digest) ?? 0, median(taken.pass) ?? 0]
    const newWeekMs = await rolledUpAgain(deps)
    const counts = await countsOf(db)
    return { engine, ...counts, rolledUpMs, newWeekMs, digestMs, passMs }
  } finally {
    await close()
  }
}

/** The whole week as if it had only now been recorded, and nobody had rolled it up in between. */
async function rolledUpAgain(deps: Deps): Promise<number> {
  const { db } = deps
  return await medianMs(3, async () => {
    await sql`
      insert into stale (repository_id, day)
      select distinct repository_id, (occurred_at at time zone 'UTC')::date
      from facts where repository_id = ${repositoryId} and occurred_at >= ${week.from}`.execute(db)
    await sql`
      insert into stale (repository_id, thread)
      select distinct repository_id, thread
      from facts where repository_id = ${repositoryId} and occurred_at >= ${week.from}
        and thread is not null`.execute(db)
    await rollUpAll(deps)
  })
}

async function countsOf(db: Database) {
  const { rows } = await sql<{ facts: number; open: number; waiting: number; members: number }>`
    select (select count(*)::int from facts) as facts,
      (select count(*)::int from threads where open) as open,
      (select count(*)::int from thread_waits where waits_until = 'infinity') as waiting,
      (select count(*)::int from member_spans) as members`.execute(db)
  const [counts] = rows
  if (counts === undefined) throw new Error('A count is a row')
  return counts
}

type Measured = Awaited<ReturnType<typeof measure>>

function report(measured: readonly Measured[]): void {
  const number = (value: number) => Math.round(value).toLocaleString('en')
  const ms = (value: number) => `${value.toFixed(1)} ms`
  const row = (title: string, cell: (each: Measured) => string) =>
    `| ${[title, ...measured.map(cell)].join(' | ')} |`
  const [small, large] = measured
  if (small === undefined || large === undefined) return
  const grown = large.digestMs / small.digestMs
  const passes = large.digestMs / large.passMs
  process.stdout.write(
    [
      row(large.engine, ({ facts }) => `${number(facts)} facts`),
      '| - | -: | -: |',
      row('contributors', ({ members }) => number(members)),
      row('open threads', ({ open }) => number(open)),
      row('of which wait for an answer', ({ waiting }) => number(waiting)),
      row('all rolled up for the first time', ({ rolledUpMs }) => ms(rolledUpMs)),
      row('a whole new week rolled up', ({ newWeekMs }) => ms(newWeekMs)),
      row('one pass over the week', ({ passMs }) => ms(passMs)),
      row('its digest', ({ digestMs }) => ms(digestMs)),
      row('its digest, in passes', ({ digestMs, passMs }) => (digestMs / passMs).toFixed(2)),
      '',
      `The week has about ${number(weeklyFacts)} facts; medians of ${runs} runs. The digest of ten`,
      `times the history costs ${grown.toFixed(2)} times as much (target: at most ${mostTimesSmaller}),`,
      `and ${passes.toFixed(2)} passes (target: less than ${mostPasses}).`,
      '',
    ].join('\n'),
  )
  if (grown > mostTimesSmaller || passes >= mostPasses) process.exitCode = 1
}

const measured: Measured[] = []
for (const facts of sizes) measured.push(await measure(facts))
report(measured)
