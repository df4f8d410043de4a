import type { Commit, Repository } from './entities.ts'
import { sourceOf } from './shapes/repository.ts'
import type { World } from './world.ts'

/** The end of a branch of this repository, or by `owner:branch` of a relative. */
export function headNamed(world: World, repository: Repository, name: string): Commit | undefined {
  const [, owner, branch = name] = /^([^:]+):(.+)$/.exec(name) ?? []
  const of = owner === undefined ? repository : relativeOf(world, repository, owner)
  const sha = of?.branches.get(branch)
  return sha === undefined ? undefined : world.commits.get(sha)
}

/** Whoever has several of one network: only one of them is meant, and nobody can say which. */
function relativeOf(world: World, repository: Repository, owner: string): Repository | undefined {
  const isOwners = ({ owner: { login } }: Repository) => login.toLowerCase() === owner.toLowerCase()
  const source = sourceOf(repository)
  if (isOwners(source)) return source
  return world.repositories.find((other) => isOwners(other) && sourceOf(other) === source)
}
