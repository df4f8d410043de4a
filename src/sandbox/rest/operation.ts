import type { ZodType } from 'zod'
import { ApiError, notAccessible, notFound } from '../api-error.ts'
import type { Authentication, Caller } from '../authentication.ts'
import type { Deliveries } from '../deliveries.ts'
import type { Installation, Permissions, Repository, Thread } from '../entities.ts'
import type { RateLimits } from '../rate-limit.ts'
import { isPull, type PullThread } from '../shapes/pull-request.ts'
import { covers, type World } from '../world.ts'

/** One operation of the REST API: what GitHub's description calls a path and a method. */
export interface Operation {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** `/repos/{owner}/{repo}/issues/{issue_number}` */
  path: string
  /** who may call: the App by its signed token, everybody, or whoever may see the repository */
  caller: 'app' | 'anyone' | 'installation' | 'repository'
  /** any one of these permissions lets an installation in */
  needs?: Permissions
  handle: (call: Call) => Answer | Promise<Answer>
}

export interface Answer {
  status: number
  /** left out for 204 */
  body?: unknown
  headers?: Record<string, string>
}

export interface Services {
  world: World
  deliveries: Deliveries
  authentication: Authentication
  rateLimits: RateLimits
  /** codes of the manifest flow that were not exchanged yet */
  manifestCodes: Set<string>
  /** how long a new comment is missing from lists, as happens on GitHub under load */
  listLag: { seconds: number }
}

/** One request to one operation. */
export class Call {
  readonly world: World
  readonly services: Services
  readonly caller: Caller
  readonly params: Record<string, string>
  readonly query: URLSearchParams
  readonly url: URL
  readonly body: unknown

  constructor(
    services: Services,
    request: { caller: Caller; params: Record<string, string>; url: URL; body: unknown },
  ) {
    this.world = services.world
    this.services = services
    this.caller = request.caller
    this.params = request.params
    this.url = request.url
    this.query = request.url.searchParams
    this.body = request.body
  }

  param(name: string): string {
    return this.params[name] ?? ''
  }

  /** The installation that is calling; a person's token has none. */
  get installation(): Installation {
    if (this.caller.kind !== 'installation') throw notAccessible()
    return this.caller.installation
  }

  /** The repository of the path, if the caller may see it: else it does not exist. */
  get repository(): Repository {
    const name = `${this.param('owner')}/${this.param('repo')}`
    const repository = this.world.findRepository(name)
    if (!repository || !maySee(this.caller, repository)) throw notFound()
    return repository
  }

  get thread(): Thread {
    const number = Number(this.param('issue_number'))
    const { threads, deletedNumbers } = this.repository
    if (deletedNumbers.has(number)) throw new ApiError(410, 'This issue was deleted')
    const thread = threads.get(number)
    if (!thread) throw notFound()
    return thread
  }

  get pull(): PullThread {
    const thread = this.repository.threads.get(Number(this.param('pull_number')))
    if (!thread || !isPull(thread)) throw notFound()
    return thread
  }

  /** The body, as the operation needs it. */
  parsed<T>(schema: ZodType<T>): T {
    const { success, data, error } = schema.safeParse(this.body ?? {})
    if (success) return data
    const [issue] = error.issues
    throw new ApiError(422, `Invalid request.\n\n${issue?.path.join('/')}: ${issue?.message}`)
  }

  /** Whether what is written here is written by the App. */
  get byApp(): boolean {
    return this.caller.kind === 'installation'
  }

  get author() {
    if (this.caller.kind === 'user') return this.caller.account
    return this.world.bot
  }
}

/** Whether a repository exists for a caller at all. */
export function maySee(caller: Caller, repository: Repository): boolean {
  if (!repository.private) return true
  if (caller.kind === 'user') {
    return repository.owner === caller.account || repository.collaborators.has(caller.account.id)
  }
  return caller.kind === 'installation' && isWithin(caller, repository)
}

function isWithin(caller: Extract<Caller, { kind: 'installation' }>, repository: Repository) {
  return (
    covers(caller.installation, repository) &&
    (caller.repositoryIds === null || caller.repositoryIds.has(repository.id))
  )
}

/**
 * Refuses a caller that may see the repository but not do this in it.
 * @throws ApiError 403 with the words that GitHub uses
 */
export function checkPermission(operation: Operation, call: Call): void {
  const { caller } = call
  if (operation.caller !== 'repository') return
  const { repository } = call
  const reads = operation.method === 'GET'
  if (caller.kind === 'app') throw notAccessible()
  if (caller.kind === 'anonymous' && !reads) {
    throw new ApiError(401, 'Requires authentication')
  }
  if (repository.archived && !reads) {
    throw new ApiError(403, 'Repository was archived so is read-only.')
  }
  if (caller.kind !== 'installation') return
  if (!isWithin(caller, repository)) {
    if (reads) return
    throw notAccessible()
  }
  const needs = Object.entries(operation.needs ?? { metadata: 'read' })
  const granted = needs.some(([name, level]) => {
    const given = caller.permissions[name]
    return given === 'write' || given === level
  })
  if (!granted) throw notAccessible()
}
