import type { RepositoryConfiguration } from '../config/repository.ts'
import type { Deps } from '../src/deps.ts'
import { weekOf } from '../src/metrics/window.ts'
import type { Outcome, Post } from '../src/publish/publisher.ts'
import { renderDigestSoFar } from '../src/report/digest-so-far.ts'
import type { TrackedRepository } from '../src/store/repositories.ts'
import { weekRuleOf } from './configuration.ts'
import { placeOf } from './place.ts'
import { composeDigest } from './publish-digest.ts'

/** The digest of the week that is not over, in one comment a thread: asked for again, it is edited. */
export async function postDigestSoFar(
  repository: TrackedRepository,
  target: Extract<Post['target'], { thread: number }>,
  configuration: RepositoryConfiguration,
  deps: Deps,
): Promise<Outcome> {
  const { now, publisher } = deps
  const week = { ...weekOf(now(), weekRuleOf(configuration)), to: now() }
  const digest = await composeDigest(repository, week, deps)
  const place = placeOf(repository, configuration, deps)
  return await publisher.publish({
    repository,
    kind: 'digest-so-far',
    key: String(target.thread),
    body: renderDigestSoFar(digest?.body ?? null, week, place),
    target,
    budget: configuration.postsPerDay,
  })
}
