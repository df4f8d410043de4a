import type { Author } from './account.ts'
import type { Fact, FactKind, Recording } from './fact.ts'
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
    recording({
      facts: kind === null ? [] : starFacts(kind, repository.id, { account: sender, occurredAt }),
    }),
  ])
}

/** Nothing for an account that is gone: its star has no key. */
function starFacts(
  kind: FactKind,
  repositoryId: number,
  { account, occurredAt }: { account: Author; occurredAt: Date },
): Fact[] {
  if (account === null) return []
  return [
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
  ]
}
