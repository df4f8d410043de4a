import type { Deps } from '../src/deps.ts'
import { answerKey, answersAbout, eraseRequests } from '../src/store/answer-requests.ts'
import { eraseAccount } from '../src/store/erase-account.ts'
import { emptyDeliveriesOf } from '../src/store/forgotten-deliveries.ts'
import { publishableRepository, trackedRepositories } from '../src/store/repositories.ts'
import { rollUp } from '../src/store/roll-up.ts'
import { configurationOf } from './configuration.ts'
import { rewriteDigestsNaming } from './rewrite-digest.ts'

export interface Forgotten {
  /** facts that were theirs, and are nobody's now or gone */
  facts: number
  /** pull requests of theirs whose comments are taken back */
  comments: number
  /** kept deliveries that were emptied */
  deliveries: number
  /** deliveries that hold them and could not be read yet */
  waitingDeliveries: number
}

/**
 * Forgets an account for good: out of the store, and out of the comments that
 * are about it. A retry finds what is left, and does that.
 */
export async function forgetAccount(
  account: { id: number; login: string },
  deps: Deps,
): Promise<Forgotten> {
  const { db, defaults, publisher, queue, now, log } = deps
  // Before the requests are forgotten that say which answers these are.
  for (const asking of await answersAbout(db, account.login)) {
    const repository = await publishableRepository(db, asking.repositoryId)
    if (repository !== null) await publisher.withdraw(repository, 'answer', answerKey(asking))
  }
  const { facts, threads, signatures } = await eraseAccount(db, account, now())
  await eraseRequests(db, account)
  const { emptied, left } = await emptyDeliveriesOf(db, { ...account, signatures })
  await rewriteDigestsNaming(account.login, deps)
  for (const repository of await trackedRepositories(db)) {
    const { people: overrides } = configurationOf(repository, defaults)
    await rollUp(db, { repositoryId: repository.id, overrides })
  }
  await queue.enqueue(
    threads.map(({ repositoryId, number }) => ({
      name: 'summarise-pull-request',
      key: `${repositoryId}/${number}`,
    })),
  )
  const forgotten = {
    ...{ facts, comments: threads.length },
    ...{ deliveries: emptied, waitingDeliveries: left },
  }
  log.info(forgotten, 'Forgot an account')
  return forgotten
}
