import { z } from 'zod'
import { parsePayload } from '../events/payload.ts'
import type { Database } from '../store/database.ts'
import { isTracked } from '../store/repositories.ts'
import { wantWork } from '../store/work.ts'
import type { Delivery } from './delivery.ts'

const Payload = z.object({
  action: z.string(),
  number: z.int(),
  repository: z.object({ id: z.int() }),
})

/** What makes the comment on a pull request say something else. */
const moves = new Set(['opened', 'reopened', 'ready_for_review', 'closed'])

/** Asks for the comment on a pull request that was opened, got ready or was merged. */
export async function wantSummary(delivery: Delivery, { db }: { db: Database }): Promise<void> {
  const { action, number, repository } = parsePayload(delivery.name, Payload, delivery.payload)
  if (!moves.has(action) || !(await isTracked(db, repository.id))) return
  await wantWork(
    db,
    {
      job: 'summarise-pull-request',
      key: `${repository.id}/${number}`,
      payload: { repositoryId: repository.id, number },
    },
    delivery.at,
  )
}
