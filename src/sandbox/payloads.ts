import type {
  Comment,
  Commit,
  CommitComment,
  Discussion,
  DiscussionComment,
  Release,
  Repository,
  Review,
  ReviewComment,
  Thread,
} from './entities.ts'
import { commitCommentShape, pushedCommitShape, releaseShape } from './shapes/commit.ts'
import { discussionCommentShape, discussionShape } from './shapes/discussion.ts'
import { commentShape, issueShape } from './shapes/issue.ts'
import { type PullThread, pullRequestShape, pullRequestSimpleShape } from './shapes/pull-request.ts'
import { pushRepositoryShape, webhookRepositoryShape } from './shapes/repository.ts'
import { reviewCommentShape, reviewShape } from './shapes/review.ts'
import { nameOf, timestamp, type World } from './world.ts'

/**
 * What is particular to each webhook. Repository, organization, sender and
 * installation are the same in all and are added when the delivery is made.
 */

export function issuePayload(
  world: World,
  action: string,
  { repository, thread }: { repository: Repository; thread: Thread },
  changes?: Record<string, unknown>,
) {
  return {
    action,
    ...(action === 'edited' && { changes: changes ?? {} }),
    issue: webhookIssueShape(world, repository, thread),
  }
}

export function commentPayload(
  world: World,
  action: string,
  at: { repository: Repository; thread: Thread; comment: Comment },
  changes?: Record<string, unknown>,
) {
  return {
    action,
    ...(changes && { changes }),
    issue: webhookIssueShape(world, at.repository, at.thread),
    comment: commentShape(world, at, at.comment),
  }
}

export function pullRequestPayload(
  world: World,
  action: string,
  { repository, thread }: { repository: Repository; thread: PullThread },
  more: Record<string, unknown> = {},
) {
  return {
    action,
    number: thread.number,
    ...more,
    pull_request: pullRequestShape(world, repository, thread),
  }
}

export function reviewPayload(
  world: World,
  action: string,
  at: { repository: Repository; thread: PullThread; review: Review },
) {
  const review = reviewShape(world, at, at.review)
  return {
    action,
    // webhooks write the state in lower case, the REST API in upper case
    review: { ...review, state: at.review.state },
    pull_request: pullRequestSimpleShape(world, at.repository, at.thread),
  }
}

export function reviewCommentPayload(
  world: World,
  action: string,
  at: { repository: Repository; thread: PullThread; comment: ReviewComment },
) {
  return {
    action,
    comment: reviewCommentShape(world, at, at.comment),
    pull_request: pullRequestSimpleShape(world, at.repository, at.thread),
  }
}

export function forkPayload(world: World, fork: Repository) {
  return { forkee: { ...webhookRepositoryShape(world, fork), public: !fork.private } }
}

export function starPayload(action: 'created' | 'deleted', starredAt: Date | null) {
  return { action, starred_at: starredAt && timestamp(starredAt) }
}

export function pushPayload(
  world: World,
  repository: Repository,
  push: {
    branch: string
    before: string
    after: string
    commits: Commit[]
    pusher: string
    forced?: boolean
  },
) {
  const { before, after } = push
  const created = /^0+$/.test(before)
  const commits = push.commits.map((commit) => pushedCommitShape(world, repository, commit))
  return {
    ref: `refs/heads/${push.branch}`,
    before,
    after,
    repository: pushRepositoryShape(world, repository),
    pusher: world.signature(push.pusher),
    created,
    deleted: false,
    forced: push.forced ?? false,
    base_ref: null,
    compare: `${world.html}/${nameOf(repository)}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
    commits,
    head_commit: commits.at(-1) ?? null,
  }
}

export function releasePayload(world: World, repository: Repository, release: Release) {
  return { action: 'published', release: releaseShape(world, repository, release) }
}

export function commitCommentPayload(world: World, repository: Repository, comment: CommitComment) {
  return { action: 'created', comment: commitCommentShape(world, repository, comment) }
}

export function discussionPayload(
  world: World,
  action: 'created' | 'answered' | 'edited' | 'locked',
  { repository, discussion }: { repository: Repository; discussion: Discussion },
  changes: Record<string, unknown> = {},
) {
  const answer = discussion.answer?.comment
  return {
    action,
    discussion: discussionShape(world, repository, discussion),
    ...(action === 'edited' && { changes }),
    ...(action === 'answered' &&
      answer && { answer: discussionCommentShape(world, { repository, discussion }, answer) }),
  }
}

export function discussionCommentPayload(
  world: World,
  action: 'created' | 'edited' | 'deleted',
  at: { repository: Repository; discussion: Discussion; comment: DiscussionComment },
  changes?: Record<string, unknown>,
) {
  return {
    action,
    ...(changes && { changes }),
    comment: discussionCommentShape(world, at, at.comment),
    discussion: discussionShape(world, at.repository, at.discussion),
  }
}

/** Webhooks say of plain issues too that they are no drafts; the REST API does not. */
function webhookIssueShape(world: World, repository: Repository, thread: Thread) {
  return { draft: false, ...issueShape(world, repository, thread) }
}
