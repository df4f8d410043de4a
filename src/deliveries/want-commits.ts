import { z } from 'zod'
import { parsePayload } from '../events/payload.ts'
import { isKnownCommit, wantCommits } from '../store/commit-readings.ts'
import type { Database } from '../store/database.ts'
import { isTracked } from '../store/repositories.ts'
import type { Delivery } from './delivery.ts'

/** GitHub lists no more in a push: https://docs.github.com/webhooks/webhook-events-and-payloads#push */
const mostCommits = 2048

const Payload = z.object({
  ref: z.string(),
  before: z.string(),
  deleted: z.boolean(),
  repository: z.object({ id: z.int(), default_branch: z.string() }),
  commits: z.array(z.unknown()).nullish(),
})

/**
 * `push` to the default branch that does not tell everything: it lists as many
 * commits as it can, or begins where nobody told of. Any other brings its
 * commits with it.
 */
export async function wantMissingCommits(
  delivery: Delivery,
  { db }: { db: Database },
): Promise<void> {
  const push = parsePayload(delivery.name, Payload, delivery.payload)
  const { repository, before, commits } = push
  if (push.deleted || push.ref !== `refs/heads/${repository.default_branch}`) return
  const isCut = (commits?.length ?? 0) >= mostCommits
  if (!isCut && (await isKnownCommit(db, repository.id, before))) return
  if (await isTracked(db, repository.id)) await wantCommits(db, repository.id, delivery.at)
}
