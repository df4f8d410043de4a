import { createHash } from 'node:crypto'
import { z } from 'zod'
import { runJob } from '../../jobs/worker.ts'
import type { Deps } from '../deps.ts'
import { UserError } from '../errors.ts'
import type { Digests } from '../report/json/digest.ts'
import type { Replay } from '../report/json/replay.ts'
import {
  keepDeliveries,
  parkedDeliveries,
  pendingDeliveries,
  reopenDeliveries,
} from '../store/deliveries.ts'
import {
  publishableRepositories,
  repositoryNamed,
  type TrackedRepository,
} from '../store/repositories.ts'
import { parkedWork, reopenWork } from '../store/work.ts'
import { health } from '../web/health.ts'
import { DigestRequest, digestFor } from './digest-request.ts'
import { ExplainRequest, explainAccounts } from './explain-accounts.ts'
import { forgetLogin } from './forget-login.ts'
import { ImportRequest, importEvents } from './import-events.ts'
import { readHistory } from './read-history.ts'
import { rollUpFor } from './roll-up-request.ts'

/**
 * What the command line asks of the store. With the embedded engine the running
 * App carries it out, reached through its socket; everything here is plain data.
 */
export const CommandRequest = z.discriminatedUnion('command', [
  DigestRequest,
  z.object({
    command: z.literal('replay'),
    deliveries: z.array(z.object({ guid: z.string(), event: z.string(), body: z.string() })),
    reopen: z.enum(['none', 'parked', 'all']),
  }),
  z.object({
    command: z.literal('backfill'),
    /** `owner/name` */
    of: z.string(),
    again: z.boolean(),
    step: z.enum(['estimate', 'begin', 'continue']),
  }),
  ExplainRequest,
  ImportRequest,
  z.object({ command: z.literal('forget'), login: z.string() }),
  z.object({ command: z.literal('state') }),
])
export type CommandRequest = z.output<typeof CommandRequest>

export const CommandAnswer = z.object({
  /** for standard output */
  text: z.string(),
  /** the same for a program */
  data: z.unknown(),
})
export type CommandAnswer = z.output<typeof CommandAnswer>

/** @throws UserError for what the person can mend */
export async function carryOut(request: CommandRequest, deps: Deps): Promise<CommandAnswer> {
  switch (request.command) {
    case 'digest':
      return await digest(request, deps)
    case 'replay':
      return await replay(request, deps)
    case 'backfill':
      return await readHistory(await repositoryCalled(request.of, deps), request, deps)
    case 'explain': {
      const { repository } = request
      const place = repository === null ? null : await repositoryCalled(repository, deps)
      return await explainAccounts(request, place, deps)
    }
    case 'import':
      return { text: '', data: await importEvents(request, deps) }
    case 'forget':
      return await forgetLogin(request.login, deps)
    case 'state':
      return await state(deps)
  }
}

type RequestOf<Name> = Extract<CommandRequest, { command: Name }>

async function digest(request: DigestRequest, deps: Deps): Promise<CommandAnswer> {
  const answers: Awaited<ReturnType<typeof digestFor>>[] = []
  const repositories = await repositoriesOf(request.of, deps)
  for (const repository of repositories) {
    answers.push(await digestFor(repository, request, deps))
  }
  // All together goes to one place only, so a request for another one is not about it.
  if (!request.of.includes('/') && request.to == null) {
    const together = await rollUpFor(repositories, request, deps)
    if (together !== null) answers.push(together)
  }
  return {
    text: answers.map(({ text }) => text).join('\n\n'),
    data: answers.map(({ data }) => data) satisfies Digests,
  }
}

async function repositoriesOf(of: string, deps: Deps): Promise<TrackedRepository[]> {
  const [owner = '', name] = of.split('/')
  const found =
    name === undefined
      ? (await publishableRepositories(deps.db)).filter(
          ({ ownerLogin }) => ownerLogin.toLowerCase() === owner.toLowerCase(),
        )
      : [await repositoryCalled(of, deps)]
  if (found.length === 0) throw unknown(of)
  return found
}

/** By `owner/name`. */
async function repositoryCalled(of: string, { db }: Deps): Promise<TrackedRepository> {
  const [owner = '', name = ''] = of.split('/')
  const found = await repositoryNamed(db, owner, name)
  if (found === null) throw unknown(of)
  return found
}

function unknown(of: string): UserError {
  return new UserError(
    `Nothing is known of ${of}. Is the App installed there, and has it heard from GitHub since?`,
  )
}

/** Of deliveries in one statement: PostgreSQL takes 65,535 parameters. */
const mostAtOnce = 500

async function replay(request: RequestOf<'replay'>, deps: Deps): Promise<CommandAnswer> {
  const { db, queue, now } = deps
  for (let start = 0; start < request.deliveries.length; start += mostAtOnce) {
    await keepDeliveries(
      db,
      request.deliveries.slice(start, start + mostAtOnce).map(({ guid, event, body }) => ({
        guid,
        event,
        body,
        bodySha256: createHash('sha256').update(body).digest('hex'),
        receivedAt: now(),
      })),
    )
  }
  const reopened = { deliveries: 0, jobs: 0 }
  if (request.reopen !== 'none') {
    const failedOnly = request.reopen === 'parked'
    reopened.deliveries = await reopenDeliveries(db, { failedOnly })
    const jobs = await reopenWork(db, now())
    reopened.jobs = jobs.length
    await queue.enqueue(jobs)
  }
  let recorded = 0
  for (;;) {
    // A pending delivery leaves the list when it is recorded, and when it is parked.
    const guids = await pendingDeliveries(db, { before: null, limit: mostAtOnce })
    if (guids.length === 0) break
    for (const key of guids) {
      await runJob({ name: 'record-delivery', key }, 1, deps).then(
        () => {
          recorded += 1
        },
        () => {},
      )
    }
  }
  const parked = await parkedDeliveries(db, 100)
  const data: Replay = { kept: request.deliveries.length, reopened, recorded, parked }
  const text = [
    `Recorded ${recorded} deliveries.`,
    ...(reopened.jobs > 0 ? [`${reopened.jobs} parked jobs are open again.`] : []),
    ...parked.map(({ guid, event, failure }) => `Parked: ${event} ${guid}: ${failure}`),
  ].join('\n')
  return { text, data }
}

async function state(deps: Deps): Promise<CommandAnswer> {
  const data = {
    health: await health(deps),
    parkedDeliveries: await parkedDeliveries(deps.db, 20),
    parkedJobs: await parkedWork(deps.db, 20),
  }
  return { text: JSON.stringify(data, null, 2), data }
}
