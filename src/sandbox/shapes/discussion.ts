import { associationOf } from '../association.ts'
import { commentAbove } from '../discussions.ts'
import type { Discussion, DiscussionComment, Repository } from '../entities.ts'
import { nameOf, timestamp, timestampOrNull, type World } from '../world.ts'
import { accountShape } from './account.ts'
import { reactionsShape } from './issue.ts'
import { nodeId } from './node-id.ts'

/** `discussion`: only webhooks and GraphQL have it. */
export function discussionShape(world: World, repository: Repository, discussion: Discussion) {
  const api = `${world.api}/repos/${nameOf(repository)}`
  const page = discussionPage(world, repository, discussion)
  const { answer } = discussion
  return {
    repository_url: api,
    category: {
      id: discussion.category.id,
      node_id: nodeId('DiscussionCategory', discussion.category.id),
      repository_id: repository.id,
      emoji: discussion.category.emoji,
      name: discussion.category.name,
      description: discussion.category.description,
      created_at: timestamp(repository.createdAt),
      updated_at: timestamp(repository.createdAt),
      slug: discussion.category.slug,
      is_answerable: discussion.category.isAnswerable,
    },
    answer_html_url: answer && `${page}#discussioncomment-${answer.comment.id}`,
    answer_chosen_at: timestampOrNull(answer?.chosenAt ?? null),
    answer_chosen_by: answer && accountShape(world, answer.chosenBy),
    html_url: page,
    id: discussion.id,
    node_id: nodeId('Discussion', discussion.id),
    number: discussion.number,
    title: discussion.title,
    user: accountShape(world, discussion.author),
    labels: [],
    state: 'open',
    state_reason: null,
    locked: discussion.locked,
    comments: discussion.comments.length,
    created_at: timestamp(discussion.createdAt),
    updated_at: timestamp(discussion.updatedAt),
    author_association: associationOf(repository, discussion.author),
    active_lock_reason: null,
    body: discussion.body,
    reactions: reactionsShape(`${api}/discussions/${discussion.number}`, []),
    timeline_url: `${api}/discussions/${discussion.number}/timeline`,
  }
}

export function discussionCommentShape(
  world: World,
  at: { repository: Repository; discussion: Discussion },
  comment: DiscussionComment,
) {
  const { repository, discussion } = at
  return {
    id: comment.id,
    node_id: nodeId('DiscussionComment', comment.id),
    html_url: `${discussionPage(world, repository, discussion)}#discussioncomment-${comment.id}`,
    parent_id: commentAbove(discussion, comment)?.id ?? null,
    child_comment_count: comment.replies.length,
    repository_url: `${nameOf(repository)}`,
    discussion_id: discussion.id,
    author_association: associationOf(repository, comment.author),
    user: accountShape(world, comment.author),
    created_at: timestamp(comment.createdAt),
    updated_at: timestamp(comment.updatedAt),
    body: comment.body,
    reactions: reactionsShape(
      `${world.api}/repos/${nameOf(repository)}/discussions/comments/${comment.id}`,
      comment.reactions,
    ),
  }
}

function discussionPage(world: World, repository: Repository, { number }: Discussion): string {
  return `${world.html}/${nameOf(repository)}/discussions/${number}`
}
