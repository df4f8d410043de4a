import {
  deleteDiscussionComment,
  editDiscussionComment,
  findDiscussionComment,
  newDiscussion,
  newDiscussionComment,
  questionsOf,
} from './discussions.ts'
import type { Discussion, DiscussionComment } from './entities.ts'
import { discussionCommentPayload, discussionPayload } from './payloads.ts'
import type { Services } from './rest/operation.ts'
import { telling } from './telling.ts'
import type { World } from './world.ts'

/** What people do in discussions. Every action tells the App. */
export function discussing({ world, deliveries }: Services) {
  const tell = telling({ world, deliveries })

  const aboutDiscussion = (
    action: 'created' | 'answered' | 'locked',
    fullName: string,
    { discussion, by }: { discussion: Discussion; by: string },
  ) => {
    const repository = world.repository(fullName)
    const payload = discussionPayload(world, action, { repository, discussion })
    return tell('discussion', { repository: fullName, by }, payload)
  }

  const aboutComment = (
    action: 'created' | 'edited' | 'deleted',
    fullName: string,
    about: { discussion: Discussion; comment: DiscussionComment; by: string },
    changes?: Record<string, unknown>,
  ) => {
    const at = { repository: world.repository(fullName), ...about }
    const payload = discussionCommentPayload(world, action, at, changes)
    return tell('discussion_comment', { repository: fullName, by: about.by }, payload)
  }

  return {
    async openDiscussion(
      fullName: string,
      given: { author: string; title?: string; body?: string },
    ) {
      const repository = world.repository(fullName)
      const discussion = newDiscussion(world, repository, {
        title: given.title ?? 'How do I fine-tune on one card?',
        body: given.body ?? '',
        author: world.account(given.author),
        category: questionsOf(repository),
      })
      const about = { discussion, by: given.author }
      return { number: discussion.number, ...(await aboutDiscussion('created', fullName, about)) }
    },

    /** With `replyTo`, in the thread of that comment. */
    async commentOnDiscussion(
      fullName: string,
      number: number,
      given: { author: string; body?: string; replyTo?: number },
    ) {
      const discussion = discussionOf(world, fullName, number)
      const comment = newDiscussionComment(world, discussion, {
        body: given.body ?? 'Use a smaller batch.',
        author: world.account(given.author),
        above: discussion.comments.find(({ id }) => id === given.replyTo) ?? null,
      })
      const about = { discussion, comment, by: given.author }
      return { commentId: comment.id, ...(await aboutComment('created', fullName, about)) }
    },

    editDiscussionComment(
      fullName: string,
      commentId: number,
      { by, body }: { by: string; body: string },
    ) {
      const found = commentOf(world, fullName, commentId)
      const changes = editDiscussionComment(world, found.comment, body)
      return aboutComment('edited', fullName, { ...found, by }, changes)
    },

    deleteDiscussionComment(fullName: string, commentId: number, { by }: { by: string }) {
      const found = commentOf(world, fullName, commentId)
      const told = aboutComment('deleted', fullName, { ...found, by })
      deleteDiscussionComment(world, found)
      return told
    },

    answerDiscussion(fullName: string, number: number, given: { commentId: number; by: string }) {
      const discussion = discussionOf(world, fullName, number)
      const comment = discussion.comments.find(({ id }) => id === given.commentId)
      if (!comment) throw new Error(`Discussion ${number} has no comment ${given.commentId}`)
      discussion.answer = { comment, chosenBy: world.account(given.by), chosenAt: world.now() }
      discussion.updatedAt = world.now()
      return aboutDiscussion('answered', fullName, { discussion, by: given.by })
    },

    lockDiscussion(fullName: string, number: number, { by }: { by: string }) {
      const discussion = discussionOf(world, fullName, number)
      discussion.locked = true
      return aboutDiscussion('locked', fullName, { discussion, by })
    },
  }
}

function discussionOf(world: World, fullName: string, number: number): Discussion {
  const discussion = world.repository(fullName).discussions.get(number)
  if (!discussion) throw new Error(`${fullName} has no discussion ${number}`)
  return discussion
}

function commentOf(world: World, fullName: string, id: number) {
  const found = findDiscussionComment(world.repository(fullName), id)
  if (!found) throw new Error(`${fullName} has no comment ${id} in a discussion`)
  return found
}
