import type { Context } from 'hono'
import { ApiError } from '../api-error.ts'
import { budgetOf, type Caller } from '../authentication.ts'
import type { Contract } from '../contract.ts'
import {
  contractRequest,
  errorAnswer,
  type LoggedRequest,
  refuse,
  toResponse,
} from '../exchange.ts'
import { type Answer, Call, checkPermission, type Operation, type Services } from './operation.ts'

interface RestContext {
  services: Services
  contract: Contract | undefined
  requests: LoggedRequest[]
  operation: Operation
}

/** Answers a request to one operation: who calls, whether it may, what comes of it. */
export async function answerRest(at: RestContext, context: Context): Promise<Response> {
  const { services, contract, operation } = at
  const url = new URL(context.req.url)
  const request = context.req.raw
  const asked = await contractRequest(request)
  let budget = 'anonymous'
  let points = 0
  let answer: Answer
  try {
    const caller = services.authentication.caller(request.headers.get('authorization') ?? undefined)
    budget = budgetOf(caller)
    if (operation.path !== '/rate_limit') {
      spend(services, caller, budget)
      points = 1
    }
    refuse(contract?.checkRequest(asked))
    const params = context.req.param()
    const call = new Call(services, { caller, params, url, body: asked.body })
    answer = movedTo(services, operation, call) ?? (await handled(operation, call))
  } catch (error) {
    answer = errorAnswer(error)
  }
  const fault = contract?.checkResponse(asked, answer.status, answer.body ?? null)
  if (fault) answer = { status: 400, body: { message: fault } }
  at.requests.push({
    method: asked.method,
    path: asked.path,
    query: url.search,
    operation: operation.path,
    status: answer.status,
    points,
  })
  return toResponse(services, answer, { budget, resource: 'core' }, accepted(operation))
}

async function handled(operation: Operation, call: Call): Promise<Answer> {
  const { caller } = call
  if (operation.caller === 'app' && caller.kind !== 'app') {
    throw new ApiError(401, 'A JSON web token could not be decoded')
  }
  if (operation.caller === 'installation' && caller.kind !== 'installation') {
    throw new ApiError(403, 'You must authenticate with an installation access token.')
  }
  checkPermission(operation, call)
  return operation.handle(call)
}

/** GitHub leads from a repository's former name to its id: 301 for reading, 307 for writing. */
function movedTo({ world }: Services, operation: Operation, call: Call): Answer | null {
  if (operation.caller !== 'repository') return null
  const name = `${call.param('owner')}/${call.param('repo')}`
  if (world.findRepository(name)) return null
  const moved = world.findFormerRepository(name)
  if (!moved) return null
  const rest = call.url.pathname
    .split('/')
    .slice(6)
    .map((segment) => `/${segment}`)
  const url = `${world.api}/repositories/${moved.id}${rest.join('')}${call.url.search}`
  return {
    status: operation.method === 'GET' ? 301 : 307,
    body: { message: 'Moved Permanently', url, documentation_url: 'https://docs.github.com/rest' },
    headers: { location: url },
  }
}

function spend({ rateLimits }: Services, caller: Caller, budget: string): void {
  if (rateLimits.spend(budget, 'core', 1)) return
  const who = caller.kind === 'installation' ? `installation ID ${caller.installation.id}` : 'you'
  throw new ApiError(403, `API rate limit exceeded for ${who}.`)
}

/** GitHub names on every answer the permissions that would let one in. */
function accepted({ needs }: Operation): Record<string, string> {
  const names = Object.entries(needs ?? { metadata: 'read' })
  return {
    'x-accepted-github-permissions': names.map(([name, level]) => `${name}=${level}`).join('; '),
  }
}
