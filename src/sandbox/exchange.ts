import { ApiError } from './api-error.ts'
import type { ContractRequest } from './contract.ts'
import type { Resource } from './rate-limit.ts'
import type { Answer, Services } from './rest/operation.ts'

/** One request, as it was answered. */
export interface LoggedRequest {
  method: string
  /** below the API's root, without the query: `/repos/octo/model/issues`, `/graphql` */
  path: string
  query: string
  /** the template of the path, or the name of the GraphQL operation; null where neither is known */
  operation: string | null
  /** null where no answer was given */
  status: number | null
  /** taken from the hour's budget: 1 for a REST request, GitHub's points for GraphQL */
  points: number
}

/** The path below the API's root. */
export function apiPath({ pathname }: URL): string {
  return decodeURI(pathname).replace(/^\/api(\/v3)?/, '')
}

/** A request as the contract sees it. */
export async function contractRequest(request: Request): Promise<ContractRequest> {
  const url = new URL(request.url)
  const text = await request.clone().text()
  return {
    method: request.method,
    path: apiPath(url),
    query: url.searchParams,
    body: text === '' ? null : parsedOrText(text),
  }
}

function parsedOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** @throws ApiError 400 where the contract found a fault */
export function refuse(fault: string | null | undefined): void {
  if (fault) throw new ApiError(400, fault)
}

/** What GitHub answers to an error of its own kind; any other is the double's, and thrown on. */
export function errorAnswer(error: unknown): Answer {
  if (!(error instanceof ApiError)) throw error
  return { status: error.status, body: error.body }
}

/** An answer with the headers that GitHub puts on all of them. */
export function toResponse(
  { rateLimits, world }: Services,
  answer: Answer,
  { budget, resource }: { budget: string; resource: Resource },
  headers: Record<string, string> = {},
): Response {
  const all = {
    ...rateLimits.headers(budget, resource),
    date: world.now().toUTCString(),
    'x-github-request-id': world.newGuid(),
    'x-github-media-type': 'github.v3; format=json',
    ...headers,
    ...answer.headers,
  }
  return answer.body === undefined
    ? new Response(null, { status: answer.status, headers: all })
    : Response.json(answer.body, { status: answer.status, headers: all })
}
