import type { Caller } from '../authentication.ts'
import { findDiscussionComment } from '../discussions.ts'
import type { Discussion, DiscussionComment, Repository } from '../entities.ts'
import { maySee, type Services } from '../rest/operation.ts'
import { nodeId, numberIn } from '../shapes/node-id.ts'
import { unresolved } from './refusals.ts'

export interface DiscussionAt {
  repository: Repository
  discussion: Discussion
}

export interface DiscussionCommentAt extends DiscussionAt {
  comment: DiscussionComment
}

/** @throws GraphQLError for an id that leads to no discussion, or to none of the caller's */
export function discussionAt({ world }: Services, caller: Caller, id: string): DiscussionAt {
  for (const repository of world.repositories) {
    if (!maySee(caller, repository)) continue
    for (const discussion of repository.discussions.values()) {
      if (nodeId('Discussion', discussion.id) === id) return { repository, discussion }
    }
  }
  throw unresolved(id)
}

/** The same for a comment in a discussion, or a reply to one. */
export function discussionCommentAt(
  { world }: Services,
  caller: Caller,
  id: string,
): DiscussionCommentAt {
  for (const repository of world.repositories) {
    if (!maySee(caller, repository)) continue
    const found = findDiscussionComment(repository, numberIn(id))
    if (found && nodeId('DiscussionComment', found.comment.id) === id) {
      return { repository, ...found }
    }
  }
  throw unresolved(id)
}
