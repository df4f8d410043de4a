import { z } from 'zod'
import { Instant } from '../../events/payload.ts'
import type { GitHubClient } from '../client.ts'
import { restPage } from '../history/rest-list.ts'

const ListedFork = z.object({
  id: z.int(),
  node_id: z.string(),
  full_name: z.string(),
  private: z.boolean(),
  owner: z.object({ id: z.int() }),
  created_at: Instant,
  pushed_at: Instant.nullish(),
  stargazers_count: z.int(),
  forks_count: z.int(),
  archived: z.boolean().default(false),
  disabled: z.boolean().default(false),
  description: z.string().nullish(),
  has_issues: z.boolean(),
  default_branch: z.string().nullish(),
})

/** A public fork as a list of the REST API shows it. */
export interface ForkByRest {
  id: number
  nodeId: string
  /** `owner/name` */
  fullName: string
  owner: { id: number }
  createdAt: Date
  /** of a fork that nobody pushed to: when upstream was, before it was made; null: never */
  pushedAt: Date | null
  stars: number
  forks: number
  archived: boolean
  disabled: boolean
  description: string | null
  hasIssues: boolean
  /** null: it is empty */
  defaultBranch: string | null
}

/** The first page of a list, oldest first: nothing that is made meanwhile moves it. */
export const firstForks = 'sort=oldest&per_page=100'

/**
 * A page of a repository's own forks, for one request and without a token.
 * @param query `firstForks`, or what the page before gave as `next`
 */
export async function forksByRest(
  client: GitHubClient,
  repository: { owner: string; name: string },
  query: string,
): Promise<{ forks: ForkByRest[]; next: string | null }> {
  const { data, next } = await restPage(client, repository, { list: 'forks', query })
  const listed = z.array(ListedFork).parse(data)
  return { forks: listed.filter((fork) => !fork.private).map(toFork), next }
}

function toFork(listed: z.output<typeof ListedFork>): ForkByRest {
  return {
    id: listed.id,
    nodeId: listed.node_id,
    fullName: listed.full_name,
    owner: listed.owner,
    createdAt: listed.created_at,
    pushedAt: listed.pushed_at ?? null,
    stars: listed.stargazers_count,
    forks: listed.forks_count,
    archived: listed.archived,
    disabled: listed.disabled,
    description: listed.description ?? null,
    hasIssues: listed.has_issues,
    defaultBranch: listed.default_branch ?? null,
  }
}
