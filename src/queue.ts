import {
  type Processor as BullProcessor,
  createPostgresBackend,
  DelayedError,
  type PgPool,
  Queue,
  runMigrations,
  UnrecoverableError,
  Worker,
} from 'bullmq'
import { Redis } from 'ioredis'
import type pg from 'pg'
import { UserError } from './errors.ts'

/**
 * BullMQ on the three engines. A job carries its name and a key, never bodies
 * or tokens: what it needs is in our database, which also says whether it is
 * still wanted. So a job that runs twice, or is lost and sent again, is no harm.
 */

/** Jobs of the inbox, kept apart so that slow posting never holds up recording. */
export const intakeJobs = ['record-delivery'] as const
/** Jobs whose promise is a row in `work`. */
export const workJobs = [
  'summarise-pull-request',
  'answer-command',
  'check-configuration',
  'check-proposed-configuration',
  'check-digests',
  'publish-digest',
  'send-digest',
  'rewrite-digest',
  'publish-roll-up',
  'backfill-repository',
  'read-commits',
  'reconcile-repository',
  'resolve-signatures',
  'read-mailmap',
  'scan-forks',
  'compare-forks',
  'tell-fork-milestone',
] as const
/** Jobs that a schedule starts. */
export const scheduledJobs = [
  'sweep',
  'schedule-digests',
  'sync-installations',
  'recover-deliveries',
  'schedule-reconciliations',
  'schedule-forks',
  'housekeep',
] as const

export type WorkJobName = (typeof workJobs)[number]
export type ScheduledJobName = (typeof scheduledJobs)[number]
export type JobName = (typeof intakeJobs)[number] | WorkJobName | ScheduledJobName

export interface JobRequest {
  name: JobName
  /** `record-delivery`: the GUID; work: the key of its row; scheduled: empty */
  key: string
}

export interface JobQueue {
  /** Adds jobs; one that is waiting already is not added twice, one that runs will run once more. */
  enqueue(jobs: readonly JobRequest[], options?: { evenIfQueued?: string }): Promise<void>
  /** Starts taking jobs. `process` throws `Later` to be called again, anything else to be retried. */
  work(process: Processor, options: WorkOptions): Promise<void>
  /** Sets when scheduled jobs run; sets them again if they are there. */
  schedule(schedules: readonly Schedule[]): Promise<void>
  /** How many jobs wait or run, for `/health`; the next ticks of schedules are always delayed and not counted. */
  depth(): Promise<number>
  /** Stops taking jobs, waits for the running ones until `deadlineMs`, then lets go. */
  close(deadlineMs: number): Promise<void>
}

/** `attempt` is 1 for the first. */
export type Processor = (job: JobRequest, attempt: number) => Promise<void>

export interface Schedule {
  name: ScheduledJobName
  everyMs: number
}

export interface WorkOptions {
  onError(error: unknown): void
  /** how many times as fast as the machine's clock waits pass, for tests; 1 if not given */
  pace?: number
}

/** Not now: GitHub asked to wait, or another worker has it. Costs no attempt. */
export class Later extends Error {
  override readonly name = 'Later'
  readonly delayMs: number

  constructor(delayMs: number, reason: string) {
    super(reason)
    this.delayMs = delayMs
  }
}

/** No retry can help: the job is parked at once. */
export class Hopeless extends Error {
  override readonly name = 'Hopeless'
}

/** More than any job needs: `work` counts for itself, and parks what was tried too often. */
const attempts = 50
const longestBackoffMs = 10 * 60_000
const backoffMs = (made: number) => Math.min(2_000 * 2 ** (made - 1), longestBackoffMs)
const queueNames = ['groundswell-intake', 'groundswell-work'] as const
const isIntake = (name: string) => intakeJobs.some((intake) => intake === name)

/** BullMQ over PostgreSQL, or over the embedded engine's pool. Its tables live in schema `bullmq`. */
export async function openPostgresQueue(pool: pg.Pool): Promise<JobQueue> {
  const client = await pool.connect()
  try {
    await runMigrations(client)
  } finally {
    client.release()
  }
  // as: BullMQ's copy of the pool's type is stricter about optional properties than pg's own
  const options = { connection: pool as unknown as PgPool }
  return new BullQueue({
    queue: (name) => new Queue(name, { ...options, defaultJobOptions }, createPostgresBackend),
    worker: (name, process, workerOptions) =>
      new Worker(name, process, { ...options, ...workerOptions }, createPostgresBackend),
    close: async () => {},
  })
}

/**
 * BullMQ over Redis.
 * @throws UserError when Redis may evict: it would lose jobs that it acknowledged
 */
export async function openRedisQueue(
  url: string,
  warn: (message: string) => void,
): Promise<JobQueue> {
  // A webhook must not wait on a slow Redis: the delivery is kept, and the sweep enqueues it again.
  const producer = new Redis(url, { maxRetriesPerRequest: 1, commandTimeout: 4_000 })
  const consumer = new Redis(url, { maxRetriesPerRequest: null })
  const connections = [producer, consumer]
  for (const connection of connections) connection.on('error', () => {})
  try {
    await refuseForgetfulRedis(producer, warn)
  } catch (error) {
    for (const connection of connections) connection.disconnect()
    throw error
  }
  return new BullQueue({
    queue: (name) => new Queue(name, { connection: producer, defaultJobOptions }),
    worker: (name, process, options) =>
      new Worker(name, process, { connection: consumer, ...options }),
    close: async () => {
      for (const connection of connections) connection.disconnect()
    },
  })
}

