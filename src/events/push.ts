import { z } from 'zod'
import { type Commit, commitRecording } from './commit.ts'
import { commitInstant } from './commit-instant.ts'
import type { Recording } from './fact.ts'
import { Instant, parsePayload } from './payload.ts'
import { combined } from './recording.ts'
import { Envelope, envelopeRecording, Repository } from './repository.ts'
import type { HashEmail } from './signature.ts'

const PushedCommit = z
  .object({
    id: z.string(),
    message: z.string(),
    timestamp: Instant.transform(commitInstant),
    author: z.object({
      name: z.string().nullish(),
      email: z.string().nullish(),
      username: z.string().nullish(),
    }),
    added: z.array(z.string()).default([]),
    removed: z.array(z.string()).default([]),
    modified: z.array(z.string()).default([]),
  })
  .transform(
    ({ id, message, timestamp, author, added, removed, modified }): Commit => ({
      sha: id,
      occurredAt: timestamp,
      message,
      author: {
        name: author.name ?? '',
        email: author.email ?? '',
        username: author.username ?? null,
      },
      paths: [...added, ...removed, ...modified],
    }),
  )

const Payload = Envelope.extend({
  ref: z.string(),
  deleted: z.boolean(),
  commits: z.array(PushedCommit),
  repository: Repository.extend({ pushed_at: Instant.nullish() }),
})

/**
 * Commits count once they are on the default branch, by their SHA: those that
 * another branch or a forced push brought before are the same commits.
 */
export function translatePush(payload: unknown, hashEmail: HashEmail): Recording {
  const event = parsePayload('push', Payload, payload)
  const { ref, deleted, commits, repository } = event
  const counts = !deleted && ref === `refs/heads/${repository.default_branch}`
  return combined([
    envelopeRecording(event, repository.pushed_at ?? repository.updated_at),
    ...(counts ? commits : []).map((commit) => commitRecording(repository.id, commit, hashEmail)),
  ])
}
