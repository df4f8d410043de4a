import { type Author, accountStates } from './account.ts'
import type { FactKind, Recording } from './fact.ts'
import { Instant, parsePayload } from './payload.ts'
import { combined, recording } from './recording.ts'
import { Envelope, envelopeRecording } from './repository.ts'
import { momentKey } from './thread.ts'

/** The field is always there: without it, this is another event's payload under this one's name. */
const Payload = Envelope.extend({ starred_at: Instant.nullable() })

export function translateStar(payload: unknown): Recording {
  const event = parsePayload('star', Payload, payload)
  const { action, repository, sender, starred_at: starredAt } = event
  // GitHub sends no instant for a star taken back; it touches the repository at that moment
  const occurredAt = (action === 'deleted' ? null : starredAt) ?? repository.updated_at
  const kind = action === 'created' ? 'star.created' : action === 'deleted' ? 'star.deleted' : null
  return combined([
    envelopeRecording(event, occurredAt),
    kind === null
      ? recording({})
      : starRecording(kind, repository.id, { account: sender, occurredAt }),
  ])
}

/** A star given or taken back. Nothing for an account that is gone: its star has no key. */
export function starRecording(
  kind: FactKind,
  repositoryId: number,
  { account, occurredAt }: { account: Author; occurredAt: Date },
): Recording {
  if (account === null) return recording({})
  return recording({
    facts: [
      {
        kind,
        repositoryId,
        key: momentKey(account.id, occurredAt),
        occurredAt,
        accountId: account.id,
        signature: null,
        thread: null,
        detail: {},
      },
    ],
    accounts: accountStates([account], occurredAt),
  })
}
