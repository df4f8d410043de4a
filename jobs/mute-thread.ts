import type { Deps } from '../src/deps.ts'
import { mutedSince, muteThread, unmuteThread } from '../src/store/muted-threads.ts'
import { revivePublication } from '../src/store/publications.ts'
import type { TrackedRepository } from '../src/store/repositories.ts'
import { wantWork } from '../src/store/work.ts'

/** Comments of ours that stand in a thread for good, and are edited. */
const standing = ['pull-request', 'digest-so-far']

/** Nothing is written in a thread any more, and what stands there goes. */
export async function mute(
  repository: TrackedRepository,
  number: number,
  deps: Deps,
): Promise<void> {
  await muteThread(deps.db, { repositoryId: repository.id, number }, deps.now())
  for (const kind of standing) await deps.publisher.withdraw(repository, kind, String(number))
  // One that is being written just now is taken back by the job that comes after it.
  await wantSummaryOf(repository, number, deps)
}

/** The thread is written in as before; the comment that went is written anew, if there is still something to say. */
export async function unmute(
  repository: TrackedRepository,
  number: number,
  deps: Deps,
): Promise<void> {
  const { db } = deps
  const thread = { repositoryId: repository.id, number }
  const since = await mutedSince(db, thread)
  if (since === null) return
  for (const kind of standing) {
    await revivePublication(db, { repositoryId: repository.id, kind, key: String(number) }, since)
  }
  await unmuteThread(db, thread)
  await wantSummaryOf(repository, number, deps)
}

async function wantSummaryOf({ id: repositoryId }: TrackedRepository, number: number, deps: Deps) {
  const { db, queue, now } = deps
  const key = `${repositoryId}/${number}`
  const payload = { repositoryId, number }
  await wantWork(db, { job: 'summarise-pull-request', key, payload }, now())
  await queue.enqueue([{ name: 'summarise-pull-request', key }])
}
