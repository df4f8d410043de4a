import {
  addCommits,
  addMerge,
  advance,
  type CommitGiven,
  type FileGiven,
  toFile,
} from './commits.ts'
import type { PullRequest } from './entities.ts'
import { pullRequestPayload, pushPayload } from './payloads.ts'
import type { Services } from './rest/operation.ts'
import type { PullThread } from './shapes/pull-request.ts'
import { pullOf } from './talking.ts'
import { editThread, newThread, setOpen } from './threads.ts'
import type { World } from './world.ts'

export interface PullRequestGiven {
  author: string
  title?: string
  body?: string
  draft?: boolean
  files?: FileGiven[]
  /** oldest first; one by the author where left out */
  commits?: CommitGiven[]
  /** `owner/name` of the fork it comes from; the repository itself where left out */
  headRepository?: string
  branch?: string
}

/** What people do with pull requests. Every action tells the App. */
export function contributing({ world, deliveries }: Services) {
  const tell = (
    action: string,
    fullName: string,
    about: { number: number; by: string },
    more: Record<string, unknown> = {},
  ) => {
    const repository = world.repository(fullName)
    const thread = pullOf(world, fullName, about.number)
    const payload = pullRequestPayload(world, action, { repository, thread }, more)
    const sender = world.account(about.by)
    return deliveries.announce(deliveries.make('pull_request', { repository, sender }, payload))
  }

  return {
    async openPullRequest(fullName: string, given: PullRequestGiven) {
      const repository = world.repository(fullName)
      const pull = newPull(world, fullName, given)
      const { number } = newThread(world, repository, {
        title: given.title ?? 'Fix the tokenizer',
        body: given.body ?? null,
        author: world.account(given.author),
        pull,
      })
      return { number, ...(await tell('opened', fullName, { number, by: given.author })) }
    },

    editPullRequest(
      fullName: string,
      number: number,
      given: { by: string; title?: string; body?: string },
    ) {
      const changes = editThread(world, pullOf(world, fullName, number), given)
      return tell('edited', fullName, { number, by: given.by }, { changes })
    },

    pushToPullRequest(
      fullName: string,
      number: number,
      given: { by?: string; commits?: CommitGiven[]; files?: FileGiven[] } = {},
    ) {
      const thread = pullOf(world, fullName, number)
      const { pull } = thread
      const by = given.by ?? thread.author.login
      const before = pull.head.sha
      const added = addCommits(world, given.commits ?? [{}], { parent: before, author: by })
      pull.commits.push(...added)
      pull.files.push(...(given.files ?? []).map(toFile))
      pull.head.sha = added.at(-1)?.sha ?? before
      thread.updatedAt = world.now()
      if (pull.head.repository)
        advance(world, pull.head.repository, pull.head.branch, pull.head.sha)
      return tell('synchronize', fullName, { number, by }, { before, after: pull.head.sha })
    },

    markReady(fullName: string, number: number) {
      const thread = pullOf(world, fullName, number)
      thread.pull.draft = false
      thread.turns.push({ kind: 'ready_for_review', at: world.now() })
      thread.updatedAt = world.now()
      return tell('ready_for_review', fullName, { number, by: thread.author.login })
    },

    closePullRequest(fullName: string, number: number, { by }: { by: string }) {
      const thread = pullOf(world, fullName, number)
      setOpen(world, thread, { open: false, by: world.account(by) })
      return tell('closed', fullName, { number, by })
    },

    reopenPullRequest(fullName: string, number: number, { by }: { by: string }) {
      setOpen(world, pullOf(world, fullName, number), { open: true, by: world.account(by) })
      return tell('reopened', fullName, { number, by })
    },

    /** Merges by a merge commit or a squash; the push to the base branch is told as well. */
    async mergePullRequest(
      fullName: string,
      number: number,
      given: { by: string; method?: 'merge' | 'squash' },
    ) {
      const repository = world.repository(fullName)
      const thread = pullOf(world, fullName, number)
      const { branch } = thread.pull.base
      const before = repository.branches.get(branch) ?? ''
      const commits = merged(world, thread, { before, ...given })
      const after = commits.at(-1)?.sha ?? before
      advance(world, repository, branch, after)
      thread.pull.mergedAt = world.now()
      thread.pull.mergedBy = world.account(given.by)
      thread.pull.mergeSha = after
      setOpen(world, thread, { open: false, by: world.account(given.by) })
      const push = { branch, before, after, commits, pusher: given.by }
      const told = await tell('closed', fullName, { number, by: given.by })
      await deliveries.announce(
        deliveries.make(
          'push',
          { repository, sender: world.account(given.by) },
          pushPayload(world, repository, push),
        ),
      )
      return told
    },
  }
}

function newPull(world: World, fullName: string, given: PullRequestGiven): PullRequest {
  const base = world.repository(fullName)
  const head = given.headRepository ? world.repository(given.headRepository) : base
  const branch = given.branch ?? `change-${base.lastNumber + 1}`
  const baseSha = base.branches.get(base.defaultBranch) ?? ''
  const files = given.files ?? [{ filename: 'src/tokenizer.py' }]
  const commits = addCommits(world, given.commits ?? [{ files }], {
    parent: baseSha,
    author: given.author,
  })
  const sha = commits.at(-1)?.sha ?? baseSha
  advance(world, head, branch, sha)
  return {
    id: world.nextId(),
    draft: given.draft ?? false,
    mergedAt: null,
    mergedBy: null,
    mergeSha: null,
    head: { repository: head, owner: head.owner, branch, sha },
    base: { branch: base.defaultBranch, sha: baseSha },
    files: files.map(toFile),
    commits,
    reviews: [],
  }
}

/** The commits that a merge brings to the base branch, oldest first. */
function merged(
  world: World,
  { pull, title, number, author }: PullThread,
  given: { before: string; by: string; method?: 'merge' | 'squash' },
) {
  const { head } = pull
  if (given.method === 'squash') {
    const message = `${title} (#${number})`
    const trailers = pull.commits.flatMap(({ message: text }) =>
      [...text.matchAll(/^co-authored-by:.*$/gim)].map(([line]) => line),
    )
    const body = trailers.length > 0 ? `${message}\n\n${trailers.join('\n')}` : message
    const on = { parent: given.before, author: author.login, filesFrom: head.sha }
    return addCommits(world, [{ message: body, files: pull.files }], on)
  }
  const message = `Merge pull request #${number} from ${head.owner.login}/${head.branch}\n\n${title}`
  const files = pull.commits.flatMap((commit) => commit.files)
  const merge = addMerge(
    world,
    { message, author: given.by },
    { into: given.before, head: head.sha, files },
  )
  return [...pull.commits, merge]
}
