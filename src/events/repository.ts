import { z } from 'zod'
import { Author, accountStates, User } from './account.ts'
import type { Recording } from './fact.ts'
import { Instant, parsePayload } from './payload.ts'
import { combined, recording } from './recording.ts'

/** A repository object. */
export const Repository = z.object({
  id: z.int(),
  name: z.string(),
  owner: User,
  default_branch: z.string(),
  private: z.boolean(),
  archived: z.boolean().default(false),
  forks_count: z.int(),
  stargazers_count: z.int(),
  updated_at: Instant,
})
export type Repository = z.output<typeof Repository>

/**
 * A repository as it was at an instant. Forks, stars and much else change what
 * is counted of it, and leave its `updated_at` as it was.
 */
export function repositoryRecording(repository: Repository, at: Date): Recording {
  const { id, name, owner, archived, updated_at: changedAt } = repository
  const seenAt = changedAt > at ? changedAt : at
  const state = {
    id,
    ownerId: owner.id,
    ownerLogin: owner.login,
    ownerType: owner.type,
    name,
    defaultBranch: repository.default_branch,
    private: repository.private,
    archived,
    forks: repository.forks_count,
    stars: repository.stargazers_count,
    seenAt,
  }
  return recording({ repositories: [state], accounts: accountStates([owner], seenAt) })
}

/** What every event of a repository carries. */
export const Envelope = z.object({
  action: z.string().optional(),
  repository: Repository,
  sender: Author,
})

/** `seenAt`: the instant of the event's main object. */
export function envelopeRecording(
  { repository, sender }: z.output<typeof Envelope>,
  seenAt: Date,
): Recording {
  return combined([
    repositoryRecording(repository, seenAt),
    recording({ accounts: accountStates([sender], seenAt) }),
  ])
}

/** What other events are about. GitHub does not sign the event's name, and "deleted" means more here. */
const others = [
  'issue',
  'comment',
  'pull_request',
  'review',
  'discussion',
  'release',
  'forkee',
  'ref',
]

const RepositoryPayload = z
  .looseObject(Envelope.shape)
  .refine((payload) => others.every((name) => !(name in payload)), {
    error: 'has the object of another event',
  })

/** `repository` and `public`: nothing happened that anybody is credited for; the repository looks different. */
export function translateRepository(payload: unknown): Recording {
  const envelope = parsePayload('repository', RepositoryPayload, payload)
  return envelopeRecording(envelope, envelope.repository.updated_at)
}
