import type {
  Account,
  Discussion,
  DiscussionCategory,
  DiscussionComment,
  Repository,
} from './entities.ts'
import type { World } from './world.ts'

/** The categories that GitHub makes; their ids are derived, so that no other id moves. */
export function defaultCategories(repositoryId: number): DiscussionCategory[] {
  return made.map((category, index) => ({ id: repositoryId * 10 + index, ...category }))
}

const made = [
  {
    name: 'Announcements',
    slug: 'announcements',
    emoji: ':mega:',
    description: 'Updates from maintainers',
    isAnswerable: false,
  },
  {
    name: 'General',
    slug: 'general',
    emoji: ':speech_balloon:',
    description: 'Chat about anything and everything here',
    isAnswerable: false,
  },
  {
    name: 'Q&A',
    slug: 'q-a',
    emoji: ':pray:',
    description: 'Ask the community for help',
    isAnswerable: true,
  },
]

/** Where people ask; a repository without such a category takes what is there. */
export function questionsOf({ discussionCategories }: Repository): DiscussionCategory {
  const found =
    discussionCategories.find(({ isAnswerable }) => isAnswerable) ?? discussionCategories[0]
  if (found === undefined) throw new Error('The repository has no category of discussions')
  return found
}

export function newDiscussion(
  world: World,
  repository: Repository,
  given: { title: string; body: string; author: Account; category: DiscussionCategory },
): Discussion {
  repository.lastNumber += 1
  const discussion: Discussion = {
    id: world.nextId(),
    number: repository.lastNumber,
    ...given,
    createdAt: world.now(),
    updatedAt: world.now(),
    locked: false,
    comments: [],
    answer: null,
  }
  repository.discussions.set(discussion.number, discussion)
  return discussion
}

/** `above`: the comment that it is a reply to; null for one that begins a thread. */
export function newDiscussionComment(
  world: World,
  discussion: Discussion,
  given: { body: string; author: Account; above: DiscussionComment | null },
): DiscussionComment {
  const { body, author, above } = given
  const now = world.now()
  const comment = {
    id: world.nextId(),
    ...{ body, author, createdAt: now, updatedAt: now },
    ...{ deletedAt: null, reactions: [], replies: [] },
  }
  const among = above?.replies ?? discussion.comments
  among.push(comment)
  discussion.updatedAt = now
  return comment
}

export function editDiscussionComment(
  world: World,
  comment: DiscussionComment,
  body: string,
): Record<string, unknown> {
  const from = comment.body
  comment.body = body
  comment.updatedAt = world.now()
  return { body: { from } }
}

/** One that was replied to stays, without its words; any other goes. */
export function deleteDiscussionComment(
  world: World,
  { discussion, comment }: { discussion: Discussion; comment: DiscussionComment },
): void {
  if (discussion.answer?.comment === comment) discussion.answer = null
  if (comment.replies.length > 0) {
    Object.assign(comment, { body: '', deletedAt: world.now() })
    return
  }
  const without = (comments: DiscussionComment[]) => comments.filter((other) => other !== comment)
  discussion.comments = without(discussion.comments)
  for (const above of discussion.comments) above.replies = without(above.replies)
}

/** A comment of a repository's discussions, or a reply to one. */
export function findDiscussionComment(
  { discussions }: Pick<Repository, 'discussions'>,
  id: number,
): { discussion: Discussion; comment: DiscussionComment } | null {
  for (const discussion of discussions.values()) {
    const all = discussion.comments.flatMap((comment) => [comment, ...comment.replies])
    const comment = all.find((each) => each.id === id)
    if (comment) return { discussion, comment }
  }
  return null
}

/** What a reply is a reply to; null for a comment that begins a thread. */
export function commentAbove(
  { comments }: Discussion,
  reply: DiscussionComment,
): DiscussionComment | null {
  return comments.find(({ replies }) => replies.includes(reply)) ?? null
}