async function refuseForgetfulRedis(redis: Redis, warn: (message: string) => void): Promise<void> {
  const memory = await redis.info('memory')
  const policy = /maxmemory_policy:(\S+)/.exec(memory)?.[1]
  if (policy !== undefined && policy !== 'noeviction') {
    throw new UserError(
      `REDIS_URL: this Redis drops keys when memory is short (maxmemory-policy ${policy}), and jobs with them. Set maxmemory-policy to noeviction.`,
    )
  }
  const persistence = await redis.info('persistence')
  if (/aof_enabled:0/.test(persistence)) {
    warn('Redis keeps no append-only file: jobs lost in a crash are found again by the sweep')
  }
}

const defaultJobOptions = {
  attempts,
  backoff: { type: 'capped' },
  // Our database remembers what is parked; the queue's own lists would only grow.
  removeOnComplete: true,
  removeOnFail: true,
}

type BullJob = Parameters<BullProcessor<{ key?: unknown }>>[0]
type BullProcess = (job: BullJob, token?: string) => Promise<void>
/** The backends differ in type parameters that nothing here depends on. */
type HasErrors = { on(event: 'error', listener: (error: Error) => void): unknown }
type AnyQueue = Pick<
  Queue,
  'addBulk' | 'upsertJobScheduler' | 'getWaitingCount' | 'getActiveCount' | 'close'
> &
  HasErrors
type AnyWorker = Pick<Worker, 'close' | 'waitUntilReady'> & HasErrors

interface Bull {
  queue(name: string): AnyQueue
  worker(name: string, process: BullProcess, options: object): AnyWorker
  close(): Promise<void>
}

class BullQueue implements JobQueue {
  readonly #bull: Bull
  readonly #queues: Record<(typeof queueNames)[number], AnyQueue>
  #workers: AnyWorker[] = []

  constructor(bull: Bull) {
    this.#bull = bull
    const [intake, work] = queueNames.map((name) => {
      const queue = bull.queue(name)
      queue.on('error', () => {}) // each call rejects by itself; unheard, this would end the process
      return queue
    }) as [AnyQueue, AnyQueue]
    this.#queues = { 'groundswell-intake': intake, 'groundswell-work': work }
  }

  async enqueue(jobs: readonly JobRequest[], { evenIfQueued = '' } = {}): Promise<void> {
    const add = async (queue: AnyQueue, some: readonly JobRequest[]) => {
      if (some.length === 0) return
      await queue.addBulk(
        some.map(({ name, key }) => ({
          name,
          data: { key },
          opts: {
            deduplication: { id: `${name}/${key}${evenIfQueued}`, keepLastIfActive: true },
          },
        })),
      )
    }
    await add(
      this.#queues['groundswell-intake'],
      jobs.filter(({ name }) => isIntake(name)),
    )
    await add(
      this.#queues['groundswell-work'],
      jobs.filter(({ name }) => !isIntake(name)),
    )
  }

  async work(process: Processor, { onError, pace = 1 }: WorkOptions): Promise<void> {
    const run: BullProcess = async (job, token) => {
      try {
        const key = String(job.data?.key ?? '')
        await process({ name: job.name as JobName, key }, job.attemptsMade + 1)
      } catch (error) {
        if (error instanceof Later) {
          await job.moveToDelayed(Date.now() + Math.ceil(error.delayMs / pace), token)
          throw new DelayedError(error.message)
        }
        if (error instanceof Hopeless) throw new UnrecoverableError(error.message)
        throw error
      }
    }
    const backoffStrategy = (made: number) =>
      // Whole milliseconds: PostgreSQL refuses others. Spread, so that failures together do not retry together.
      Math.ceil((backoffMs(made) * (1 + Math.random() / 4)) / pace)
    this.#workers = queueNames.map((name) => {
      const worker = this.#bull.worker(name, run, {
        concurrency: 4,
        maxStalledCount: 3,
        settings: { backoffStrategy },
      })
      worker.on('error', onError)
      return worker
    })
    await Promise.all(this.#workers.map((worker) => worker.waitUntilReady()))
  }

  async schedule(schedules: readonly Schedule[]): Promise<void> {
    for (const { name, everyMs } of schedules) {
      await this.#queues['groundswell-work'].upsertJobScheduler(
        name,
        { every: everyMs },
        { name, data: { key: '' } },
      )
    }
  }

  async depth(): Promise<number> {
    let depth = 0
    for (const queue of Object.values(this.#queues)) {
      // In the order in which a job passes: one that moves on between the two is counted twice, never missed.
      depth += await queue.getWaitingCount()
      depth += await queue.getActiveCount()
    }
    return depth
  }

  async close(deadlineMs: number): Promise<void> {
    const deadline = AbortSignal.timeout(deadlineMs)
    const late = new Promise<void>((resolve) => {
      deadline.addEventListener('abort', () => resolve())
    })
    await Promise.race([Promise.all(this.#workers.map((worker) => worker.close())), late])
    // A job still running is taken up again elsewhere, as after a crash.
    if (deadline.aborted) await Promise.all(this.#workers.map((worker) => worker.close(true)))
    await Promise.all(Object.values(this.#queues).map((queue) => queue.close()))
    await this.#bull.close()
  }
}
