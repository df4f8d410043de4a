import { z } from 'zod'
import type { Deps } from '../src/deps.ts'
import { faultInLine } from '../src/report/configuration-fault.ts'
import { type KeptDigest, keptDigest } from '../src/store/digests.ts'
import { isPaused } from '../src/store/pauses.ts'
import { publishableRepository, type TrackedRepository } from '../src/store/repositories.ts'
import { failSending, type SendingKey } from '../src/store/sendings.ts'
import { destinationOf } from './destination.ts'
import { postDigest } from './post-digest.ts'
import { sendToChannel } from './send-to-channel.ts'

export const payload = z.object({
  repositoryId: z.int(),
  week: z.string(),
  /** as the configuration names it: `issue`, `slack:community` */
  to: z.string(),
})

/** One digest on its way to one place. */
export interface Errand {
  repository: TrackedRepository
  digest: KeptDigest
  key: SendingKey
}

/** Each place is a job of its own, so that one which refuses holds up no other. */
export async function sendDigest(
  { repositoryId, week, to }: z.output<typeof payload>,
  deps: Deps,
): Promise<void> {
  const { db, environment, now, log } = deps
  const repository = await publishableRepository(db, repositoryId)
  const digest = await keptDigest(db, repositoryId, week)
  if (repository === null || digest === null || (await isPaused(db, repositoryId))) return
  const key = { repositoryId, week, channel: to }
  const destination = destinationOf(to, repository, environment.channels)
  const errand = { repository, digest, key }
  switch (destination.kind) {
    case 'issue':
      return await postDigest(errand, null, deps)
    case 'discussion':
      return await postDigest(errand, destination.category, deps)
    case 'channel':
      return await sendToChannel(errand, destination.channel, deps)
    case 'none': {
      const failure = faultInLine(destination.fault, { language: 'en' })
      log.warn({ repository: repositoryId, week, to, failure }, 'A digest has no such place to go')
      await failSending(db, key, { at: now(), failure, isOpen: true })
    }
  }
}
