import type { Review, ReviewComment } from './entities.ts'
import { reviewCommentPayload, reviewPayload } from './payloads.ts'
import type { Services } from './rest/operation.ts'
import type { PullThread } from './shapes/pull-request.ts'
import { pullOf } from './talking.ts'
import type { World } from './world.ts'

export interface ReviewGiven {
  author: string
  /** approved where left out */
  state?: Review['state']
  body?: string
  comments?: { path: string; body: string }[]
}

/** Reviews of pull requests, with what they say about single lines. Every one tells the App. */
export function reviewing({ world, deliveries }: Services) {
  return {
    async review(fullName: string, number: number, given: ReviewGiven) {
      const repository = world.repository(fullName)
      const thread = pullOf(world, fullName, number)
      const review = newReview(world, thread, given)
      repository.reviewComments.push(...review.comments)
      const at = { repository, thread }
      const made = { repository, sender: review.author }
      const delivery = await deliveries.announce(
        deliveries.make(
          'pull_request_review',
          made,
          reviewPayload(world, 'submitted', { ...at, review }),
        ),
      )
      for (const comment of review.comments) {
        const payload = reviewCommentPayload(world, 'created', { ...at, comment })
        await deliveries.announce(deliveries.make('pull_request_review_comment', made, payload))
      }
      const commentIds = review.comments.map(({ id }) => id)
      return { reviewId: review.id, commentIds, ...delivery }
    },
  }
}

function newReview(world: World, thread: PullThread, given: ReviewGiven): Review {
  const now = world.now()
  const author = world.account(given.author)
  const commitSha = thread.pull.head.sha
  const id = world.nextId()
  const comments: ReviewComment[] = (given.comments ?? []).map((comment) => ({
    ...comment,
    number: thread.number,
    id: world.nextId(),
    reviewId: id,
    author,
    createdAt: now,
    updatedAt: now,
    reactions: [],
    byApp: false,
    commitSha,
  }))
  const review: Review = {
    id,
    author,
    body: given.body ?? '',
    state: given.state ?? 'approved',
    submittedAt: now,
    commitSha,
    comments,
  }
  thread.pull.reviews.push(review)
  thread.updatedAt = now
  return review
}
