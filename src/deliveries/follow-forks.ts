import { z } from 'zod'
import { User } from '../events/account.ts'
import { Instant } from '../events/payload.ts'
import type { Database } from '../store/database.ts'
import { keepForks } from '../store/forks.ts'
import { isTracked } from '../store/repositories.ts'
import type { Delivery } from './delivery.ts'

const Payload = z.object({
  repository: z.object({ id: z.int(), description: z.string().nullish() }),
  forkee: z.object({
    id: z.int(),
    node_id: z.string(),
    full_name: z.string(),
    private: z.boolean(),
    owner: User,
    created_at: Instant,
    pushed_at: Instant.nullish(),
    stargazers_count: z.int(),
    forks_count: z.int(),
    archived: z.boolean().default(false),
    disabled: z.boolean().default(false),
    description: z.string().nullish(),
    has_issues: z.boolean(),
  }),
})

/**
 * `fork`: a new fork is part of the network at once, and no request is needed
 * for it. One that is told of otherwise than today is found by the next scan.
 */
export async function followForks(delivery: Delivery, { db }: { db: Database }): Promise<void> {
  const { success, data } = Payload.safeParse(delivery.payload)
  if (!success) return
  const { repository, forkee } = data
  if (forkee.private || !(await isTracked(db, repository.id))) return
  const fork = {
    id: forkee.id,
    nodeId: forkee.node_id,
    fullName: forkee.full_name,
    owner: forkee.owner,
    createdAt: forkee.created_at,
    pushedAt: forkee.pushed_at ?? null,
    stars: forkee.stargazers_count,
    forks: forkee.forks_count,
    archived: forkee.archived,
    disabled: forkee.disabled,
    description: forkee.description ?? null,
    hasIssues: forkee.has_issues,
    parentId: repository.id,
    depth: 1,
  }
  await keepForks(db, repository.id, {
    forks: [fork],
    // As old as the event: what a list has shown since is newer, also when the delivery is late.
    at: forkee.created_at,
    upstreamDescription: repository.description ?? null,
  })
}
