import type { Deps } from '../src/deps.ts'
import { PayloadMismatch } from '../src/events/payload.ts'
import { failureOf } from '../src/github/failure.ts'
import {
  Hopeless,
  type JobRequest,
  Later,
  type ScheduledJobName,
  scheduledJobs,
  type WorkJobName,
} from '../src/queue.ts'
import { seldom } from '../src/seldom.ts'
import { beginWork, finishWork, parkWork, putOffWork } from '../src/store/work.ts'
import { scheduledProcessors, workProcessors } from './index.ts'
import { recordDelivery } from './record-delivery.ts'
import { schedules } from './schedule.ts'
import { sweepEverything } from './sweep.ts'

const setAgainMs = 60_000
/** An engine that is away or full fails many times a second. */
const errorsEveryMs = 10_000

interface WorkerOptions {
  /** see WorkOptions */
  pace?: number
  /** false: scheduled jobs run once now, and then only when somebody sets the schedules */
  ticks?: boolean
}

/** Takes jobs until the queue is closed, and sets the schedules; what was missed runs at once. */
export async function startWorker(
  deps: Deps,
  { pace = 1, ticks = true }: WorkerOptions = {},
): Promise<void> {
  const { queue, log, now } = deps
  await queue.work((job, attempt) => runJob(job, attempt, deps), {
    onError: seldom({ now, everyMs: errorsEveryMs }, (error, count) =>
      log.warn({ err: error, count }, 'The queue reports an error'),
    ),
    pace,
  })
  await sweepEverything(deps)
  if (ticks) await keepSchedules(deps, setAgainMs / pace)
  await queue.enqueue(scheduledJobs.map((name) => ({ name, key: '' })))
}

/** A Redis that comes back empty has forgotten them, and the sweep, which would notice, is one of them. */
async function keepSchedules({ queue }: Deps, everyMs: number): Promise<void> {
  await queue.schedule(schedules)
  // Where the queue cannot be reached, or is closed, it says so itself.
  setInterval(() => queue.schedule(schedules).catch(() => {}), everyMs).unref()
}

/** One attempt at one job. What it throws tells the queue what to do next. */
export async function runJob(job: JobRequest, attempt: number, deps: Deps): Promise<void> {
  const { log, now } = deps
  const beganAt = now().getTime()
  const fields = { job: job.name, key: job.key, attempt }
  try {
    if (job.name === 'record-delivery') await recordDelivery(job.key, deps)
    else if (isScheduled(job.name)) await runScheduled(job.name, deps)
    else await runWork({ ...job, name: job.name }, deps)
    log.debug({ ...fields, ms: now().getTime() - beganAt }, 'Job done')
  } catch (error) {
    if (error instanceof Later)
      log.debug({ ...fields, ms: error.delayMs, reason: error.message }, 'Job waits')
    else if (!(error instanceof Hopeless))
      log.warn({ ...fields, err: error }, 'Job failed, and will be tried again')
    throw error
  }
}

const isScheduled = (name: string): name is ScheduledJobName =>
  scheduledJobs.some((scheduled) => scheduled === name)

/** The next tick is the retry. */
async function runScheduled(name: ScheduledJobName, deps: Deps): Promise<void> {
  try {
    await scheduledProcessors[name](deps)
  } catch (error) {
    deps.log.error({ job: name, err: error }, 'A scheduled job failed; the next tick tries again')
  }
}

/** Longer than any attempt takes; then the sweep takes it for lost. */
const attemptMs = 5 * 60_000
/** After the queue's own longest back-off: the sweep comes only when the queue did not. */
const restMs = 15 * 60_000
/** The queue's back-off spreads these over about four hours. */
const mostAttempts = 30

async function runWork(
  { name, key }: { name: WorkJobName; key: string },
  deps: Deps,
): Promise<void> {
  const { db, now, log } = deps
  const later = (ms: number) => new Date(now().getTime() + ms)
  const begun = await beginWork(db, { job: name, key, restUntil: later(attemptMs) })
  if (begun === null) return
  try {
    await workProcessors[name].run(begun.payload, deps)
  } catch (error) {
    const verdict = verdictOn(error, now())
    if (verdict.kind === 'later') {
      const until = later(verdict.later.delayMs + restMs)
      await putOffWork(db, { job: name, key, until, counts: false })
      throw verdict.later
    }
    if (verdict.kind === 'retry' && begun.attempts < mostAttempts) {
      await putOffWork(db, { job: name, key, until: later(restMs), counts: true })
      throw error
    }
    const failure = verdict.kind === 'retry' ? `Tried too often: ${verdict.reason}` : verdict.reason
    await parkWork(db, { job: name, key, at: now(), failure })
    log.error({ job: name, key, failure }, 'A job is parked')
    throw new Hopeless(failure)
  }
  await finishWork(db, { job: name, key, version: begun.version })
}

type Verdict =
  | { kind: 'later'; later: Later }
  | { kind: 'park'; reason: string }
  | { kind: 'retry'; reason: string }

function verdictOn(error: unknown, now: Date): Verdict {
  if (error instanceof Later) return { kind: 'later', later: error }
  if (error instanceof Hopeless || error instanceof PayloadMismatch) {
    return { kind: 'park', reason: error.message }
  }
  const failure = failureOf(error, now)
  if (failure.kind === 'wait')
    return { kind: 'later', later: new Later(failure.ms, failure.reason) }
  return failure.kind === 'passing'
    ? { kind: 'retry', reason: failure.reason }
    : { kind: 'park', reason: failure.reason }
}
