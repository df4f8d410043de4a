import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { Environment } from '../../config/environment.ts'
import { schedules } from '../../jobs/schedule.ts'
import { weekOf } from '../metrics/window.ts'
import type { Contract } from '../sandbox/contract.ts'
import { type GitHub, startGitHub } from '../sandbox/github.ts'
import type { Guide } from '../sandbox/pages/options.ts'
import { tryOutPages } from '../sandbox/pages/pages.ts'
import { setTheScene } from '../sandbox/story/before.ts'
import { owner, repository, visitors, weekRule } from '../sandbox/story/cast.ts'
import { StoryClock } from '../sandbox/story/clock.ts'
import { play } from '../sandbox/story/play.ts'
import { story } from '../sandbox/story/story.ts'
import { worthSeeing } from '../sandbox/story/worth-seeing.ts'
import { type RunningApp, startApp } from '../server.ts'
import { inboxState } from '../store/deliveries.ts'
import { lockFolder } from '../store/folder-lock.ts'
import { wasWanted, workState } from '../store/work.ts'
import { untilIdle } from './idle.ts'
import { readAppManifest, type SetUpServer, startSetUpServer } from './set-up-server.ts'

export interface Progress {
  /** told so far */
  week: number
  weeks: number
  deliveries: number
  /** that the App wrote */
  comments: number
}

export interface TryOutOptions {
  environment: Environment
  log: Logger
  weeks: number
  /** the real clock */
  now: () => Date
  onProgress?: (progress: Progress) => void
  /** told when the set-up page has saved the credentials of a real App */
  onSaved?: () => void
  /** judges what passes between the App and the double */
  contract?: Contract
  signal?: AbortSignal
}

export interface TryOutSession {
  github: GitHub
  app: RunningApp
  clock: StoryClock
  setUp: SetUpServer
  guide: Guide
  /** tells the story; rejects when `signal` is aborted */
  tell(): Promise<Progress>
  close(): Promise<void>
}

const appId = 1

/** The whole App, the double beside it and the pages, before the story has begun. */
export async function openTryOut(options: TryOutOptions): Promise<TryOutSession> {
  const { environment, log, weeks, onSaved = () => {} } = options
  const undo: (() => Promise<void>)[] = []
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    const folder = join(environment.dataDirectory, 'try-out')
    const lock = await lockFolder(folder)
    undo.push(() => lock.release())
    const dataDirectory = join(folder, 'data')
    await rm(dataDirectory, { recursive: true, force: true })

    const clock = new StoryClock(options.now, weeks)
    const credentials = freshCredentials()
    const guide: Guide = { told: 0, weeks, worthSeeing: [], registered: false }
    const pages = tryOutPages({
      github: () => github,
      repository,
      visitors,
      guide,
      settled: () => untilIdle(github, app.deps),
      appUrl: () => app.url,
    })
    const github = await startTryOutGitHub({ ...options, clock, credentials, pages })
    undo.push(() => github.close())
    await setTheScene(github, clock)

    const app = await startApp({
      environment: tryOutEnvironment(environment, { github, credentials, dataDirectory }),
      credentials,
      log,
      now: clock.now,
      settleMs: 0,
      // Schedules go by the real clock, and the story has one of its own.
      ticks: false,
    })
    undo.push(() => app.close())
    github.deliverTo(`${app.url}${environment.webhookPath}`)
    const setUp = await startSetUpServer(environment, {
      log,
      onSaved: () => {
        guide.registered = true
        onSaved()
      },
    })
    undo.push(() => setUp.close())
    const tell = () => tellStory({ github, app, clock, guide }, options)
    return { github, app, clock, setUp, guide, tell, close }
  } catch (error) {
    await close()
    throw error
  }
}

type Told = Pick<TryOutSession, 'github' | 'app' | 'clock' | 'guide'>

