import { translateCommitComment } from './commit-comment.ts'
import { translateDiscussion } from './discussion.ts'
import { translateDiscussionComment } from './discussion-comment.ts'
import type { Recording } from './fact.ts'
import { translateFork } from './fork.ts'
import { translateIssueComment } from './issue-comment.ts'
import { translateIssues } from './issues.ts'
import { translatePullRequest } from './pull-request.ts'
import { translatePullRequestReview } from './pull-request-review.ts'
import { translatePullRequestReviewComment } from './pull-request-review-comment.ts'
import { translatePush } from './push.ts'
import { translateRelease } from './release.ts'
import { translateRepository } from './repository.ts'
import type { HashEmail } from './signature.ts'
import { translateStar } from './star.ts'

export type Translator = (payload: unknown, hashEmail: HashEmail) => Recording

/** Which function reads which event. The App subscribes to exactly these. */
export const translators = {
  commit_comment: translateCommitComment,
  discussion: translateDiscussion,
  discussion_comment: translateDiscussionComment,
  fork: translateFork,
  issue_comment: translateIssueComment,
  issues: translateIssues,
  public: translateRepository,
  pull_request: translatePullRequest,
  pull_request_review: translatePullRequestReview,
  pull_request_review_comment: translatePullRequestReviewComment,
  push: translatePush,
  release: translateRelease,
  repository: translateRepository,
  star: translateStar,
} as const satisfies Record<string, Translator>

const byName = new Map<string, Translator>(Object.entries(translators))

/**
 * What a delivery tells. Null for an event that Groundswell does not read.
 * An action it does not know still tells how the objects in the payload stand.
 * `hashEmail` gets lower-cased addresses; nothing else ever sees one.
 * Throws PayloadMismatch when the payload is not one of that event.
 */
export function translate(event: string, payload: unknown, hashEmail: HashEmail): Recording | null {
  return byName.get(event)?.(payload, hashEmail) ?? null
}
