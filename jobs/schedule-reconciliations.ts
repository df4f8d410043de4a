import type { Deps } from '../src/deps.ts'
import { publishableRepositories } from '../src/store/repositories.ts'
import { wantWork } from '../src/store/work.ts'

/** Every hour each repository is compared with what GitHub shows; one that is still waiting waits on. */
export async function scheduleReconciliations({ db, queue, now }: Deps): Promise<void> {
  for (const { id: repositoryId } of await publishableRepositories(db)) {
    const key = String(repositoryId)
    await wantWork(db, { job: 'reconcile-repository', key, payload: { repositoryId } }, now())
    await queue.enqueue([{ name: 'reconcile-repository', key }])
  }
}
