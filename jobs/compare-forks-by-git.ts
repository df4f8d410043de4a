import type { Deps } from '../src/deps.ts'
import { openMirror } from '../src/git/mirror.ts'
import { cloneToken } from '../src/github/clone-token.ts'
import { headsOf } from '../src/store/fork-heads.ts'
import type { TrackedRepository } from '../src/store/repositories.ts'
import { type Compared, compareNetwork } from './compare-network.ts'

/**
 * Fetches what moved and compares it in the network's mirror. Whoever calls has
 * the turn `git/<repositoryId>`.
 * @throws as compareNetwork
 */
export async function compareForksByGit(
  repository: TrackedRepository,
  deps: Deps,
): Promise<Compared> {
  const { db, environment, github } = deps
  const { id: repositoryId, installationId, ownerLogin, name } = repository
  if ((await headsOf(db, repositoryId)).length === 0) return { forks: 0, troubled: 0 }
  const { dataDirectory, surroundings } = environment
  const mirror = await openMirror({ dataDirectory, repositoryId, environment: surroundings })
  const token = await cloneToken(github, { installationId, repositoryId })
  const { htmlUrl } = environment.github
  const network = { repositoryId, fullName: `${ownerLogin}/${name}`, htmlUrl, token }
  return await compareNetwork(mirror, network, deps)
}
