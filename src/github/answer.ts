import { z } from 'zod'
import { isLimit, isTooQuick, limitTypes, longestWaitMs, secondaryLimitMs } from './failure.ts'

/** GitHub counts requests of REST, and points of GraphQL. */
export type Resource = 'core' | 'graphql'

/** What is left of an hour. */
export interface Allowance {
  resource: Resource
  allowed: number
  remaining: number
  resetsAt: Date
}

/**
 * Why GitHub did not answer the question.
 * - primary: the hour's allowance is used up
 * - secondary: too much at once; `askedMs` null where it does not say for how long
 */
export type Limit =
  | { kind: 'primary'; until: Date; reason: string }
  | { kind: 'secondary'; askedMs: number | null; reason: string }

const Headers = z.record(z.string(), z.union([z.string(), z.number()]).optional())
const Answered = z.looseObject({ status: z.int(), headers: Headers, data: z.unknown() })
export type Answer = z.output<typeof Answered>

/** The answer in what Octokit resolved or rejected with; null where GitHub gave none. */
export function answerIn(told: unknown): Answer | null {
  const inError = z.looseObject({ response: Answered }).safeParse(told)
  if (inError.success) return inError.data.response
  const { success, data } = Answered.safeParse(told)
  return success ? data : null
}

const AllowanceHeaders = z
  .object({
    'x-ratelimit-resource': z.enum(['core', 'graphql']),
    'x-ratelimit-limit': z.coerce.number().int(),
    'x-ratelimit-remaining': z.coerce.number().int(),
    'x-ratelimit-reset': z.coerce.number().int(),
  })
  .transform(
    (headers): Allowance => ({
      resource: headers['x-ratelimit-resource'],
      allowed: headers['x-ratelimit-limit'],
      remaining: headers['x-ratelimit-remaining'],
      resetsAt: new Date(headers['x-ratelimit-reset'] * 1000),
    }),
  )

/** Null where the answer does not say: GitHub Enterprise Server can have limits turned off. */
export function allowanceIn({ headers }: Answer): Allowance | null {
  const { success, data } = AllowanceHeaders.safeParse(headers)
  return success ? data : null
}

const Cost = z.object({ data: z.object({ rateLimit: z.object({ cost: z.int() }) }) })

/** A query that does not ask what it cost is a small one. */
export function pointsIn({ data }: Answer): number {
  const { success, data: told } = Cost.safeParse(data)
  return success ? told.data.rateLimit.cost : 1
}

const Refusal = z.object({ message: z.string() })
const Refusals = z.object({
  errors: z.array(z.looseObject({ type: z.string().optional(), message: z.string().optional() })),
})

/** The limit that an answer is about; null: none. */
export function limitIn({ status, headers, data }: Answer, now: Date): Limit | null {
  const { data: refusals } = Refusals.safeParse(data)
  const refused = refusals?.errors.find(({ type }) => limitTypes.has(type))
  if (refused !== undefined) {
    return primary(`${refused.type}: ${refused.message ?? ''}`, headers, now)
  }
  const tooQuick = refusals?.errors.find(({ message = '' }) => isTooQuick(message))
  if (tooQuick !== undefined) {
    return { kind: 'secondary', askedMs: null, reason: tooQuick.message ?? '' }
  }
  if (status !== 403 && status !== 429) return null
  const { success, data: refusal } = Refusal.safeParse(data)
  const message = success ? refusal.message : ''
  if (status === 403 && !isLimit(message, headers)) return null
  const reason = `${status} ${message}`
  const seconds = Number(headers['retry-after'] ?? Number.NaN)
  if (!Number.isFinite(seconds) && String(headers['x-ratelimit-remaining']) === '0') {
    return primary(reason, headers, now)
  }
  return {
    kind: 'secondary',
    askedMs: Number.isFinite(seconds) ? Math.min(Math.max(seconds, 1) * 1000, longestWaitMs) : null,
    reason,
  }
}

function primary(reason: string, headers: Answer['headers'], now: Date): Limit {
  const reset = Number(headers['x-ratelimit-reset']) * 1000
  const waitMs = Number.isFinite(reset) ? reset - now.getTime() : secondaryLimitMs
  const until = new Date(now.getTime() + Math.min(Math.max(waitMs, 1_000), longestWaitMs))
  return { kind: 'primary', until, reason }
}
