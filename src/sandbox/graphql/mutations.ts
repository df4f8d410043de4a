import { GraphQLError } from 'graphql'
import type { Caller } from '../authentication.ts'
import { newDiscussion } from '../discussions.ts'
import type { Discussion, Repository } from '../entities.ts'
import { discussionPayload } from '../payloads.ts'
import { maySee, type Services } from '../rest/operation.ts'
import { nodeId, numberIn } from '../shapes/node-id.ts'
import { covers } from '../world.ts'
import { discussionNode } from './discussion-nodes.ts'

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

/** What the App may change by GraphQL. */
export function discussionMutations(services: Services, caller: Caller) {
  const { world, deliveries } = services
  const tell = (
    action: 'created' | 'edited',
    at: { repository: Repository; discussion: Discussion },
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
      requireWrite(caller, repository)
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
      requireWrite(caller, at.repository)
      const from = at.discussion.body
      at.discussion.title = input.title ?? at.discussion.title
      at.discussion.body = input.body ?? at.discussion.body
      at.discussion.updatedAt = world.now()
      tell('edited', at, { body: { from } })
      return { discussion: () => discussionNode(world, at.repository, at.discussion) }
    },
  }
}

function discussionAt({ world }: Services, caller: Caller, id: string) {
  for (const repository of world.repositories) {
    if (!maySee(caller, repository)) continue
    for (const discussion of repository.discussions.values()) {
      if (discussion.id === numberIn(id)) return { repository, discussion }
    }
  }
  throw unresolved(id)
}

function requireWrite(caller: Caller, repository: Repository): void {
  const may =
    caller.kind === 'installation' &&
    caller.permissions.discussions === 'write' &&
    covers(caller.installation, repository)
  if (!may) throw refused('FORBIDDEN', 'Resource not accessible by integration')
}

function unresolved(id: string): GraphQLError {
  return refused('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`)
}

function refused(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } })
}
