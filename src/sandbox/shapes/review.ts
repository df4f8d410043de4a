import { associationOf } from '../association.ts'
import type { Repository, Review, ReviewComment, Thread } from '../entities.ts'
import { nameOf, timestamp, type World } from '../world.ts'
import { accountShape } from './account.ts'
import { reactionsShape, threadPage } from './issue.ts'
import { nodeId } from './node-id.ts'

export function reviewShape(
  world: World,
  at: { repository: Repository; thread: Thread },
  review: Review,
) {
  const page = `${threadPage(world, at.repository, at.thread)}#pullrequestreview-${review.id}`
  const pullUrl = `${world.api}/repos/${nameOf(at.repository)}/pulls/${at.thread.number}`
  return {
    id: review.id,
    node_id: nodeId('PullRequestReview', review.id),
    user: accountShape(world, review.author),
    body: review.body,
    state: review.state.toUpperCase(),
    html_url: page,
    pull_request_url: pullUrl,
    author_association: associationOf(at.repository, review.author, at.thread),
    _links: { html: { href: page }, pull_request: { href: pullUrl } },
    submitted_at: timestamp(review.submittedAt),
    commit_id: review.commitSha,
  }
}

export function reviewCommentShape(
  world: World,
  at: { repository: Repository; thread: Thread },
  comment: ReviewComment,
) {
  const url = `${world.api}/repos/${nameOf(at.repository)}/pulls/comments/${comment.id}`
  const page = `${threadPage(world, at.repository, at.thread)}#discussion_r${comment.id}`
  const pullUrl = `${world.api}/repos/${nameOf(at.repository)}/pulls/${at.thread.number}`
  return {
    url,
    pull_request_review_id: comment.reviewId,
    id: comment.id,
    node_id: nodeId('PullRequestReviewComment', comment.id),
    diff_hunk: '@@ -0,0 +1 @@',
    path: comment.path,
    commit_id: comment.commitSha,
    original_commit_id: comment.commitSha,
    user: accountShape(world, comment.author),
    body: comment.body,
    created_at: timestamp(comment.createdAt),
    updated_at: timestamp(comment.updatedAt),
    html_url: page,
    pull_request_url: pullUrl,
    author_association: associationOf(at.repository, comment.author, at.thread),
    _links: { self: { href: url }, html: { href: page }, pull_request: { href: pullUrl } },
    reactions: reactionsShape(url, comment.reactions),
    start_line: null,
    original_start_line: null,
    start_side: null,
    line: 1,
    original_line: 1,
    side: 'RIGHT',
    original_position: 1,
    position: 1,
    subject_type: 'line',
  }
}
