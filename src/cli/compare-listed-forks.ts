import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compareNetwork } from '../../jobs/compare-network.ts'
import { UserError } from '../errors.ts'
import { FetchFailed } from '../git/fetch-failure.ts'
import type { ForkDivergence } from '../git/forks/divergence.ts'
import { type Mirror, openMirror } from '../git/mirror.ts'
import type { NetworkReader } from './network-reader.ts'

export interface ListedComparison {
  /** by the fork's id: those that were compared by git */
  divergences: Map<number, ForkDivergence>
  /** why git could compare none of them; null: it could */
  failure: string | null
}

/**
 * Compares forks whose branches are known in a mirror in a temporary folder,
 * which is gone afterwards.
 * @param before fetches more into the mirror first
 */
export async function compareListedForks(
  { db, repository, environment, now, tell }: NetworkReader,
  before: (mirror: Mirror) => Promise<void>,
): Promise<ListedComparison> {
  const { id: repositoryId, fullName } = repository
  const { token, htmlUrl } = environment.github
  const scratch = await mkdtemp(join(tmpdir(), 'groundswell-'))
  const divergences = new Map<number, ForkDivergence>()
  try {
    const mirror = await openMirror({
      ...{ dataDirectory: scratch, repositoryId, environment: environment.surroundings },
    })
    await before(mirror)
    tell('Comparing forks, which git does for nothing')
    await compareNetwork(
      mirror,
      { repositoryId, fullName, htmlUrl, token },
      {
        ...{ db, now: () => now },
        onFork: (fork) => {
          divergences.set(Number(fork.id), fork)
          tell(`Comparing forks: ${divergences.size} so far`)
        },
      },
    )
    return { divergences, failure: null }
  } catch (error) {
    if (error instanceof FetchFailed || error instanceof UserError) {
      return { divergences, failure: error.message }
    }
    throw error
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}
