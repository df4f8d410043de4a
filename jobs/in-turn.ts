import { randomUUID } from 'node:crypto'
import type { Deps } from '../src/deps.ts'
import { Later } from '../src/queue.ts'
import { releaseTurn, takeTurn } from '../src/store/turns.ts'

/** A killed process has its turns no longer than this. */
const turnMs = 60_000
/** Work that lasts longer keeps its turns by asking again. */
const renewMs = 20_000
/** Then another repository has its turn, and live work the place in the queue. */
const stepsATurn = 10

/**
 * Does some of the steps of long work while it has the turn. One that is
 * killed in a step does at most that one again.
 *
 * @param step says whether it was the last one
 * @throws Later until it was
 */
export async function stepsInTurn(
  name: string,
  { step, pauseMs }: { step: () => Promise<boolean>; pauseMs: () => Promise<number> },
  deps: Pick<Deps, 'db' | 'now' | 'log'>,
): Promise<void> {
  const isDone = await inTurn([name], deps, async () => {
    for (let done = 0; done < stepsATurn; done += 1) if (await step()) return true
    return false
  })
  if (isDone !== true) throw new Later(await pauseMs(), 'Others have their turn')
}

/**
 * Does something that one process at a time may do, however long it lasts.
 * @returns what it returns, or null: somebody else has one of the turns
 */
export async function inTurn<Result>(
  names: readonly string[],
  { db, now, log }: Pick<Deps, 'db' | 'now' | 'log'>,
  run: () => Promise<Result>,
): Promise<Result | null> {
  const holder = randomUUID()
  const take = async () => {
    const until = new Date(now().getTime() + turnMs)
    for (const name of names) {
      if ((await takeTurn(db, { name, holder }, { at: now(), until })) !== null) return false
    }
    return true
  }
  const renewing = setInterval(() => {
    take().catch((error: unknown) => log.warn({ err: error, names }, 'A turn could not be kept'))
  }, renewMs)
  try {
    return (await take()) ? await run() : null
  } finally {
    clearInterval(renewing)
    for (const name of names) await releaseTurn(db, { name, holder })
  }
}
