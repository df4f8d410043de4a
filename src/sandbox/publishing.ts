import { addCommits, advance, type CommitGiven } from './commits.ts'
import {
  commitCommentPayload,
  forkPayload,
  pushPayload,
  releasePayload,
  starPayload,
} from './payloads.ts'
import type { Services } from './rest/operation.ts'
import { addRepository } from './setting-up.ts'
import { telling } from './telling.ts'
import { nameOf } from './world.ts'

/** What happens to a repository as a whole: pushes, forks, stars, releases. */
export function publishing({ world, deliveries }: Services) {
  const tell = telling({ world, deliveries })

  return {
    /** With `onto`, a forced push: what came after that commit is on the branch no more. Null: a new beginning. */
    push(
      fullName: string,
      given: { by: string; branch?: string; commits?: CommitGiven[]; onto?: string | null },
    ) {
      const repository = world.repository(fullName)
      const branch = given.branch ?? repository.defaultBranch
      const start = repository.branches.get(branch)
      const top = start ?? repository.branches.get(repository.defaultBranch)
      const parent = given.onto === undefined ? top : (given.onto ?? undefined)
      const commits = addCommits(world, given.commits ?? [{}], { parent, author: given.by })
      const after = commits.at(-1)?.sha ?? parent ?? ''
      advance(world, repository, branch, after)
      const before = start ?? '0'.repeat(40)
      const payload = pushPayload(world, repository, {
        branch,
        before,
        after,
        commits,
        pusher: given.by,
        forced: given.onto !== undefined,
      })
      return tell('push', { repository: fullName, by: given.by }, payload)
    },

    /** The fork is called as its parent unless a name is given. */
    async fork(fullName: string, given: { owner: string; name?: string }) {
      const parent = world.repository(fullName)
      const fork = addRepository(
        world,
        { owner: world.account(given.owner), name: given.name ?? parent.name, parent },
        { private: parent.private },
      )
      const payload = forkPayload(world, fork)
      const told = await tell('fork', { repository: fullName, by: given.owner }, payload)
      return { fullName: nameOf(fork), ...told }
    },

    star(fullName: string, { by }: { by: string }) {
      const now = world.now()
      world.repository(fullName).stars.set(world.account(by).id, now)
      return tell('star', { repository: fullName, by }, starPayload('created', now))
    },

    unstar(fullName: string, { by }: { by: string }) {
      world.repository(fullName).stars.delete(world.account(by).id)
      return tell('star', { repository: fullName, by }, starPayload('deleted', null))
    },

    release(fullName: string, given: { author: string; tag?: string; name?: string }) {
      const repository = world.repository(fullName)
      const tag = given.tag ?? `v${repository.releases.length + 1}.0.0`
      const release = {
        id: world.nextId(),
        tag,
        name: given.name ?? tag,
        author: world.account(given.author),
        prerelease: false,
        createdAt: world.now(),
      }
      repository.releases.push(release)
      const payload = releasePayload(world, repository, release)
      return tell('release', { repository: fullName, by: given.author }, payload)
    },

    commentOnCommit(fullName: string, sha: string, given: { author: string; body?: string }) {
      const repository = world.repository(fullName)
      const comment = {
        id: world.nextId(),
        body: given.body ?? 'This changes the output.',
        author: world.account(given.author),
        commitSha: sha,
        createdAt: world.now(),
      }
      repository.commitComments.push(comment)
      const payload = commitCommentPayload(world, repository, comment)
      return tell('commit_comment', { repository: fullName, by: given.author }, payload)
    },
  }
}
