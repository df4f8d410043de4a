import { z } from 'zod'
import type { Deps } from '../src/deps.ts'
import { recording } from '../src/events/recording.ts'
import { signatureOf } from '../src/events/signature.ts'
import { type CommitAuthor, commitAuthors, mostCommits } from '../src/github/commit-authors.ts'
import { failureOf } from '../src/github/failure.ts'
import { TooMuch } from '../src/github/history/request.ts'
import { record } from '../src/store/record.ts'
import { publishableRepository, type TrackedRepository } from '../src/store/repositories.ts'
import { keepAnswers, type UnknownSignature, unknownSignatures } from '../src/store/signatures.ts'

export const payload = z.object({ repositoryId: z.int() })

/**
 * Asks GitHub whose the signatures are that lead to no account, by one commit of
 * each. A retry goes on with those that have no answer yet.
 */
export async function resolveSignatures(
  { repositoryId }: z.output<typeof payload>,
  deps: Deps,
): Promise<void> {
  const { db, now, log } = deps
  const repository = await publishableRepository(db, repositoryId)
  if (repository === null) return
  let limit = mostCommits
  for (;;) {
    const unknown = await unknownSignatures(db, repositoryId, { at: now(), limit })
    if (unknown.length === 0) return
    try {
      await resolve(repository, unknown, deps)
    } catch (error) {
      if (error instanceof TooMuch && limit > 1) {
        limit = Math.ceil(limit / 5)
        continue
      }
      const failure = failureOf(error, now())
      if (failure.kind !== 'gone' && failure.kind !== 'refused') throw error
      log.warn({ repository: repositoryId, reason: failure.reason }, 'Signatures stay unknown')
      return
    }
  }
}

async function resolve(
  repository: TrackedRepository,
  unknown: readonly UnknownSignature[],
  { db, github, hashEmail, now }: Deps,
): Promise<void> {
  const { id: repositoryId, installationId, ownerLogin: owner, name } = repository
  const octokit = await github.installation({ installationId, repositoryId, purpose: 'people' })
  const shas = [...new Set(unknown.map(({ sha }) => sha))]
  const authors = await commitAuthors(octokit, { owner, name }, shas)
  const found = new Map<string, NonNullable<CommitAuthor['account']>>()
  for (const { name, email, account } of authors) {
    const signature = signatureOf({ name, email, username: null }, hashEmail)
    if (signature !== null && account !== null) found.set(signature.state.hash, account)
  }
  const at = now()
  const answers = unknown.map(({ hash }) => ({ hash, accountId: found.get(hash)?.id ?? null }))
  const linked = unknown.flatMap(({ hash }) => found.get(hash) ?? [])
  await db.transaction().execute(async (trx) => {
    const accounts = linked.map((account) => ({ ...account, type: 'User' as const, seenAt: at }))
    await record(trx, recording({ accounts }))
    await keepAnswers(trx, answers, at)
  })
}
