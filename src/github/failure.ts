import { z } from 'zod'
import { LimitReached } from './limit-reached.ts'

/**
 * What a failed request to GitHub deserves.
 * - gone: it does not exist, or not for us; asking again is no use
 * - refused: GitHub will not do it, whatever we wait for
 * - wait: a limit; ask again after `ms`
 * - passing: GitHub or the network is unwell; the outcome of a write is unknown
 */
export type Failure =
  | { kind: 'gone'; reason: string }
  | { kind: 'refused'; reason: string }
  | { kind: 'wait'; ms: number; reason: string }
  | { kind: 'passing'; reason: string }

const Headers = z.record(z.string(), z.union([z.string(), z.number()]).optional())
type Headers = z.output<typeof Headers>

const RequestError = z.looseObject({
  status: z.int(),
  message: z.string(),
  response: z.looseObject({ headers: Headers }).optional(),
})
const GraphqlErrors = z.looseObject({
  errors: z.array(z.looseObject({ type: z.string().optional(), message: z.string() })).min(1),
  headers: Headers.optional(),
})

export const longestWaitMs = 60 * 60_000
/** GitHub's advice where a secondary limit names no time. */
export const secondaryLimitMs = 60_000

/** Reads the error that Octokit threw; anything else is an error of the network or our own. */
export function failureOf(error: unknown, now: Date): Failure {
  if (error instanceof LimitReached) {
    const ms = Math.max(error.until.getTime() - now.getTime(), 1_000)
    return { kind: 'wait', ms, reason: error.message }
  }
  const graphql = GraphqlErrors.safeParse(error)
  if (graphql.success) return graphqlFailure(graphql.data, now)
  const request = RequestError.safeParse(error)
  if (!request.success) return { kind: 'passing', reason: String(error) }
  const { status, message, response } = request.data
  const headers = response?.headers ?? {}
  const reason = `${status} ${message}`
  if (status === 429 || (status === 403 && isLimit(message, headers))) {
    return { kind: 'wait', ms: waitOf(headers, now), reason }
  }
  if (status === 404 || status === 410 || status === 451) return { kind: 'gone', reason }
  if (status === 403 || status === 422) return { kind: 'refused', reason }
  // 401 too: a token that was just revoked or expired is made anew at the next attempt.
  return { kind: 'passing', reason }
}

/** Of a 403: some say so in words only. */
export function isLimit(message: string, headers: Headers): boolean {
  return (
    headers['retry-after'] !== undefined ||
    String(headers['x-ratelimit-remaining']) === '0' ||
    /rate limit/i.test(message)
  )
}

function waitOf(headers: Headers, now: Date): number {
  const seconds = Number(headers['retry-after'])
  if (Number.isFinite(seconds)) return Math.min(Math.max(seconds, 1) * 1000, longestWaitMs)
  const reset = Number(headers['x-ratelimit-reset']) * 1000 - now.getTime()
  if (String(headers['x-ratelimit-remaining']) === '0' && Number.isFinite(reset)) {
    return Math.min(Math.max(reset, 1000), longestWaitMs)
  }
  return secondaryLimitMs
}

/** GitHub has been seen to spell it both ways. */
export const limitTypes = new Set<string | undefined>(['RATE_LIMITED', 'RATE_LIMIT'])

/** GraphQL's words for a secondary limit on what is written; its type is that of any refusal. */
export const isTooQuick = (message: string): boolean => /submitted too quickly/i.test(message)

function graphqlFailure(
  { errors, headers = {} }: z.output<typeof GraphqlErrors>,
  now: Date,
): Failure {
  const [{ type, message }] = errors as [(typeof errors)[number]] // as: the schema wants one at least
  const reason = `${type ?? 'GraphQL'}: ${message}`
  if (limitTypes.has(type)) {
    // What is left may be too little for the request, and not nothing.
    return { kind: 'wait', ms: waitOf({ ...headers, 'x-ratelimit-remaining': 0 }, now), reason }
  }
  if (isTooQuick(message)) return { kind: 'wait', ms: secondaryLimitMs, reason }
  if (type === 'NOT_FOUND') return { kind: 'gone', reason }
  if (type === 'FORBIDDEN' || type === 'UNPROCESSABLE') return { kind: 'refused', reason }
  return { kind: 'passing', reason }
}
