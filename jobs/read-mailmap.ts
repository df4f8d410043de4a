import { z } from 'zod'
import type { Deps } from '../src/deps.ts'
import { recording } from '../src/events/recording.ts'
import { fileText } from '../src/github/configuration-file.ts'
import { mailmapEvidence, readMailmap } from '../src/people/mailmap.ts'
import { replaceEvidence } from '../src/store/evidence.ts'
import { publishableRepository } from '../src/store/repositories.ts'
import { withoutForgotten } from '../src/store/without-forgotten.ts'

export const payload = z.object({ repositoryId: z.int() })

/** Reads what the repository's `.mailmap` says about who is who. A retry reads the same file, and keeps the same. */
export async function readRepositoryMailmap(
  { repositoryId }: z.output<typeof payload>,
  { db, github, hashEmail, log }: Deps,
): Promise<void> {
  const repository = await publishableRepository(db, repositoryId)
  if (repository === null) return
  const { installationId, ownerLogin: owner, name } = repository
  const octokit = await github.installation({ installationId, repositoryId, purpose: 'people' })
  const text = await fileText(octokit, { owner, name, path: '.mailmap', ref: null })
  if (text !== null && typeof text !== 'string') {
    log.warn({ repository: repositoryId }, 'The .mailmap is too large; what it said before stays')
    return
  }
  const evidence = mailmapEvidence(repositoryId, readMailmap(text ?? ''), hashEmail)
  await db.transaction().execute(async (trx) => {
    const told = await withoutForgotten(trx, recording({ evidence }))
    await replaceEvidence(trx, told.evidence, { repositoryId, source: 'mailmap' })
  })
}
