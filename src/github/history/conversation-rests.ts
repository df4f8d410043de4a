import { z } from 'zod'
import { recording } from '../../events/recording.ts'
import type { GitHubClient } from '../client.ts'
import { actorFragment } from './actor.ts'
import { asRead } from './as-read.ts'
import {
  Comments,
  commentFields,
  commentsTold,
  DiscussionComments,
  discussionCommentsTold,
  Replies,
  type Rest,
  Reviews,
  replyFields,
  reviewFields,
  reviewsTold,
  type Told,
} from './conversation.ts'
import { mostFetches, rateLimitFields } from './document.ts'
import { ask, type RateLimit } from './request.ts'
import { discussionCommentFields, together } from './threads.ts'

interface RestOfKind {
  type: string
  connection: string
  fields: string
  /** the most of it in one request, where each brings a connection of its own */
  largestSize: number
  /** connections below each thing */
  nested: number
}

const flat = { largestSize: 100, nested: 0 }
const forRest: Record<Rest['of'], RestOfKind> = {
  'pull_request.reviews': {
    ...{ type: 'PullRequest', connection: 'reviews', fields: reviewFields },
    ...flat,
  },
  'pull_request.comments': {
    ...{ type: 'PullRequest', connection: 'comments', fields: commentFields },
    ...flat,
  },
  'issue.comments': { type: 'Issue', connection: 'comments', fields: commentFields, ...flat },
  'discussion.comments': {
    type: 'Discussion',
    connection: 'comments',
    fields: discussionCommentFields(),
    largestSize: 20,
    nested: 1,
  },
  'discussion.replies': {
    ...{ type: 'DiscussionComment', connection: 'replies', fields: replyFields },
    ...flat,
  },
}

/** So many conversations in one request are about as much work for GitHub as a page of threads. */
export const mostRests = 25

/** How many of these one request can take for one point, from the first on; one at least. */
export function restsForOnePoint(rests: readonly Pick<Rest, 'of'>[]): number {
  let fetches = 0
  const taken = rests.slice(0, mostRests).findIndex(({ of }) => {
    const { largestSize, nested } = forRest[of]
    fetches += 1 + largestSize * nested
    return fetches > mostFetches
  })
  return taken === -1 ? Math.min(rests.length, mostRests) : Math.max(1, taken)
}

/**
 * The next `size` of each of these conversations, or as many as their kind
 * allows; of one that is gone, nothing.
 */
export async function conversationRests(
  octokit: GitHubClient,
  repositoryId: number,
  { rests, size, readAt }: { rests: readonly Rest[]; size: number; readAt: Date },
): Promise<Told & { rateLimit: RateLimit | null }> {
  const variables = rests.flatMap(({ node, cursor }, index) => [
    [`node${index}`, node],
    [`after${index}`, cursor],
  ])
  const parts = rests.map(({ of }, index) => {
    const { type, connection, fields, largestSize } = forRest[of]
    const first = Math.min(size, largestSize)
    return `part${index}: node(id: $node${index}) {
      ... on ${type} { page: ${connection}(first: ${first}, after: $after${index}) { ${fields} } }
    }`
  })
  const declared = rests.map((_, index) => `$node${index}: ID!, $after${index}: String`)
  const document = `query HistoryRest(${declared.join(', ')}) {
    ${rateLimitFields} ${parts.join('\n')}
  }
  ${actorFragment}`
  const { data, rateLimit } = await ask(octokit, document, Object.fromEntries(variables))
  const told = rests.map((rest, index) => restTold(repositoryId, rest, data[`part${index}`]))
  const { recording, rest } = together(told)
  return { recording: asRead(recording, readAt), rest, rateLimit }
}

const Part = z.looseObject({ page: z.unknown() }).nullish()

function restTold(repositoryId: number, { cursor: _, ...rest }: Rest, part: unknown): Told {
  const page = Part.parse(part)?.page
  if (page == null) return { recording: recording({}), rest: [] }
  const place = { repositoryId, ...rest }
  switch (rest.of) {
    case 'pull_request.reviews':
      return reviewsTold(place, Reviews.parse(page))
    case 'discussion.comments':
      return discussionCommentsTold(place, DiscussionComments.parse(page))
    case 'discussion.replies':
      return commentsTold(place, Replies.parse(page), 'discussion_comment.created')
    default:
      return commentsTold(place, Comments.parse(page), 'issue_comment.created')
  }
}
