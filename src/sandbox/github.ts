import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { createApi } from './api.ts'
import { Authentication } from './authentication.ts'
import type { Contract } from './contract.ts'
import { contributing } from './contributing.ts'
import { Deliveries, type Delivery } from './deliveries.ts'
import { discussing } from './discussing.ts'
import type { AppRegistration, Permissions } from './entities.ts'
import { apiPath } from './exchange.ts'
import { type Fault, Faults } from './faults.ts'
import { forking } from './forking.ts'
import { StoredGit } from './git/stored-git.ts'
import { installing } from './installing.ts'
import { publishing } from './publishing.ts'
import { RateLimits } from './rate-limit.ts'
import type { Services } from './rest/operation.ts'
import { reviewing } from './reviewing.ts'
import { listen, serve, stop } from './server.ts'
import { settingUp } from './setting-up.ts'
import { talking, threadOf } from './talking.ts'
import { World } from './world.ts'

export interface GitHubOptions {
  /** 0, a free one, where left out */
  port?: number
  /** the clock that everything here goes by */
  now: () => Date
  /** the clock that tokens expire by, where a story runs ahead of it; `now` where left out */
  authenticationNow?: () => Date
  appId: number
  /** PEM; one of the two. A fresh pair is made where neither is given. */
  privateKey?: string
  publicKey?: string
  webhookSecret: string
  /** where the App listens; without it nothing is sent */
  webhookUrl?: string
  /** judges every request and answer */
  contract?: Contract
  slug?: string
  owner?: string
  permissions?: Permissions
  events?: string[]
  /** answers to what lies outside the API: the pages at `/owner/name` */
  pages?: (request: Request) => Response | Promise<Response>
}

/** As in the App's manifest, so that a test need not name them. */
const defaults = {
  permissions: {
    metadata: 'read',
    contents: 'read',
    issues: 'write',
    pull_requests: 'read',
    discussions: 'write',
    checks: 'write',
  },
  events: [
    ...['star', 'fork', 'push', 'release', 'repository', 'public', 'commit_comment'],
    ...['issues', 'issue_comment', 'discussion', 'discussion_comment'],
    ...['pull_request', 'pull_request_review', 'pull_request_review_comment'],
  ],
} satisfies { permissions: Permissions; events: string[] }

export type GitHub = Awaited<ReturnType<typeof startGitHub>>

/**
 * A GitHub on loopback, in memory: the REST and GraphQL API that the App uses,
 * and everything that people do there, with the webhooks that follow from it.
 * Point the App at it with `GHE_HOST` and `GHE_PROTOCOL=http`.
 */
export async function startGitHub(options: GitHubOptions) {
  const app = registration(options)
  const faults = new Faults()
  const { server, host } = await listen(options.port ?? 0)
  const services = servicesAt(`http://${host}`, app, options)
  const git = new StoredGit(services.world)
  const { handle, requests } = createApi(services, { ...options, git })
  serve(server, host, {
    faults,
    handle,
    pathOf: apiPath,
    onFault: ({ method, path, status }) =>
      requests.push({ method, path, query: '', operation: null, status, points: 0 }),
  })
  const { world, deliveries, rateLimits } = services

  return {
    url: world.html,
    /** for `GHE_HOST`, with `GHE_PROTOCOL=http` */
    host,
    app,
    world,
    /** every request since the start, oldest first */
    requests,
    /** every delivery that was made, sent or not, and how sending went */
    deliveries,
    rateLimits,
    ...settingUp(services),
    ...forking(services),
    ...installing(services),
    ...talking(services),
    ...discussing(services),
    ...contributing(services),
    ...reviewing(services),
    ...publishing(services),
    ...remaining(world),

    /** Sends a delivery, once more if need be; the status that the App answered. */
    deliver: (delivery: Delivery) => deliveries.send(delivery),

    /** Makes coming requests fail. */
    fail: (fault: Fault) => faults.add(fault),

    clearFaults: () => faults.clear(),

    /** Loses the next deliveries on their way: the log shows them as failed. */
    failDeliveries(times: number) {
      deliveries.outages = times
    },

    /** Where the App listens, once that is known. */
    deliverTo(webhookUrl: string) {
      deliveries.webhookUrl = webhookUrl
    },

    /** New comments appear in lists only after so many seconds of this GitHub's clock. */
    delayLists(seconds: number) {
      services.listLag.seconds = seconds
    },

    /** Resolves once nothing is being sent any more. */
    settled: () => deliveries.settled(),

    close: async () => {
      await stop(server)
      git.close()
    },
  }
}

/** What stayed on GitHub, for a test to look at. */
function remaining(world: World) {
  return {
    issues: (fullName: string) => [...world.repository(fullName).threads.values()],
    comments: (fullName: string, number: number) => threadOf(world, fullName, number).comments,
    discussions: (fullName: string) => [...world.repository(fullName).discussions.values()],
    checkRuns: (fullName: string) => world.repository(fullName).checkRuns,
    /** the reactions to an issue, or to a comment under it */
    reactions(fullName: string, number: number, commentId?: number) {
      const { reactions, comments, pull } = threadOf(world, fullName, number)
      if (commentId === undefined) return reactions
      const reviewComments = pull?.reviews.flatMap((review) => review.comments) ?? []
      return [...comments, ...reviewComments].find(({ id }) => id === commentId)?.reactions ?? []
    },
  }
}

function servicesAt(html: string, app: AppRegistration, options: GitHubOptions): Services {
  const world = new World({
    now: options.now,
    authenticationNow: options.authenticationNow ?? options.now,
    app,
    html,
  })
  return {
    world,
    deliveries: new Deliveries(world, options.webhookUrl ?? null),
    authentication: new Authentication(world),
    rateLimits: new RateLimits(options.now),
    manifestCodes: new Set(),
    listLag: { seconds: 0 },
  }
}

function registration(options: GitHubOptions): AppRegistration {
  const { publicKey, privateKey } = keys(options)
  const slug = options.slug ?? 'groundswell'
  return {
    id: options.appId,
    clientId: `Iv23li${String(options.appId).padStart(14, '0')}`,
    slug,
    name: slug.charAt(0).toUpperCase() + slug.slice(1),
    owner: options.owner ?? 'groundswell-makers',
    publicKey,
    privateKey,
    webhookSecret: options.webhookSecret,
    permissions: options.permissions ?? defaults.permissions,
    events: options.events ?? defaults.events,
    createdAt: options.now(),
  }
}

function keys({ publicKey, privateKey }: GitHubOptions) {
  if (publicKey !== undefined) return { publicKey, privateKey: privateKey ?? null }
  const pem = privateKey ?? freshPrivateKey()
  const spki = createPublicKey(pem).export({ type: 'spki', format: 'pem' })
  return { publicKey: String(spki), privateKey: pem }
}

function freshPrivateKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return String(privateKey.export({ type: 'pkcs8', format: 'pem' }))
}
