import { z } from 'zod'
import type { Recording } from '../events/fact.ts'
import { Repository, repositoryRecording } from '../events/repository.ts'
import type { GitHubClient } from './client.ts'

const Shown = z.object({
  id: z.int(),
  name: z.string(),
  full_name: z.string(),
  owner: z.object({ login: z.string() }),
  created_at: z.string(),
  private: z.boolean(),
  parent: z.object({ full_name: z.string() }).nullish(),
  source: z.object({ full_name: z.string() }).nullish(),
})
const Headers = z.object({
  'x-ratelimit-remaining': z.coerce.number().int().optional(),
  'x-ratelimit-reset': z.coerce.number().int().optional(),
})

/** A repository as GitHub shows it to whoever asks. */
export interface PublicRepository {
  id: number
  owner: string
  name: string
  /** as GitHub calls it now, which after a renaming is not what was asked for */
  fullName: string
  createdAt: Date
  /** `owner/name`; null: it is no fork */
  forkOf: string | null
  /** `owner/name` of what the network of a fork began with; null: it is no fork */
  root: string | null
  private: boolean
  stars: number
  forks: number
  recording: Recording
  /** of the REST API, before the hour is over; null where GitHub has no limit */
  requestsLeft: number | null
  resetsAt: Date | null
}

/** One request. Where a repository was renamed, GitHub leads on to it. */
export async function publicRepository(
  client: GitHubClient,
  { owner, name, readAt }: { owner: string; name: string; readAt: Date },
): Promise<PublicRepository> {
  const { data, headers } = await client.request({
    method: 'GET',
    url: '/repos/{owner}/{repo}',
    owner,
    repo: name,
  })
  const shown = Shown.parse(data)
  const state = Repository.parse(data)
  const { 'x-ratelimit-remaining': left, 'x-ratelimit-reset': reset } = Headers.parse(headers)
  return {
    id: shown.id,
    owner: shown.owner.login,
    name: shown.name,
    fullName: shown.full_name,
    createdAt: new Date(shown.created_at),
    forkOf: shown.parent?.full_name ?? null,
    root: shown.source?.full_name ?? shown.parent?.full_name ?? null,
    private: shown.private,
    stars: state.stargazers_count,
    forks: state.forks_count,
    recording: repositoryRecording(state, readAt),
    requestsLeft: left ?? null,
    resetsAt: reset === undefined ? null : new Date(reset * 1000),
  }
}
