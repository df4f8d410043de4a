import { GraphQLError } from 'graphql'
import { associationOf } from '../association.ts'
import type { Comment, Repository, Review, ReviewComment, Thread, Turn } from '../entities.ts'
import { fileAt } from '../file-at.ts'
import { threadPage } from '../shapes/issue.ts'
import { nodeId } from '../shapes/node-id.ts'
import { isPull, type PullThread } from '../shapes/pull-request.ts'
import { forksOf, nameOf, timestamp, timestampOrNull, type World } from '../world.ts'
import { actorNode } from './actor-node.ts'
import { blobNode } from './blob-node.ts'
import { commitNode, refNode } from './commit-nodes.ts'
import { connection, type OrderArgument, ordered, type PageArguments } from './connection.ts'
import { categoryNode, discussionNode, releaseNode } from './discussion-nodes.ts'

type StateArguments = PageArguments & OrderArgument & { states?: string[] | null }

export function repositoryNode(world: World, repository: Repository): Record<string, unknown> {
  const url = `${world.html}/${nameOf(repository)}`
  const threads = () => [...repository.threads.values()]
  return {
    __typename: 'Repository',
    id: nodeId('Repository', repository.id),
    databaseId: repository.id,
    name: repository.name,
    description: repository.description,
    nameWithOwner: nameOf(repository),
    url,
    createdAt: timestamp(repository.createdAt),
    updatedAt: timestamp(repository.updatedAt),
    pushedAt: timestamp(repository.pushedAt),
    isArchived: repository.archived,
    isDisabled: false,
    isFork: repository.parent !== null,
    isPrivate: repository.private,
    hasIssuesEnabled: repository.hasIssues,
    hasDiscussionsEnabled: repository.hasDiscussions,
    visibility: repository.private ? 'PRIVATE' : 'PUBLIC',
    diskUsage: 0,
    // the whole network here, the direct ones in `forks`
    forkCount: () => forksOf(repository).length,
    stargazerCount: repository.stars.size,
    owner: () => actorNode(world, repository.owner),
    parent: () => repository.parent && repositoryNode(world, repository.parent),
    defaultBranchRef: () => refNode(world, repository, repository.defaultBranch),
    ref: ({ qualifiedName }: { qualifiedName: string }) =>
      refNode(world, repository, qualifiedName.replace(/^refs\/heads\//, '')),
    refs: (args: PageArguments) =>
      connection([...repository.branches.keys()], args, {
        key: (name) => name,
        node: (name) => refNode(world, repository, name),
      }),
    object: (named: { oid?: string; expression?: string }) => objectNode(world, repository, named),
    forks: (args: PageArguments & OrderArgument & { privacy?: string | null }) =>
      forkConnection(world, repository, args),
    issue: ({ number }: { number: number }) => {
      const thread = repository.threads.get(number)
      return thread && !isPull(thread)
        ? issueNode(world, repository, thread)
        : missing('an Issue', number)
    },
    pullRequest: ({ number }: { number: number }) => {
      const thread = repository.threads.get(number)
      return thread && isPull(thread)
        ? pullRequestNode(world, repository, thread)
        : missing('a PullRequest', number)
    },
    issues: (
      args: StateArguments & { filterBy?: { since?: string; states?: string[] } | null },
    ) => {
      const since = args.filterBy?.since
      const states = args.filterBy?.states ?? args.states
      const found = threads().filter(
        (thread) =>
          !isPull(thread) &&
          (!states || states.includes(thread.open ? 'OPEN' : 'CLOSED')) &&
          (!since || thread.updatedAt >= new Date(since)),
      )
      return connection(orderedThreads(found, args), args, {
        key: ({ id }) => id,
        node: (thread) => issueNode(world, repository, thread),
      })
    },
    pullRequests: (args: StateArguments) => {
      const found = threads()
        .filter(isPull)
        .filter((thread) => !args.states || args.states.includes(pullState(thread)))
      return connection(orderedThreads(found, args), args, {
        key: ({ id }) => id,
        node: (thread) => pullRequestNode(world, repository, thread),
      })
    },
    discussion: ({ number }: { number: number }) => {
      const discussion = repository.discussions.get(number)
      return discussion
        ? discussionNode(world, repository, discussion)
        : missing('a Discussion', number)
    },
    discussionCategories: (args: PageArguments) =>
      connection(repository.hasDiscussions ? repository.discussionCategories : [], args, {
        key: ({ id }) => id,
        node: categoryNode,
      }),
    discussions: (args: PageArguments & OrderArgument & { categoryId?: string | null }) => {
      const found = [...repository.discussions.values()].filter(
        ({ category }) =>
          !args.categoryId || nodeId('DiscussionCategory', category.id) === args.categoryId,
      )
      return connection(orderedThreads(found, args), args, {
        key: ({ id }) => id,
        node: (discussion) => discussionNode(world, repository, discussion),
      })
    },
    releases: (args: PageArguments & OrderArgument) =>
      connection(
        ordered(repository.releases, args, { CREATED_AT: ({ createdAt }) => createdAt.getTime() }),
        args,
        { key: ({ id }) => id, node: (release) => releaseNode(world, repository, release) },
      ),
  }
}

/** A commit by its SHA, or a file by `rev:path`. */
function objectNode(
  world: World,
  repository: Repository,
  { oid, expression }: { oid?: string; expression?: string },
): Record<string, unknown> | null {
  const [, rev, path] = /^([^:]+):(.+)$/.exec(expression ?? '') ?? []
  if (rev !== undefined && path !== undefined) {
    const text = fileAt(world, repository, { rev, path })
    return text === null ? null : blobNode(text)
  }
  const commit = oid === undefined ? undefined : world.commits.get(oid)
  return commit ? commitNode(world, commit) : null
}

export function issueNode(world: World, repository: Repository, thread: Thread) {
  return {
    __typename: 'Issue',
    id: nodeId('Issue', thread.id),
    databaseId: thread.id,
    fullDatabaseId: String(thread.id),
    ...threadFields(world, repository, thread),
    state: thread.open ? 'OPEN' : 'CLOSED',
    stateReason: thread.stateReason?.toUpperCase() ?? null,
  }
}

export function pullRequestNode(world: World, repository: Repository, thread: PullThread) {
  const { pull } = thread
  const at = { repository, thread }
  const mergeCommit = pull.mergeSha === null ? undefined : world.commits.get(pull.mergeSha)
  return {
    __typename: 'PullRequest',
    id: nodeId('PullRequest', pull.id),
    databaseId: pull.id,
    fullDatabaseId: String(pull.id),
    ...threadFields(world, repository, thread),
    state: pullState(thread),
    isDraft: pull.draft,
    merged: pull.mergedAt !== null,
    mergedAt: timestampOrNull(pull.mergedAt),
    mergedBy: () => actorNode(world, pull.mergedBy),
    mergeCommit: () => (mergeCommit ? commitNode(world, mergeCommit) : null),
    additions: pull.files.reduce((sum, file) => sum + file.additions, 0),
    deletions: pull.files.reduce((sum, file) => sum + file.deletions, 0),
    changedFiles: pull.files.length,
    isCrossRepository: pull.head.repository !== repository,
    baseRefName: pull.base.branch,
    baseRefOid: pull.base.sha,
    headRefName: pull.head.branch,
    headRefOid: pull.head.sha,
    headRepository: () => pull.head.repository && repositoryNode(world, pull.head.repository),
    files: (args: PageArguments) =>
      connection(pull.files, args, {
        key: ({ filename }) => filename,
        node: (file) => ({
          path: file.filename,
          additions: file.additions,
          deletions: file.deletions,
          changeType: file.status === 'removed' ? 'DELETED' : file.status.toUpperCase(),
        }),
      }),
    commits: (args: PageArguments) =>
      connection(pull.commits, args, {
        key: ({ sha }) => sha,
        node: (commit) => ({
          id: nodeId('Commit', `${pull.id}:${commit.sha}`),
          commit: () => commitNode(world, commit),
        }),
      }),
    timelineItems: (args: PageArguments & { itemTypes?: string[] | null }) =>
      connection(
        thread.turns.filter(
          ({ kind }) => !args.itemTypes || args.itemTypes.includes(itemType(kind)),
        ),
        args,
        {
          key: ({ kind, at }) => `${kind} ${at.getTime()}`,
          node: ({ kind, at }) => ({
            __typename: turnTypes[kind],
            id: nodeId(turnTypes[kind], `${thread.id} ${at.getTime()}`),
            createdAt: timestamp(at),
          }),
        },
      ),
    reviews: (args: PageArguments & { states?: string[] | null }) =>
      connection(
        pull.reviews.filter(
          ({ state }) => !args.states || args.states.includes(state.toUpperCase()),
        ),
        args,
        { key: ({ id }) => id, node: (review) => reviewNode(world, at, review) },
      ),
  }
}

const turnTypes = {
  closed: 'ClosedEvent',
  reopened: 'ReopenedEvent',
  ready_for_review: 'ReadyForReviewEvent',
} as const satisfies Record<Turn['kind'], string>

const itemType = (kind: Turn['kind']) => `${kind.toUpperCase()}_EVENT`

type At = { repository: Repository; thread: Thread }

function threadFields(world: World, repository: Repository, thread: Thread) {
  return {
    number: thread.number,
    title: thread.title,
    body: thread.body ?? '',
    url: threadPage(world, repository, thread),
    createdAt: timestamp(thread.createdAt),
    updatedAt: timestamp(thread.updatedAt),
    closedAt: timestampOrNull(thread.closedAt),
    authorAssociation: associationOf(repository, thread.author, thread),
    author: () => actorNode(world, thread.author),
    comments: (args: PageArguments) =>
      connection(thread.comments, args, {
        key: ({ id }) => id,
        node: (comment) => commentNode(world, { repository, thread }, comment),
      }),
  }
}

function commentNode(world: World, at: At, comment: Comment) {
  return {
    id: nodeId('IssueComment', comment.id),
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    body: comment.body,
    url: `${threadPage(world, at.repository, at.thread)}#issuecomment-${comment.id}`,
    createdAt: timestamp(comment.createdAt),
    updatedAt: timestamp(comment.updatedAt),
    authorAssociation: associationOf(at.repository, comment.author, at.thread),
    author: () => actorNode(world, comment.author),
  }
}

function reviewNode(world: World, at: At, review: Review) {
  return {
    id: nodeId('PullRequestReview', review.id),
    databaseId: review.id,
    fullDatabaseId: String(review.id),
    body: review.body,
    state: review.state.toUpperCase(),
    submittedAt: timestamp(review.submittedAt),
    url: `${threadPage(world, at.repository, at.thread)}#pullrequestreview-${review.id}`,
    authorAssociation: associationOf(at.repository, review.author, at.thread),
    author: () => actorNode(world, review.author),
    comments: (args: PageArguments) =>
      connection(review.comments, args, {
        key: ({ id }) => id,
        node: (comment) => reviewCommentNode(world, at, comment),
      }),
  }
}

function reviewCommentNode(world: World, at: At, comment: ReviewComment) {
  return {
    ...commentNode(world, at, comment),
    id: nodeId('PullRequestReviewComment', comment.id),
    path: comment.path,
    url: `${threadPage(world, at.repository, at.thread)}#discussion_r${comment.id}`,
  }
}

function pullState({ open, pull }: PullThread): string {
  if (pull.mergedAt) return 'MERGED'
  return open ? 'OPEN' : 'CLOSED'
}

function orderedThreads<T extends { createdAt: Date; updatedAt: Date }>(
  threads: T[],
  args: OrderArgument,
): T[] {
  return ordered(threads, args, {
    CREATED_AT: ({ createdAt }) => createdAt.getTime(),
    UPDATED_AT: ({ updatedAt }) => updatedAt.getTime(),
  })
}

const forkOrders: Record<string, (fork: Repository) => number | string> = {
  CREATED_AT: ({ createdAt }) => createdAt.getTime(),
  UPDATED_AT: ({ updatedAt }) => updatedAt.getTime(),
  PUSHED_AT: ({ pushedAt }) => pushedAt.getTime(),
  STARGAZERS: ({ stars }) => stars.size,
  NAME: ({ name }) => name,
}

/** A cursor stands for a place in the order, also when the fork that stood there is gone. */
function forkConnection(
  world: World,
  repository: Repository,
  args: PageArguments & OrderArgument & { privacy?: string | null },
) {
  const direct = repository.forks.filter(
    (fork) => !args.privacy || fork.private === (args.privacy === 'PRIVATE'),
  )
  const { field = 'CREATED_AT', direction = 'ASC' } = args.orderBy ?? {}
  const value = (fork: Repository) => forkOrders[field]?.(fork) ?? fork.id
  return connection(ordered(direct, args, forkOrders), args, {
    key: (fork) => JSON.stringify([value(fork), fork.id]),
    node: (fork) => repositoryNode(world, fork),
    isBeyond: (fork, key) => {
      const [place] = JSON.parse(key) as [number | string] // as: made by `key`
      return direction === 'ASC' ? value(fork) > place : value(fork) < place
    },
  })
}

function missing(what: string, number: number): never {
  throw new GraphQLError(`Could not resolve to ${what} with the number of ${number}.`, {
    extensions: { type: 'NOT_FOUND' },
  })
}
