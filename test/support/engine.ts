import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, inject } from 'vitest'
import { type JobQueue, openPostgresQueue, openRedisQueue } from '../../src/queue.ts'
import { type OpenDatabase, openEmbedded, openPostgres } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrations/index.ts'
import { onServer } from './template-postgres.ts'

/** The engine that this run of the suite is about; see vitest.config.ts. */
export type EngineName = 'embedded' | 'postgres' | 'redis'
export const engineName = (process.env.TEST_ENGINE ?? 'embedded') as EngineName

/** A database of its own for each test file, so that files run side by side. */
export interface TestDatabase {
  /** what a process of its own needs to use the same database; nothing for the embedded engine */
  environment: Record<string, string>
  drop(): Promise<void>
}

export async function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env.TEST_DATABASE_URL
  if (engineName === 'embedded' || server === undefined) {
    return { environment: {}, drop: async () => {} }
  }
  const name = `groundswell_${randomBytes(6).toString('hex')}`
  await onServer(server, `create database ${name} template ${inject('templatePostgres')}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  const redisUrl = engineName === 'redis' ? await claimRedis() : null
  return {
    environment: {
      DATABASE_URL: url.href,
      ...(redisUrl === null ? {} : { REDIS_URL: redisUrl.url }),
    },
    drop: async () => {
      await onServer(server, `drop database if exists ${name} with (force)`)
      await redisUrl?.release()
    },
  }
}

/** One of Redis's sixteen databases, which no other test file uses meanwhile. */
async function claimRedis(): Promise<{ url: string; release(): Promise<void> }> {
  const base = process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379'
  const registry = new Redis(base)
  const owner = randomBytes(6).toString('hex')
  for (;;) {
    for (let index = 1; index < 16; index += 1) {
      const claim = `groundswell-test-database-${index}`
      if ((await registry.set(claim, owner, 'EX', 600, 'NX')) !== 'OK') continue
      const url = new URL(base)
      url.pathname = `/${index}`
      const redis = new Redis(url.href)
      await redis.flushdb()
      return {
        url: url.href,
        release: async () => {
          await redis.flushdb()
          await registry.del(claim)
          redis.disconnect()
          registry.disconnect()
        },
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

export async function openTestDatabase({ environment }: TestDatabase): Promise<OpenDatabase> {
  const { DATABASE_URL } = environment
  if (DATABASE_URL) {
    const open = openPostgres(DATABASE_URL)
    await migrate(open.db)
    return open
  }
  const folder = await mkdtemp(join(tmpdir(), 'groundswell-database-'))
  await copyTemplate(folder)
  const open = await openEmbedded(folder)
  return {
    ...open,
    close: async () => {
      await open.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A migrated folder of the embedded engine, as the App would have made it. */
export async function copyTemplate(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  // Seven times as fast as Node's own cp over so many small files.
  await promisify(execFile)('cp', ['-R', `${inject('templateDatabase')}/.`, folder])
}

export async function openTestQueue(
  { environment }: TestDatabase,
  { queuePool }: OpenDatabase,
): Promise<JobQueue> {
  const { REDIS_URL } = environment
  return REDIS_URL ? await openRedisQueue(REDIS_URL, () => {}) : await openPostgresQueue(queuePool)
}

const tables = [
  'deliveries',
  'facts',
  'retractions',
  'accounts',
  'signatures',
  'evidence',
  'refusals',
  'people',
  'unsettled_members',
  'associations',
  'threads',
  'footprints',
  'author_histories',
  'repositories',
  'day_counts',
  'installations',
  'publications',
  'work',
  'backfills',
  'backfill_lanes',
  'commit_readings',
  'turns',
  'reconciliations',
  'pauses',
  'found_facts',
  'api_budgets',
  'api_pauses',
  'api_costs',
  'hidden_accounts',
  'forgotten',
  'muted_threads',
  'milestones',
  'forks',
  'fork_heads',
  'fork_works',
  'fork_states',
  'fork_work_counts',
  'fork_scans',
  'fork_milestones',
  'former_names',
  'digests',
  'sendings',
  'digest_checks',
  'work_days',
  'member_spans',
  'thread_waits',
  'week_measures',
  'organization_weeks',
  'rollups',
  'stale',
]

/** A real, migrated database of the engine under test, emptied before each test. */
export function useDatabase(): { readonly open: OpenDatabase; readonly database: TestDatabase } {
  const using: { open?: OpenDatabase; database?: TestDatabase } = {}
  const present = <Value>(value: Value | undefined): Value => {
    if (value === undefined) throw new Error('The database is open only while tests run')
    return value
  }
  beforeAll(async () => {
    using.database = await createTestDatabase()
    using.open = await openTestDatabase(using.database)
  })
  beforeEach(async () => {
    await emptyDatabase(present(using.open))
  })
  afterAll(async () => {
    await using.open?.close()
    await using.database?.drop()
  })
  return {
    get open() {
      return present(using.open)
    },
    get database() {
      return present(using.database)
    },
  }
}

export async function emptyDatabase({ db }: OpenDatabase): Promise<void> {
  const { sql } = await import('kysely')
  await sql.raw(`truncate ${tables.join(', ')}`).execute(db)
}
