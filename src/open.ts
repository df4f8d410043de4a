import { createHmac, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { z } from 'zod'
import { readDefaults } from '../config/defaults.ts'
import type { Credentials, Environment } from '../config/environment.ts'
import groundswell from './app.ts'
import type { Deps } from './deps.ts'
import { UserError } from './errors.ts'
import { openGitHubApp } from './github/github-app.ts'
import { DryRunPublisher } from './publish/dry-run-publisher.ts'
import { GitHubPublisher } from './publish/github-publisher.ts'
import { markerKey } from './publish/marker.ts'
import { type JobQueue, openPostgresQueue, openRedisQueue } from './queue.ts'
import { budgetBook } from './store/api-budgets.ts'
import {
  type Database,
  type OpenDatabase,
  openEmbedded as openFolder,
  openPostgres,
} from './store/database.ts'
import { lockFolder } from './store/folder-lock.ts'
import { migrate } from './store/migrations/index.ts'
import { releaseAllLeases } from './store/publications.ts'
import { settingMadeOnce } from './store/settings.ts'
import { releaseAllTurns } from './store/turns.ts'

export interface OpenOptions {
  environment: Environment
  credentials: Credentials
  log: Logger
  now: () => Date
  /** see GitHubPublisher */
  settleMs?: number
  /** opens the embedded engine; tests hand out one that is open already */
  openEmbedded?: (dataDir: string) => Promise<OpenDatabase>
}

export interface Opened {
  deps: Deps
  /** for the inbox, see OpenDatabase */
  urgentDb: Database
  /** waits for running jobs until the deadline, then lets go of everything */
  close(deadlineMs: number): Promise<void>
}

/** Makes all that the process needs, once: engine, queue, GitHub, publisher. Undoes what it made when one fails. */
export async function open(options: OpenOptions): Promise<Opened> {
  const { environment, credentials, log, now, settleMs } = options
  const undo: (() => Promise<void>)[] = []
  const undoAll = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    const engine = await openEngine(options, undo)
    await migrate(engine.db).catch((error: unknown) => {
      throw databaseFault(error)
    })
    await refuseAnotherApp(engine.db, credentials.appId)
    if (engine.embedded) {
      await releaseAllLeases(engine.db)
      await releaseAllTurns(engine.db)
    }
    const queue = await openQueue(environment, engine, log)
    undo.push(() => queue.close(0))
    const { probot, github } = await openGitHubApp({
      credentials,
      github: environment.github,
      // What Probot logs may hold whole payloads; what matters of it is logged where it is handled.
      log: log.child({}, { level: 'silent' }),
      redisUrl: environment.redisUrl,
      throttle: !isOnThisMachine(environment.github.host),
      budgets: { book: budgetBook(engine.db), now },
    })
    const hashEmail = await emailHasher(engine.db)
    await probot.load((app) => groundswell(app, { db: engine.db, hashEmail, now }))
    const publisher = environment.dryRun
      ? new DryRunPublisher(log)
      : new GitHubPublisher({
          db: engine.db,
          github,
          markerKey: markerKey(credentials.webhookSecret),
          publicUrl: environment.publicUrl,
          now,
          ...(settleMs === undefined ? {} : { settleMs }),
        })
    const { db } = engine
    const defaults = readDefaults()
    const deps = {
      environment,
      db,
      queue,
      probot,
      github,
      publisher,
      defaults,
      hashEmail,
      log,
      now,
    }
    return {
      deps,
      urgentDb: engine.urgentDb,
      close: async (deadlineMs) => {
        await queue.close(deadlineMs)
        undo.pop()
        await undoAll()
      },
    }
  } catch (error) {
    await undoAll()
    throw error
  }
}

/** A double on loopback has nobody to spare: GitHub's advice of one comment in three seconds is for GitHub. */
function isOnThisMachine(host: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+)(:\d+)?$/.test(host)
}

async function openEngine(
  { environment, openEmbedded = openFolder }: OpenOptions,
  undo: (() => Promise<void>)[],
): Promise<OpenDatabase> {
  if (environment.databaseUrl !== null) {
    const engine = openPostgres(environment.databaseUrl)
    undo.push(() => engine.close())
    return engine
  }
  const lock = await lockFolder(environment.dataDirectory)
  undo.push(() => lock.release())
  const engine = await openEmbedded(join(environment.dataDirectory, 'database'))
  undo.push(() => engine.close())
  return engine
}

async function openQueue(
  { redisUrl }: Environment,
  { queuePool }: OpenDatabase,
  log: Logger,
): Promise<JobQueue> {
  try {
    return redisUrl === null
      ? await openPostgresQueue(queuePool)
      : await openRedisQueue(redisUrl, (message) => log.warn(message))
  } catch (error) {
    if (error instanceof UserError || redisUrl === null) throw error
    throw new UserError(
      'REDIS_URL: Redis could not be reached. Check the address, and that it runs.',
    )
  }
}

/** What the person who set DATABASE_URL can mend. */
function databaseFault(error: unknown): unknown {
  const { data } = z.object({ code: z.string() }).safeParse(error)
  const reasons: Record<string, string> = {
    ECONNREFUSED: 'nothing answers there. Check the address, and that PostgreSQL runs.',
    ENOTFOUND: 'there is no such host.',
    ETIMEDOUT: 'nothing answers there. Check the address, and that PostgreSQL runs.',
    '3D000': 'there is no such database. Create it first.',
    '28000': 'PostgreSQL does not let this user in.',
    '28P01': 'the password is wrong.',
  }
  const reason = reasons[data?.code ?? '']
  return reason === undefined ? error : new UserError(`DATABASE_URL: ${reason}`)
}

/** With another App's eyes every installation would look as if it had been removed. */
async function refuseAnotherApp(db: Database, appId: number): Promise<void> {
  const own = await settingMadeOnce(db, 'app-id', () => String(appId))
  if (own === String(appId)) return
  throw new UserError(
    `APP_ID: what is kept here belongs to the App ${own}, and this is ${appId}. Set APP_ID and its key back, or give the other App a database of its own (DATABASE_URL, or DATA_DIR).`,
  )
}

/** E-mail addresses are kept as keyed hashes only; the key is made once and never leaves the database. */
async function emailHasher(db: OpenDatabase['db']): Promise<(address: string) => string> {
  const key = await settingMadeOnce(db, 'email-key', () => randomBytes(32).toString('hex'))
  return (address) => createHmac('sha256', key).update(address).digest('hex').slice(0, 32)
}
