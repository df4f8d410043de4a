import type { Deps } from '../deps.ts'
import type { GitHub } from '../sandbox/github.ts'
import { inboxState, pendingDeliveries } from '../store/deliveries.ts'
import { overdueWork } from '../store/work.ts'

const pollMs = 10
const patienceMs = 30_000
/** Nothing is promised for later than this. */
const endOfTime = new Date('9999-12-31T00:00:00Z')

/**
 * Resolves when the App has read every delivery and done all work that it promised.
 * @throws Error naming what is stuck, when that takes more than half a minute
 */
export async function untilIdle(github: GitHub, deps: Deps): Promise<void> {
  const deadline = performance.now() + patienceMs
  await github.settled()
  while (await isBusy(deps)) {
    if (performance.now() > deadline) throw await stuck(deps.db)
    await new Promise((resolve) => setTimeout(resolve, pollMs))
    await github.settled()
  }
  // The last job may have written to GitHub, which then has something to tell.
  await github.settled()
}

/**
 * Asks for as little as it takes: the questions compete with the work that they
 * are about. In this order, since a job that ends between two of them shows in
 * what it leaves behind.
 */
async function isBusy({ db, queue }: Deps): Promise<boolean> {
  if ((await queue.depth()) > 0) return true
  const pending = await pendingDeliveries(db, { before: null, limit: 1 })
  if (pending.length > 0) return true
  const open = await overdueWork(db, { at: null, wantedBefore: endOfTime, limit: 1 })
  return open.length > 0
}

async function stuck(db: Deps['db']): Promise<Error> {
  const { pending } = await inboxState(db)
  const work = await overdueWork(db, { at: null, wantedBefore: endOfTime, limit: 10 })
  const named = work.map(({ name, key }) => `${name} ${key}`).join(', ')
  return new Error(
    `The App is still busy after ${patienceMs / 1000} s: ${pending} deliveries are not read; open work: ${named || 'none'}`,
  )
}
