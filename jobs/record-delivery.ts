import { z } from 'zod'
import { through } from '../src/deliveries/delivery.ts'
import { identitiesIn } from '../src/deliveries/identities-in.ts'
import { withoutAddresses } from '../src/deliveries/without-addresses.ts'
import type { Deps } from '../src/deps.ts'
import { translators } from '../src/events/index.ts'
import { PayloadMismatch } from '../src/events/payload.ts'
import { Hopeless } from '../src/queue.ts'
import { beginDelivery, finishDelivery, parkDelivery } from '../src/store/deliveries.ts'
import { hashesOf } from '../src/store/forgotten.ts'
import { workWantedSince } from '../src/store/work.ts'

/** A delivery that ended the process so often is parked rather than tried for ever. */
const mostStarts = 50

const known = new Set([...Object.keys(translators), 'installation', 'installation_repositories'])

/**
 * Hands a kept delivery to the App. A retry, or a second worker, repeats all of
 * it and changes nothing: facts merge, and work is promised by key.
 */
export async function recordDelivery(guid: string, deps: Deps): Promise<void> {
  const { db, hashEmail, now, probot, queue, log } = deps
  const delivery = await beginDelivery(db, guid)
  if (delivery === null) return
  const beganAt = now()
  let repositoryId: number | null = null
  const park = async (failure: string) => {
    await parkDelivery(db, guid, { at: now(), failure, repositoryId })
    log.error({ guid, event: delivery.event, failure }, 'A delivery is parked')
    throw new Hopeless(failure)
  }
  if (delivery.attempts > mostStarts) return await park('Recording it never came to an end')

  let body = delivery.body
  try {
    const payload: unknown = JSON.parse(delivery.body)
    if (body.includes('@')) body = JSON.stringify(withoutAddresses(payload, hashEmail))
    if (known.has(delivery.event)) {
      repositoryId = through({ name: delivery.event, payload }).repository?.id ?? null
      const name = delivery.event as 'push' // as: one of `known`
      await probot.webhooks.receive({ id: guid, name, payload: payload as never })
    }
  } catch (error) {
    const mismatch = causesOf(error).find((cause) => cause instanceof PayloadMismatch)
    if (mismatch !== undefined) return await park(mismatch.message)
    throw error
  }
  const wanted = await workWantedSince(db, beganAt)
  const shown = await hashesOf(db, identitiesIn(body))
  await finishDelivery(db, guid, { at: now(), repositoryId, body, shown })
  await queue.enqueue(wanted)
  log.info({ guid, event: delivery.event, repository: repositoryId }, 'Recorded a delivery')
}

const Aggregate = z.looseObject({ errors: z.array(z.unknown()) })

/** Probot throws what handlers threw together in one error. */
function causesOf(error: unknown): Error[] {
  const aggregate = Aggregate.safeParse(error)
  const causes = aggregate.success ? aggregate.data.errors : [error]
  return causes.filter((cause) => cause instanceof Error)
}
