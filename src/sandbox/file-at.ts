import type { Repository } from './entities.ts'
import { emptyTree, textAt } from './git/objects.ts'
import type { World } from './world.ts'

/**
 * A file of a revision; null: it is not there. A commit of a fork can be asked
 * for, too, as on GitHub, where a network shares its objects. What was put on a
 * branch by hand wins over what commits left there.
 * @param at `rev`: `HEAD`, a branch or a commit's SHA
 */
export function fileAt(
  world: World,
  repository: Repository,
  { rev, path }: { rev: string; path: string },
): string | null {
  const named = rev === 'HEAD' ? repository.defaultBranch : rev
  const sha = repository.branches.get(named) ?? named
  const [branch] = repository.branches.has(named)
    ? [named]
    : ([...repository.branches].find(([, tip]) => tip === sha) ?? [])
  const put = branch === undefined ? undefined : repository.files.get(branch)?.get(path)
  return put ?? textAt(world.commits.get(sha)?.tree ?? emptyTree, path)
}
