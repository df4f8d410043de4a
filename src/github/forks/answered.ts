import { z } from 'zod'
import type { GitHubClient } from '../client.ts'
import { ask, type HistoryAnswer, TooMuch } from '../history/request.ts'

/**
 * One of many things that were asked for at once.
 * - told: here it is
 * - absent: it is not there; asking again is no use
 * - failed: GitHub could not, or would not, give it this time
 */
export type Answered<Value> =
  | { kind: 'told'; value: Value }
  | { kind: 'absent' }
  | { kind: 'failed' }

export interface ManyAnswered extends HistoryAnswer {
  /** it was too much at once, and some may be missing for that alone */
  isPartial: boolean
}

/**
 * Asks for many things at once. What GitHub gives in part is an answer, too:
 * one that it cannot give must not cost the others.
 * @throws TooMuch where it gives nothing at all
 */
export async function askForMany(
  octokit: GitHubClient,
  document: string,
  variables: Record<string, unknown>,
): Promise<ManyAnswered> {
  try {
    return { ...(await ask(octokit, document, variables)), isPartial: false }
  } catch (error) {
    if (!(error instanceof TooMuch) || error.partial === null) throw error
    return { ...error.partial, isPartial: true }
  }
}

const Path = z.array(z.union([z.string(), z.int()]))
const Faults = z.looseObject({
  errors: z.array(z.looseObject({ type: z.string().nullish(), path: Path.nullish() })),
})

/** Whether GitHub failed, or refused, to give what is at a place of an answer; else there is nothing there. */
export function hasFailedAt(
  { fault }: HistoryAnswer,
  place: readonly (string | number)[],
): boolean {
  const { data } = Faults.safeParse(fault)
  return (data?.errors ?? []).some(({ type, path }) => {
    if (type === 'NOT_FOUND') return false
    const known = path ?? []
    return known.every((part, index) => index >= place.length || part === place[index])
  })
}
