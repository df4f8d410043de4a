import { failureOf } from '../github/failure.ts'
import type { Octokit } from '../github/github-app.ts'
import type { TrackedRepository } from '../store/repositories.ts'
import { removeReply, repliesBelow } from './discussion-replies.ts'
import { discussionsOf } from './discussions.ts'
import { commentsOn, issuesWith, removeIssueComment } from './issues.ts'
import type { Shown } from './plan.ts'
import type { CommentId, Post } from './publisher.ts'

export interface Written extends Shown, CommentId {
  thread: number
}

export interface Listed extends Written {
  /** undefined: the server does not say; null: no App */
  app: number | null | undefined
  byBot: boolean
}

/** What stands in one place, as GitHub's API has it: carried out here, decided elsewhere. */
export interface Posts {
  /** what stands there and may be ours */
  list(): Promise<Listed[]>
  create(body: string): Promise<Written>
  read(known: CommentId): Promise<Written>
  update(known: CommentId, body: string): Promise<Written>
}

export function postsAt(octokit: Octokit, { repository, target }: Post): Posts {
  switch (target.type) {
    case 'comment':
      return commentsOn(octokit, repository, target.thread)
    case 'reply':
      return repliesBelow(octokit, target)
    case 'issue':
      return issuesWith(octokit, repository, target)
    case 'discussion':
      return discussionsOf(octokit, repository, target)
  }
}

export async function removeComment(
  octokit: Octokit,
  repository: TrackedRepository,
  { id, nodeId }: CommentId,
): Promise<void> {
  if (nodeId === null) await removeIssueComment(octokit, repository, id)
  else await removeReply(octokit, nodeId)
}

/** A comment or issue that a person deleted stays deleted; a repository that is away is not that. */
export async function unlessGone<Result>(request: () => Promise<Result>): Promise<Result | 'gone'> {
  try {
    return await request()
  } catch (error) {
    if (failureOf(error, new Date(0)).kind === 'gone') return 'gone'
    throw error
  }
}
