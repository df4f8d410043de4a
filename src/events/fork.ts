import { z } from 'zod'
import { accountStates, User } from './account.ts'
import type { Recording } from './fact.ts'
import { Instant, parsePayload } from './payload.ts'
import { combined, recording } from './recording.ts'
import { Envelope, envelopeRecording } from './repository.ts'

/** The new repository that a fork is. */
export const Forkee = z.object({
  id: z.int(),
  full_name: z.string(),
  private: z.boolean(),
  owner: User,
  created_at: Instant,
})
export type Forkee = z.output<typeof Forkee>

/** A fork is credited to its owner, which is an organisation when it was made there. */
export function forkRecording(repositoryId: number, forkee: Forkee): Recording {
  const { id, owner, created_at: occurredAt } = forkee
  return recording({
    facts: [
      {
        kind: 'fork',
        repositoryId,
        key: String(id),
        occurredAt,
        accountId: owner.id,
        signature: null,
        thread: null,
        detail: forkee.private ? {} : { fullName: forkee.full_name },
      },
    ],
    accounts: accountStates([owner], occurredAt),
  })
}

const Payload = Envelope.extend({ forkee: Forkee })

export function translateFork(payload: unknown): Recording {
  const event = parsePayload('fork', Payload, payload)
  const { repository, forkee } = event
  return combined([
    envelopeRecording(event, forkee.created_at),
    forkRecording(repository.id, forkee),
  ])
}
