import type { Caller } from '../authentication.ts'
import {
  commentAbove,
  deleteDiscussionComment,
  editDiscussionComment,
  findDiscussionComment,
  newDiscussionComment,
} from '../discussions.ts'
import type { Discussion, DiscussionComment } from '../entities.ts'
import { discussionCommentPayload } from '../payloads.ts'
import type { Services } from '../rest/operation.ts'
import { nodeId, numberIn } from '../shapes/node-id.ts'
import { react } from '../threads.ts'
import { actorNode } from './actor-node.ts'
import { type DiscussionCommentAt, discussionAt, discussionCommentAt } from './discussion-by-id.ts'
import { discussionCommentNode } from './discussion-nodes.ts'
import { refused, requireDiscussions, unresolved } from './refusals.ts'

interface NewComment {
  discussionId: string
  replyToId?: string | null
  body: string
}

/** GitHub's own limit of a comment. */
const longestBody = 65_536

/** What the App may do with comments in discussions, and with replies to them. */
export function discussionCommentMutations(services: Services, caller: Caller) {
  const { world, deliveries } = services
  const tell = (
    action: 'created' | 'edited' | 'deleted',
    at: DiscussionCommentAt,
    changes?: Record<string, unknown>,
  ) =>
    deliveries.announceLater(
      deliveries.make(
        'discussion_comment',
        { repository: at.repository, sender: world.bot },
        discussionCommentPayload(world, action, at, changes),
      ),
    )
  const answer = (at: DiscussionCommentAt) => ({
    comment: () => discussionCommentNode(world, at, at.comment),
  })

  return {
    addDiscussionComment: ({ input }: { input: NewComment }) => {
      const at = discussionAt(services, caller, input.discussionId)
      requireDiscussions(caller, at.repository)
      if (at.discussion.locked) {
        throw refused('FORBIDDEN', 'The discussion is locked.')
      }
      checkBody(input.body)
      const comment = newDiscussionComment(world, at.discussion, {
        body: input.body,
        author: world.bot,
        above: input.replyToId == null ? null : topOf(at.discussion, input.replyToId),
      })
      tell('created', { ...at, comment })
      return answer({ ...at, comment })
    },

    updateDiscussionComment: ({ input }: { input: { commentId: string; body: string } }) => {
      const at = discussionCommentAt(services, caller, input.commentId)
      requireDiscussions(caller, at.repository)
      checkBody(input.body)
      tell('edited', at, editDiscussionComment(world, at.comment, input.body))
      return answer(at)
    },

    deleteDiscussionComment: ({ input }: { input: { id: string } }) => {
      const at = discussionCommentAt(services, caller, input.id)
      requireDiscussions(caller, at.repository)
      tell('deleted', at)
      const gone = discussionCommentNode(world, at, at.comment)
      deleteDiscussionComment(world, at)
      return { comment: gone }
    },

    addReaction: ({ input }: { input: { subjectId: string; content: string } }) => {
      const { repository, comment } = discussionCommentAt(services, caller, input.subjectId)
      requireDiscussions(caller, repository)
      const content = contents[input.content] ?? ''
      const { reaction } = react(world, comment.reactions, { content, user: world.bot })
      return {
        reaction: () => ({
          id: nodeId('Reaction', reaction.id),
          databaseId: reaction.id,
          content: input.content,
          user: reaction.user.type === 'User' ? actorNode(world, reaction.user) : null,
        }),
      }
    },
  }
}

/** As GraphQL and as REST write them. */
const contents: Readonly<Record<string, string>> = {
  CONFUSED: 'confused',
  EYES: 'eyes',
  HEART: 'heart',
  HOORAY: 'hooray',
  LAUGH: 'laugh',
  ROCKET: 'rocket',
  THUMBS_DOWN: '-1',
  THUMBS_UP: '+1',
}

/** The comment of this discussion that can be replied to under that id. */
function topOf(discussion: Discussion, id: string): DiscussionComment {
  const discussions = new Map([[discussion.number, discussion]])
  const found = findDiscussionComment({ discussions }, numberIn(id))
  if (!found) throw unresolved(id)
  if (commentAbove(discussion, found.comment) !== null) {
    throw refused('UNPROCESSABLE', 'Parent comment is already in a thread, cannot reply to it')
  }
  return found.comment
}

function checkBody(body: string): void {
  if (body.trim() === '') throw refused('UNPROCESSABLE', "Body can't be blank")
  if (body.length > longestBody) {
    throw refused('UNPROCESSABLE', 'Body is too long (maximum is 65536 characters)')
  }
}
