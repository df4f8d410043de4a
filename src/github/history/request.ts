import { z } from 'zod'
import type { GitHubClient } from '../client.ts'
import { limitTypes } from '../failure.ts'

const RateLimit = z.object({
  cost: z.int(),
  limit: z.int(),
  remaining: z.int(),
  resetAt: z.string().transform((at) => new Date(at)),
})
export type RateLimit = z.output<typeof RateLimit>

const Answer = z.looseObject({ rateLimit: RateLimit.nullish() })
const Partial = z.looseObject({
  data: Answer.nullish(),
  errors: z.array(z.looseObject({ type: z.string().optional() })).min(1),
})
const TooLong = z.looseObject({ status: z.int().min(500) })

/** Faults of single objects: the rest of the answer is as good as ever. */
const ofOneObject = new Set<string | undefined>(['NOT_FOUND', 'FORBIDDEN'])

export interface HistoryAnswer {
  data: Record<string, unknown>
  rateLimit: RateLimit | null
  /** what GitHub could not give; null: everything is there */
  fault: unknown
}

/** The page was too much for GitHub, or it is unwell: asked again for less, it may answer. */
export class TooMuch extends Error {
  override readonly name = 'TooMuch'
  /** what it gave all the same; null: nothing */
  readonly partial: HistoryAnswer | null

  constructor(cause: unknown, partial: HistoryAnswer | null) {
    super(`GitHub could not answer for so much at once (${cause})`, { cause })
    this.partial = partial
  }
}

/**
 * Asks GitHub's GraphQL API. An answer that lacks single objects is an answer;
 * what it lacks is null in it.
 * @throws TooMuch for a timeout, an error of the server or a limit of resources
 */
export async function ask(
  octokit: GitHubClient,
  document: string,
  variables: Record<string, unknown>,
): Promise<HistoryAnswer> {
  try {
    const data = Answer.parse(await octokit.graphql(document, variables))
    return { data, rateLimit: data.rateLimit ?? null, fault: null }
  } catch (error) {
    if (TooLong.safeParse(error).success) throw new TooMuch(error, null)
    const { success, data: answered } = Partial.safeParse(error)
    if (!success) throw error
    const { data, errors } = answered
    const partial = data == null ? null : { data, rateLimit: data.rateLimit ?? null, fault: error }
    if (errors.some(({ type }) => limitTypes.has(type))) throw error
    if (errors.every(({ type }) => ofOneObject.has(type))) {
      if (partial !== null) return partial
      throw error
    }
    throw new TooMuch(error, partial)
  }
}