async function tellStory(told: Told, options: TryOutOptions): Promise<Progress> {
  const { github, app, clock, guide } = told
  const { weeks, onProgress = () => {}, signal } = options
  const { db, queue } = app.deps
  const idle = async () => {
    signal?.throwIfAborted()
    await untilIdle(github, app.deps)
  }
  const { id } = github.world.repository(repository)
  const numbers = await play({
    github,
    clock,
    weeks,
    happenings: story({ weeks }),
    idle,
    postDigests: async (week) => {
      // Every day of the story would be too many for somebody who waits for its end.
      await queue.enqueue([{ name: 'schedule-forks', key: '' }], { evenIfQueued: `@${week}` })
      await idle()
      const due = weekOf(new Date(clock.now().getTime() - 7 * 24 * 60 * 60_000), weekRule)
      await queue.enqueue([{ name: 'schedule-digests', key: '' }], { evenIfQueued: `@${week}` })
      while (!(await wasWanted(db, 'publish-digest', `${id}/${due.name}`))) await idle()
      await idle()
    },
    onWeek: (week) => {
      guide.told = week
      onProgress(progressOf(github, { week, weeks }))
    },
  })
  guide.worthSeeing = worthSeeing.flatMap(({ thread, why }) => {
    const number = numbers.get(thread)
    return number === undefined ? [] : [{ number, why }]
  })
  clock.runWithRealTime()
  await queue.schedule(schedules)
  await refuseParked(app)
  return progressOf(github, { week: weeks, weeks })
}

/** A story that the App could only tell in part is a fault of ours. */
async function refuseParked({ deps }: RunningApp): Promise<void> {
  const [inbox, work] = [await inboxState(deps.db), await workState(deps.db)]
  const parked = Number(inbox.parked) + Number(work.parked)
  if (parked > 0) throw new Error(`${parked} deliveries and jobs of the try-out failed for good`)
}

function progressOf(github: GitHub, at: { week: number; weeks: number }): Progress {
  const comments = github.issues(repository).flatMap((thread) => thread.comments)
  return {
    ...at,
    deliveries: github.deliveries.attempts.length,
    comments: comments.filter(({ byApp }) => byApp).length,
  }
}

type FreshCredentials = ReturnType<typeof freshCredentials>

function freshCredentials() {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  return { appId, privateKey, webhookSecret: randomBytes(32).toString('hex') }
}

const Asked = z.object({
  default_permissions: z.record(z.string(), z.enum(['read', 'write'])),
  default_events: z.array(z.string()),
})

/** On the port that the environment names, or on a free one when somebody else has that. */
async function startTryOutGitHub(
  given: Pick<TryOutOptions, 'environment' | 'contract'> & {
    clock: StoryClock
    credentials: FreshCredentials
    pages: (request: Request) => Response | Promise<Response>
  },
): Promise<GitHub> {
  const { environment, clock, credentials, contract, pages } = given
  const asked = Asked.parse(readAppManifest())
  const start = (port: number) =>
    startGitHub({
      ...credentials,
      port,
      now: clock.now,
      authenticationNow: () => new Date(),
      owner,
      permissions: asked.default_permissions,
      events: asked.default_events,
      pages,
      ...(contract === undefined ? {} : { contract }),
    })
  try {
    return await start(environment.port)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return start(0)
    throw error
  }
}

/** Whatever the person's environment says of real services has no part in the try-out. */
function tryOutEnvironment(
  environment: Environment,
  own: { github: GitHub; credentials: FreshCredentials; dataDirectory: string },
): Environment {
  const { github, credentials, dataDirectory } = own
  const { host, url: htmlUrl } = github
  return {
    ...environment,
    credentials,
    engine: 'embedded',
    databaseUrl: null,
    redisUrl: null,
    dataDirectory,
    role: 'all',
    host: '127.0.0.1',
    port: 0,
    publicUrl: null,
    github: { host, apiUrl: `${htmlUrl}/api/v3`, htmlUrl, token: null },
    dryRun: false,
  }
}
