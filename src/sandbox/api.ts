import { Hono } from 'hono'
import { ApiError } from './api-error.ts'
import { budgetOf } from './authentication.ts'
import type { Contract } from './contract.ts'
import { contractRequest, errorAnswer, type LoggedRequest, refuse, toResponse } from './exchange.ts'
import { isForGit, serveGit } from './git/serve-git.ts'
import type { StoredGit } from './git/stored-git.ts'
import { answerGraphQL } from './graphql/answer.ts'
import { answerRest } from './rest/answer.ts'
import { operations } from './rest/index.ts'
import type { Answer, Services } from './rest/operation.ts'
import { nameOf } from './world.ts'

export interface Api {
  handle: (request: Request) => Promise<Response>
  requests: LoggedRequest[]
}

/** Answers to everything below `/api`, as GitHub Enterprise Server lays it out, and to git. */
export function createApi(
  services: Services,
  options: {
    git: StoredGit
    contract?: Contract
    pages?: (request: Request) => Response | Promise<Response>
  },
): Api {
  const requests: LoggedRequest[] = []
  const app = new Hono()
  const { git, contract, pages } = options
  app.post('/api/graphql', (context) => graphQL(services, contract, requests, context.req.raw))
  for (const operation of operations) {
    app.on(operation.method, `/api/v3${honoPath(operation.path)}`, (context) =>
      answerRest({ services, contract, requests, operation }, context),
    )
  }
  app.all('/api/*', (context) => unknown(services, contract, requests, context.req.raw))
  app.onError((error) => {
    throw error
  })
  app.use('*', async ({ req }, next) =>
    isForGit(req.path)
      ? await serveGit(services, git, { request: req.raw, requests })
      : await next(),
  )
  if (pages) app.all('*', (context) => pages(context.req.raw))
  return { requests, handle: async (request) => app.fetch(byName(services, request)) }
}

async function graphQL(
  services: Services,
  contract: Contract | undefined,
  requests: LoggedRequest[],
  request: Request,
): Promise<Response> {
  let budget = 'anonymous'
  let operation: string | null = null
  let points = 0
  let answer: Answer
  try {
    const caller = services.authentication.caller(request.headers.get('authorization') ?? undefined)
    if (caller.kind === 'anonymous' || caller.kind === 'app') {
      throw new ApiError(401, 'This endpoint requires you to be authenticated.')
    }
    budget = budgetOf(caller)
    const { body } = await contractRequest(request)
    if (typeof body === 'object' && body !== null && 'query' in body) {
      refuse(contract?.checkDocument(String(body.query)))
    }
    const answered = await answerGraphQL(services, caller, body)
    operation = answered.operation
    points = answered.points
    answer = { status: 200, body: answered.body }
  } catch (error) {
    answer = errorAnswer(error)
  }
  const { status } = answer
  requests.push({ method: 'POST', path: '/graphql', query: '', operation, status, points })
  return toResponse(services, answer, { budget, resource: 'graphql' })
}

/** Not 404, which would look like something that is merely absent. */
async function unknown(
  services: Services,
  contract: Contract | undefined,
  requests: LoggedRequest[],
  request: Request,
): Promise<Response> {
  const asked = await contractRequest(request)
  let answer: Answer = { status: 501, body: { message: 'This GitHub does not know the operation' } }
  const fault = contract?.checkRequest(asked)
  if (fault) answer = { status: 400, body: { message: fault } }
  const { method, path } = asked
  const query = new URL(request.url).search
  requests.push({ method, path, query, operation: null, status: answer.status, points: 1 })
  return toResponse(services, answer, { budget: 'anonymous', resource: 'core' })
}

/** `/repositories/{id}/…` is another way to say `/repos/{owner}/{repo}/…`. */
function byName({ world }: Services, request: Request): Request {
  const url = new URL(request.url)
  const [, id, rest = ''] = /^\/api\/v3\/repositories\/(\d+)(\/.*)?$/.exec(url.pathname) ?? []
  const repository = world.findRepositoryById(Number(id))
  if (!repository) return request
  url.pathname = `/api/v3/repos/${nameOf(repository)}${rest}`
  return new Request(url, request)
}

/** `{path}` is the one parameter that holds slashes. */
function honoPath(template: string): string {
  return template
    .replace('{path}', ':path{.+}')
    .replace(/\{(\w+)\}/g, (part, name) => (part === '{.+}' ? part : `:${name}`))
}
