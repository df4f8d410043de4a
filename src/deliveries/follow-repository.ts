import { z } from 'zod'
import { parsePayload } from '../events/payload.ts'
import type { Database } from '../store/database.ts'
import { untrack } from '../store/repositories.ts'
import type { Delivery } from './delivery.ts'

const Payload = z.object({ action: z.string(), repository: z.object({ id: z.int() }) })

/** `repository.deleted`: its data is erased after the grace period. Renames and transfers follow from the facts. */
export async function followRepository(
  delivery: Delivery,
  { db }: { db: Database },
): Promise<void> {
  const { action, repository } = parsePayload(delivery.name, Payload, delivery.payload)
  if (action === 'deleted') await untrack(db, repository.id, delivery.at)
}
