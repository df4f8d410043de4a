import { z } from 'zod'
import type { GitHubClient } from '../client.ts'
import { connectionOf, pageInfo } from '../history/connection.ts'
import { rateLimitFields } from '../history/document.ts'
import { ask, type RateLimit } from '../history/request.ts'

/** A pull request, and the fork that it came from. */
export interface PullRequestFromFork {
  forkId: number
  open: boolean
  openedAt: Date
}

const pullsAPage = 100

const Page = connectionOf(z.unknown())
const Answer = z.object({ repository: z.object({ pulls: z.unknown() }).nullable() })
const Pull = z.object({
  createdAt: z.string(),
  state: z.string(),
  headRepository: z.object({ databaseId: z.int().nullish() }).nullish(),
})

/**
 * A page of pull requests, the newest first, without what was said under them:
 * a point for a hundred. Those whose fork is gone are left out.
 *
 * @param asked `after` null: from the newest on
 * @throws what GitHub said where it shows no repository
 */
export async function pullRequestsFromForks(
  client: GitHubClient,
  { owner, name }: { owner: string; name: string },
  asked: { after: string | null; onlyOpen: boolean },
): Promise<{
  pulls: PullRequestFromFork[]
  /** when the oldest on the page was opened; null: the page is empty */
  reachedTo: Date | null
  next: string | null
  rateLimit: RateLimit | null
}> {
  const states = asked.onlyOpen ? 'states: [OPEN], ' : ''
  const document = `query PullRequestsFromForks($owner: String!, $name: String!, $after: String) {
    ${rateLimitFields}
    repository(owner: $owner, name: $name) {
      pulls: pullRequests(first: ${pullsAPage}, after: $after, ${states}orderBy: { field: CREATED_AT, direction: DESC }) {
        ${pageInfo} nodes { createdAt state headRepository { databaseId } }
      }
    }
  }`
  const { data, rateLimit, fault } = await ask(client, document, {
    ...{ owner, name },
    after: asked.after,
  })
  const { repository } = Answer.parse(data)
  if (repository === null)
    throw fault ?? new Error('GitHub gave neither pull requests nor a reason')
  const { nodes, next } = Page.parse(repository.pulls)
  const pulls = z.array(Pull).parse(nodes)
  const last = pulls.at(-1)
  return {
    pulls: pulls.flatMap(({ createdAt, state, headRepository }) => {
      const forkId = headRepository?.databaseId
      return forkId == null
        ? []
        : [{ forkId, open: state === 'OPEN', openedAt: new Date(createdAt) }]
    }),
    reachedTo: last === undefined ? null : new Date(last.createdAt),
    next,
    rateLimit,
  }
}
