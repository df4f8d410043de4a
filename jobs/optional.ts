import type { Deps } from '../src/deps.ts'
import { failureOf } from '../src/github/failure.ts'

/**
 * Reads something that a text is better with, but does without. A limit is
 * waited for, since the answer will come; anything else is logged and left out.
 */
export async function optional(
  { log, now }: Pick<Deps, 'log' | 'now'>,
  what: string,
  read: () => Promise<void>,
): Promise<void> {
  try {
    await read()
  } catch (error) {
    const failure = failureOf(error, now())
    if (failure.kind === 'wait') throw error
    log.warn({ reason: failure.reason }, what)
  }
}
