import { z } from 'zod'
import type { Deps } from '../src/deps.ts'
import { defaultBranchHead } from '../src/github/default-branch-head.ts'
import { renderDigestFailure, renderDigestSuccess } from '../src/report/digest-failure.ts'
import {
  type DigestStanding,
  digestStandings,
  failedDigestCheck,
  forgetFailedCheck,
  rememberFailedCheck,
} from '../src/store/digest-checks.ts'
import { publishableRepository, type TrackedRepository } from '../src/store/repositories.ts'
import { wantWork, wasWanted } from '../src/store/work.ts'
import { configurationOf } from './configuration.ts'

export const payload = z.object({ repositoryId: z.int() })

const name = 'Groundswell digest'
const noAnnotations = { path: '', problems: [] }

/**
 * Promises to tell where a digest failed, or works again, once a week and
 * repository each: what GitHub refuses is not asked of it every few minutes.
 */
export async function scheduleDigestChecks({ db, now, queue }: Deps): Promise<void> {
  for (const { repositoryId, week, isUnderWay, failures } of await digestStandings(db)) {
    // What is tried again may still go well.
    if (isUnderWay) continue
    const key = `${repositoryId}/${week}/${failures.length > 0 ? 'failure' : 'success'}`
    if (await wasWanted(db, 'check-digests', key)) continue
    await wantWork(db, { job: 'check-digests', key, payload: { repositoryId } }, now())
    await queue.enqueue([{ name: 'check-digests', key }])
  }
}

/**
 * Tells on the default branch that a digest failed, and why; once digests work
 * again the same check says so. As long as all is well there is none. A retry
 * sets the same check.
 */
export async function checkDigests(
  { repositoryId }: z.output<typeof payload>,
  deps: Deps,
): Promise<void> {
  const repository = await publishableRepository(deps.db, repositoryId)
  const all = await digestStandings(deps.db)
  const standing = all.find((each) => each.repositoryId === repositoryId)
  if (repository === null || standing === undefined || standing.isUnderWay) return
  if (standing.failures.length > 0) await tellFailure(repository, standing, deps)
  else await tellSuccess(repository, standing, deps)
}

async function tellFailure(
  repository: TrackedRepository,
  { week, failures }: DigestStanding,
  { db, defaults, github, publisher, log }: Deps,
): Promise<void> {
  const { id: repositoryId, installationId, ownerLogin: owner } = repository
  log.error({ repository: repositoryId, week, failures }, 'A digest failed')
  const octokit = await github.installation({ installationId, repositoryId, purpose: 'posts' })
  const sha = await defaultBranchHead(octokit, { owner, name: repository.name })
  if (sha === null) return
  const text = renderDigestFailure(week, failures, configurationOf(repository, defaults))
  await publisher.check(repository, { sha, name, conclusion: 'failure', ...text, ...noAnnotations })
  await rememberFailedCheck(db, repositoryId, { week, sha })
}

async function tellSuccess(
  repository: TrackedRepository,
  { week }: DigestStanding,
  { db, defaults, publisher, log }: Deps,
): Promise<void> {
  const told = await failedDigestCheck(db, repository.id)
  if (told === null) return
  const text = renderDigestSuccess(week, configurationOf(repository, defaults))
  const check = { sha: told.sha, name, conclusion: 'success' as const, ...text, ...noAnnotations }
  await publisher.check(repository, check)
  await forgetFailedCheck(db, repository.id)
  log.info({ repository: repository.id, week }, 'Digests work again')
}
