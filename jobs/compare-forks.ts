import { z } from 'zod'
import type { Deps } from '../src/deps.ts'
import { UserError } from '../src/errors.ts'
import { FetchFailed } from '../src/git/fetch-failure.ts'
import { eraseMirror } from '../src/git/mirror.ts'
import { Later } from '../src/queue.ts'
import { keepForkScan, noteWorksKnown, wantForkScan } from '../src/store/fork-scans.ts'
import { publishableRepository, type TrackedRepository } from '../src/store/repositories.ts'
import { compareForksByGit } from './compare-forks-by-git.ts'
import { inTurn } from './in-turn.ts'
import { settleForkStates } from './settle-fork-states.ts'

export const payload = z.object({ repositoryId: z.int() })

const pauseMs = 5_000

/**
 * Compares what forks have with upstream, by git, and says what each of them is
 * by then. Forks that stand where they stood, against an upstream that stands
 * where it stood, cost nothing again. Where git cannot, GitHub is asked.
 * @throws Later while something else uses the mirror
 */
export async function compareForks(
  { repositoryId }: z.output<typeof payload>,
  deps: Deps,
): Promise<void> {
  const repository = await publishableRepository(deps.db, repositoryId)
  if (repository === null) return
  const done = await inTurn([`git/${repositoryId}`], deps, () => byGit(repository, deps))
  if (done === null) throw new Later(pauseMs, 'Commits are being read')
  await settleForkStates(repositoryId, deps)
}

/** A network that is unwell is worth another try of the job; all else is not, before the next whole scan. */
async function byGit(repository: TrackedRepository, deps: Deps): Promise<true> {
  const { db, environment, queue, now, log } = deps
  const { id: repositoryId } = repository
  try {
    const { forks, troubled } = await compareForksByGit(repository, deps)
    await noteWorksKnown(db, repositoryId, now())
    log.info({ repository: repositoryId, forks, troubled }, 'Forks are compared')
    return true
  } catch (error) {
    if (!(error instanceof FetchFailed || error instanceof UserError)) throw error
    const kind = error instanceof FetchFailed ? error.kind : 'broken'
    if (kind === 'passing') throw error
    log.warn({ repository: repositoryId, reason: error.message }, 'git cannot compare forks')
    if (kind === 'broken') {
      await eraseMirror({ dataDirectory: environment.dataDirectory, repositoryId })
    }
    await db.transaction().execute(async (trx) => {
      await keepForkScan(trx, repositoryId, { git_failure: error.message })
      await wantForkScan(trx, repositoryId, { at: now(), kind: 'pushes' })
    })
    await queue.enqueue([{ name: 'scan-forks', key: String(repositoryId) }])
    return true
  }
}
