import type { Account, Discussion, DiscussionCategory, Repository } from './entities.ts'
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
    comments: [],
    answer: null,
  }
  repository.discussions.set(discussion.number, discussion)
  return discussion
}
