import { z } from 'zod'
import { Author, accountStates } from './account.ts'
import type { Recording } from './fact.ts'
import { Instant, parsePayload } from './payload.ts'
import { combined, recording } from './recording.ts'
import { Envelope, envelopeRecording } from './repository.ts'

/** A release object. */
export const Release = z.object({
  id: z.int(),
  tag_name: z.string(),
  draft: z.boolean(),
  author: Author,
  created_at: Instant.nullish(),
  published_at: Instant.nullish(),
})
export type Release = z.output<typeof Release>

/** Nothing for a draft: it is not out. */
export function releaseRecording(repositoryId: number, release: Release): Recording {
  const { id, tag_name: tag, author, draft, published_at: publishedAt } = release
  if (draft || publishedAt == null) return recording({})
  return recording({
    facts: [
      {
        kind: 'release.published',
        repositoryId,
        key: String(id),
        occurredAt: publishedAt,
        accountId: author?.id ?? null,
        signature: null,
        thread: null,
        detail: { tag },
      },
    ],
    accounts: accountStates([author], publishedAt),
  })
}

const Payload = Envelope.extend({ release: Release })

export function translateRelease(payload: unknown): Recording {
  const event = parsePayload('release', Payload, payload)
  const { action, repository, release } = event
  const seenAt = release.published_at ?? release.created_at ?? repository.updated_at
  const envelope = envelopeRecording(event, seenAt)
  if (action === 'deleted' || action === 'unpublished') {
    const retraction = {
      kind: 'release.published',
      repositoryId: repository.id,
      key: String(release.id),
    } as const
    return combined([envelope, recording({ retractions: [retraction] })])
  }
  return combined([envelope, releaseRecording(repository.id, release)])
}
