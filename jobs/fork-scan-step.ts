import type { Deps } from '../src/deps.ts'
import type { GitHubClient } from '../src/github/client.ts'
import { commitReadingOf } from '../src/store/commit-readings.ts'
import { beginForkScan, type ForkScan } from '../src/store/fork-scans.ts'
import { eraseHiddenForks } from '../src/store/forks.ts'
import { forgetTries } from '../src/store/forks-to-read.ts'
import { pushesWalk, readLists, Walk, wholeWalk } from './fork-lists.ts'
import { compareThroughApi, findUnseen, lookInto, openForks } from './fork-lookups.ts'
import type { ForkStep, Looks } from './fork-step.ts'
import { RequestSizes } from './request-size.ts'

type StepDeps = Pick<Deps, 'db' | 'now'>

/** A fork that nobody pushed to has nothing of its own. */
const pushedOnes: Looks = { evenUntouched: false, most: null }

/** Begins the scan that is promised, where none is under way; one that has ended since is not done twice. */
export async function beginIfIdle(
  repositoryId: number,
  scan: ForkScan,
  { db, now }: StepDeps,
): Promise<void> {
  const isDone = scan.refreshedAt !== null && scan.wantedAt < scan.refreshedAt
  if (scan.startedAt !== null || isDone) return
  // A first scan is always whole: there is nothing yet to add to.
  const walk =
    scan.kind === 'pushes' && scan.pushedTo !== null ? pushesWalk(scan.pushedTo) : wholeWalk
  await db.transaction().execute(async (trx) => {
    await eraseHiddenForks(trx, repositoryId)
    await forgetTries(trx, repositoryId)
    await beginForkScan(trx, repositoryId, {
      at: now(),
      walk,
      kind: walk.kind === 'pushes' ? 'pushes' : 'whole',
    })
  })
}

/**
 * One request of a scan: the lists of forks, forks of forks, those that no list
 * showed, and then what was pushed to. What a killed one told is kept with
 * where the next one begins, or not at all.
 *
 * @param asked `byGit`: branches are compared by git once all ends are known, see `isForGit`
 * @returns false where nothing is left to ask
 */
export async function forkScanStep(
  octokit: GitHubClient,
  repository: ForkStep['repository'],
  asked: { scan: ForkScan; startedAt: Date; byGit: boolean; looks?: Looks },
  { db, now }: StepDeps,
): Promise<boolean> {
  const { scan, startedAt, byGit, looks = pushedOnes } = asked
  const step: ForkStep = {
    octokit,
    repository,
    scan: { ...scan, startedAt },
    sizes: RequestSizes.parse(scan.sizes),
    ...{ byGit, looks, db, now },
  }
  if (scan.walk !== null) {
    await readLists(step, Walk.parse(scan.walk))
    return true
  }
  const isWhole = scan.kind === 'whole'
  return (
    (isWhole && ((await openForks(step)) || (await findUnseen(step)))) ||
    (await lookInto(step)) ||
    (await compareThroughApi(step))
  )
}

/** Where git has read upstream's commits, it compares what is forked from them, for nothing. */
export async function isForGit(
  repositoryId: number,
  scan: ForkScan,
  { db }: Pick<Deps, 'db'>,
): Promise<boolean> {
  const reading = await commitReadingOf(db, repositoryId)
  return reading?.knownTip != null && reading.gitFailure === null && scan.gitFailure === null
}
