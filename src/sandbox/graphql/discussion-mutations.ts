import type { Caller } from '../authentication.ts'
import { newDiscussion } from '../discussions.ts'
import { discussionPayload } from '../payloads.ts'
import { maySee, type Services } from '../rest/operation.ts'
import { nodeId, numberIn } from '../shapes/node-id.ts'
import { type DiscussionAt, discussionAt } from './discussion-by-id.ts'
import { discussionNode } from './discussion-nodes.ts'
import { refused, requireDiscussions, unresolved } from './refusals.ts'

interface NewDiscussion {
  repositoryId: string
  categoryId: string
  title: string
  body: string
}

interface DiscussionChange {
  discussionId: string
  title?: string | null
  body?: string | null
}

/** What the App may do with discussions. */
export function discussionMutations(services: Services, caller: Caller) {
  const { world, deliveries } = services
  const tell = (
    action: 'created' | 'edited',
    at: DiscussionAt,
    changes: Record<string, unknown> = {},
  ) =>
    deliveries.announceLater(
      deliveries.make(
        'discussion',
        { repository: at.repository, sender: world.bot },
        discussionPayload(world, action, at, changes),
      ),
    )

  return {
    createDiscussion: ({ input }: { input: NewDiscussion }) => {
      const repository = world.findRepositoryById(numberIn(input.repositoryId))
      if (!repository || !maySee(caller, repository)) throw unresolved(input.repositoryId)
      requireDiscussions(caller, repository)
      if (!repository.hasDiscussions) {
        throw refused('UNPROCESSABLE', 'Discussions are disabled for this repository.')
      }
      const category = repository.discussionCategories.find(
        ({ id }) => nodeId('DiscussionCategory', id) === input.categoryId,
      )
      if (!category) throw unresolved(input.categoryId)
      const { title, body } = input
      const discussion = newDiscussion(world, repository, {
        title,
        body,
        author: world.bot,
        category,
      })
      tell('created', { repository, discussion })
      return { discussion: () => discussionNode(world, repository, discussion) }
    },

    updateDiscussion: ({ input }: { input: DiscussionChange }) => {
      const at = discussionAt(services, caller, input.discussionId)
      requireDiscussions(caller, at.repository)
      const from = at.discussion.body
      at.discussion.title = input.title ?? at.discussion.title
      at.discussion.body = input.body ?? at.discussion.body
      at.discussion.updatedAt = world.now()
      tell('edited', at, { body: { from } })
      return { discussion: () => discussionNode(world, at.repository, at.discussion) }
    },
  }
}
