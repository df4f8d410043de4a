import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { defineCommand } from 'citty'
import { parse } from 'yaml'
import { z } from 'zod'
import { type Environment, readEnvironment } from '../../config/environment.ts'
import { UserError } from '../errors.ts'
import { gitVersion } from '../git/run-git.ts'
import { failureOf } from '../github/failure.ts'
import { openGitHubApp } from '../github/github-app.ts'
import { openLog } from '../log.ts'
import type { Findings } from '../report/json/doctor.ts'
import { AppManifest } from '../web/app-registration.ts'
import { ask } from './ask.ts'

/** One thing looked at. */
type Finding = Findings[number]

export const command = defineCommand({
  meta: { name: 'doctor', description: 'Say what is wrong with this installation, and what to do' },
  args: {
    format: { type: 'enum', options: ['md', 'json'], default: 'md', description: 'md or json' },
  },
  run: async ({ args }) => {
    const findings = await examine()
    const text =
      args.format === 'json'
        ? JSON.stringify(findings, null, 2)
        : findings.map(({ well, text }) => `${well ? 'ok  ' : 'FAIL'} ${text}`).join('\n')
    process.stdout.write(`${text}\n`)
    if (findings.some(({ well }) => !well)) process.exitCode = 1
  },
})

async function examine(): Promise<Findings> {
  let environment: Environment
  try {
    environment = readEnvironment(process.env)
  } catch (error) {
    if (error instanceof UserError) return [{ well: false, text: error.message }]
    throw error
  }
  return [
    { well: true, text: `Node ${process.versions.node}, ${engines[environment.engine]}` },
    ...(environment.engine === 'embedded' ? [powerCuts] : []),
    await examineGit(environment),
    ...(await examineGitHub(environment)),
    ...(environment.credentials === null ? [] : await examineStore()),
  ]
}

const engines = {
  embedded: 'embedded database and queue',
  postgres: 'PostgreSQL for database and queue',
  redis: 'PostgreSQL, with Redis for the queue',
}

/** Not a fault, but whoever runs the server should have read it once. */
const powerCuts: Finding = {
  well: true,
  text: 'The embedded database survives a killed process, but not a power cut: it never asks the disk to flush. Set DATABASE_URL for what must not be lost.',
}

/** Not a fault either: without it the same is read for points. */
async function examineGit({ surroundings }: Environment): Promise<Finding> {
  const version = await gitVersion(surroundings)
  return {
    well: true,
    text:
      version === null
        ? 'git is not installed, or not on PATH: commits are read through the API, which costs points, and what they touched stays unknown.'
        : `git ${version} reads the commits`,
  }
}

const Registered = z.object({
  slug: z.string(),
  permissions: z.record(z.string(), z.string()),
  events: z.array(z.string()),
})

/** Whether GitHub knows the App, and whether it may do all that app.yml asks for. */
async function examineGitHub(environment: Environment): Promise<Finding[]> {
  const { credentials, github } = environment
  if (credentials === null) {
    return [
      {
        well: true,
        text: 'No credentials: "groundswell start" runs the try-out and shows how to register the App.',
      },
    ]
  }
  const log = openLog({ level: 'silent', forPeople: false, to: process.stderr })
  try {
    const app = await openGitHubApp({
      ...{ credentials, github, log },
      ...{ redisUrl: null, throttle: false, budgets: null },
    })
    const octokit = await app.github.asApp()
    const { data } = await octokit.rest.apps.getAuthenticated()
    const registered = Registered.parse(data)
    const missing = await missingFrom(registered)
    return [
      { well: true, text: `GitHub at ${github.apiUrl} knows the App as "${registered.slug}"` },
      ...(missing.length === 0
        ? []
        : [
            {
              well: false,
              text: `The App on GitHub lacks ${missing.join(', ')}. Add it in the App's settings; each organisation is then asked to approve.`,
            },
          ]),
    ]
  } catch (error) {
    const { reason } = failureOf(error, new Date())
    return [
      {
        well: false,
        text: `GitHub at ${github.apiUrl} does not take the App's credentials, or cannot be reached (${reason}). Check APP_ID, the private key and the network.`,
      },
    ]
  }
}

const Events = z.object({ default_events: z.array(z.string()) })

async function missingFrom(registered: z.output<typeof Registered>): Promise<string[]> {
  const path = createRequire(import.meta.url).resolve('#app.yml')
  const manifest: unknown = parse(await readFile(path, 'utf8'))
  const { default_permissions: wanted } = AppManifest.parse(manifest)
  const { default_events: events } = Events.parse(manifest)
  const has = (name: string, level: string) => {
    const given = registered.permissions[name]
    return given === level || (given === 'write' && level === 'read')
  }
  return [
    ...Object.entries(wanted)
      .filter(([name, level]) => !has(name, level))
      .map(([name, level]) => `the permission ${name}: ${level}`),
    ...events
      .filter((event) => !registered.events.includes(event))
      .map((event) => `the event ${event}`),
  ]
}

const State = z.object({
  health: z.looseObject({ status: z.string() }),
  parkedDeliveries: z.array(
    z.object({ guid: z.string(), event: z.string(), failure: z.string().nullable() }),
  ),
  parkedJobs: z.array(
    z.object({ job: z.string(), key: z.string(), failure: z.string().nullable() }),
  ),
})

async function examineStore(): Promise<Finding[]> {
  try {
    const { data } = await ask({ command: 'state' })
    const { health, parkedDeliveries, parkedJobs } = State.parse(data)
    return [
      { well: health.status === 'ok', text: `Store and queue: ${JSON.stringify(health)}` },
      ...parkedDeliveries.map(({ guid, event, failure }) => ({
        well: false,
        text: `Parked delivery ${guid} (${event}): ${failure}. "groundswell replay --parked" tries again.`,
      })),
      ...parkedJobs.map(({ job, key, failure }) => ({
        well: false,
        text: `Parked job ${job} ${key}: ${failure}. "groundswell replay --parked" tries again.`,
      })),
    ]
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return [{ well: false, text: `The store cannot be opened: ${reason}` }]
  }
}
