import { z } from 'zod'
import type { Deps } from '../src/deps.ts'
import { repositoryUrl } from '../src/github/repository-url.ts'
import { weekNamed } from '../src/metrics/window.ts'
import { digestsHolding, eraseDigest, keptDigest } from '../src/store/digests.ts'
import { publishableRepository } from '../src/store/repositories.ts'
import { sendingsOf } from '../src/store/sendings.ts'
import { wantWork } from '../src/store/work.ts'
import { configurationOf, weekRuleOf } from './configuration.ts'
import { promiseSendings } from './promise-sendings.ts'
import { composeDigest } from './publish-digest.ts'

export const payload = z.object({ repositoryId: z.int(), week: z.string() })

/** Promises to write anew every digest that names somebody who wants to be named no more. */
export async function rewriteDigestsNaming(login: string, deps: Deps): Promise<void> {
  const { db, github, queue, now } = deps
  const profile = repositoryUrl(github, { ownerLogin: login, name: '' }).slice(0, -1)
  for (const digest of await digestsHolding(db, `](${profile})`)) {
    const key = `${digest.repositoryId}/${digest.week}`
    await wantWork(db, { job: 'rewrite-digest', key, payload: digest }, now())
    await queue.enqueue([{ name: 'rewrite-digest', key }])
  }
}

/**
 * Composes a digest that was published once more, and edits it where it stands
 * on GitHub. What went to a chat or by mail cannot be changed any more.
 */
export async function rewriteDigest(
  { repositoryId, week: name }: z.output<typeof payload>,
  deps: Deps,
): Promise<void> {
  const { db, defaults, queue } = deps
  const repository = await publishableRepository(db, repositoryId)
  if (repository === null || (await keptDigest(db, repositoryId, name)) === null) return
  const week = weekNamed(name, weekRuleOf(configurationOf(repository, defaults)))
  const digest = week === null ? null : await composeDigest(repository, week, deps)
  if (digest === null) return await eraseDigest(db, repositoryId, name)
  const sendings = await sendingsOf(db, { repositoryId, week: name })
  const to = sendings.flatMap(({ channel, url }) => (url === null ? [] : [channel]))
  const keys = await promiseSendings(repository, { week: name, digest, to }, deps)
  await queue.enqueue(keys.map((key) => ({ name: 'send-digest' as const, key })))
}
