import { addCommits } from './commits.ts'
import type { Account, Repository } from './entities.ts'
import type { Services } from './rest/operation.ts'
import { addRepository } from './setting-up.ts'
import type { World } from './world.ts'

export interface NetworkGiven {
  /** made one after the other from this instant until now */
  from: Date
  direct: number
  /** 16: one in sixteen of them was pushed to after it was made; 0: none */
  pushedEvery: number
  /** 33: one in thirty-three has a fork of its own; 0: none */
  forkedEvery: number
}

const hourMs = 60 * 60 * 1000
const dayMs = 24 * hourMs

/** Networks as large as they come, made without telling anybody. */
export function forking({ world }: Services) {
  return {
    addForkNetwork(fullName: string, given: NetworkGiven): void {
      const root = world.repository(fullName)
      const start = root.branches.get(root.defaultBranch)
      const span = (world.now().getTime() - given.from.getTime()) / given.direct
      const isEach = (index: number, every: number) => every > 0 && index % every === 0
      for (let index = 0; index < given.direct; index += 1) {
        const createdAt = new Date(given.from.getTime() + index * span)
        const fork = addFork(world, root, createdAt)
        if (isEach(index + 1, given.forkedEvery)) addFork(world, fork, createdAt)
        if (isEach(index, given.pushedEvery)) pushSome(world, fork, { start, index, createdAt })
      }
    },

    /** From now on GitHub fails to compare what is in a repository, whoever asks. */
    breakComparison(fullName: string) {
      world.incomparable.add(world.repository(fullName).id)
    },
  }
}

function addFork(world: World, parent: Repository, createdAt: Date): Repository {
  const id = world.nextId()
  const owner: Account = {
    id,
    login: `forker-${id}`,
    type: 'User',
    name: null,
    emails: [],
    createdAt,
    deleted: false,
    members: new Map(),
  }
  world.accounts.push(owner)
  const fork = addRepository(world, { owner, name: parent.name, parent }, { createdAt })
  // What it was forked from is pushed to every hour.
  fork.pushedAt = new Date(createdAt.getTime() - hourMs)
  return fork
}

/** One commit to five, on a branch of its own every third time. */
function pushSome(
  world: World,
  fork: Repository,
  { start, index, createdAt }: { start: string | undefined; index: number; createdAt: Date },
): void {
  const author = { name: fork.owner.login, email: `${fork.owner.login}@example.org` }
  const many = Array.from({ length: 1 + (index % 5) }, (_, nth) => ({
    message: `Change ${nth + 1} of ${fork.owner.login}`,
    authoredAt: createdAt,
  }))
  const commits = addCommits(world, many, { parent: start, author })
  const branch = index % 3 === 0 ? 'own-work' : fork.defaultBranch
  fork.branches.set(branch, commits.at(-1)?.sha ?? '')
  fork.pushedAt = new Date(Math.min(createdAt.getTime() + dayMs, world.now().getTime()))
}
