import { associationOf } from '../association.ts'
import { commentAbove } from '../discussions.ts'
import type {
  Discussion,
  DiscussionCategory,
  DiscussionComment,
  Release,
  Repository,
} from '../entities.ts'
import { nodeId } from '../shapes/node-id.ts'
import { nameOf, timestamp, timestampOrNull, type World } from '../world.ts'
import { actorNode } from './actor-node.ts'
import { connection, type PageArguments } from './connection.ts'

export function discussionNode(world: World, repository: Repository, discussion: Discussion) {
  const { answer } = discussion
  const at = { repository, discussion }
  return {
    __typename: 'Discussion',
    id: nodeId('Discussion', discussion.id),
    databaseId: discussion.id,
    number: discussion.number,
    title: discussion.title,
    body: discussion.body,
    category: categoryNode(discussion.category),
    // asked by the App alone, here and in comments
    viewerDidAuthor: discussion.author === world.bot,
    url: pageOf(world, at),
    createdAt: timestamp(discussion.createdAt),
    updatedAt: timestamp(discussion.updatedAt),
    locked: discussion.locked,
    closed: false,
    closedAt: null,
    isAnswered: answer !== null,
    answer: () => answer && discussionCommentNode(world, at, answer.comment),
    answerChosenAt: timestampOrNull(answer?.chosenAt ?? null),
    answerChosenBy: () => actorNode(world, answer?.chosenBy ?? null),
    authorAssociation: associationOf(repository, discussion.author),
    author: () => actorNode(world, discussion.author),
    comments: (args: PageArguments) =>
      connection(discussion.comments, args, {
        key: ({ id }) => id,
        node: (comment) => discussionCommentNode(world, at, comment),
      }),
  }
}

export function categoryNode(category: DiscussionCategory) {
  return {
    ...category,
    __typename: 'DiscussionCategory',
    id: nodeId('DiscussionCategory', category.id),
  }
}

export function releaseNode(world: World, repository: Repository, release: Release) {
  return {
    id: nodeId('Release', release.id),
    databaseId: release.id,
    tagName: release.tag,
    name: release.name,
    isDraft: false,
    isPrerelease: release.prerelease,
    createdAt: timestamp(release.createdAt),
    updatedAt: timestamp(release.createdAt),
    publishedAt: timestamp(release.createdAt),
    url: `${world.html}/${nameOf(repository)}/releases/tag/${encodeURIComponent(release.tag)}`,
    author: () => (release.author.type === 'User' ? actorNode(world, release.author) : null),
  }
}

type At = { repository: Repository; discussion: Discussion }

export function discussionCommentNode(
  world: World,
  at: At,
  comment: DiscussionComment,
): Record<string, unknown> {
  return {
    __typename: 'DiscussionComment',
    id: nodeId('DiscussionComment', comment.id),
    databaseId: comment.id,
    body: comment.body,
    isAnswer: at.discussion.answer?.comment === comment,
    viewerDidAuthor: comment.author === world.bot,
    createdAt: timestamp(comment.createdAt),
    updatedAt: timestamp(comment.updatedAt),
    deletedAt: timestampOrNull(comment.deletedAt),
    discussion: () => discussionNode(world, at.repository, at.discussion),
    replyTo: () => {
      const above = commentAbove(at.discussion, comment)
      return above && discussionCommentNode(world, at, above)
    },
    url: `${pageOf(world, at)}#discussioncomment-${comment.id}`,
    authorAssociation: associationOf(at.repository, comment.author),
    author: () => actorNode(world, comment.author),
    replies: (args: PageArguments) =>
      connection(comment.replies, args, {
        key: ({ id }) => id,
        node: (reply) => discussionCommentNode(world, at, reply),
      }),
  }
}

function pageOf(world: World, { repository, discussion }: At): string {
  return `${world.html}/${nameOf(repository)}/discussions/${discussion.number}`
}
