import type { Deps } from '../src/deps.ts'
import type { Octokit } from '../src/github/github-app.ts'
import {
  type CommitPage,
  commitHistoryPage,
  defaultBranchTip,
  newCommitsPage,
} from '../src/github/history/commits.ts'
import type { Where } from '../src/github/history/read-history.ts'
import { commitReadingOf, keepCommitReading } from '../src/store/commit-readings.ts'
import type { TrackedRepository } from '../src/store/repositories.ts'
import { beginRange, endRange, recordCommits, type Slice } from './commit-range.ts'

/** Then git is tried again, and another repository has its turn. */
const mostPages = 20

/** Reads commits through GitHub's API: the same facts as by git, but for the areas that they touched. */
export async function readCommitsByApi(
  repository: TrackedRepository,
  octokit: Octokit,
  deps: Deps,
): Promise<Slice> {
  const { db } = deps
  const { id: repositoryId, ownerLogin: owner, name } = repository
  const where = { repositoryId, owner, name }
  const kept = await commitReadingOf(db, repositoryId)
  if (kept === null) return 'all'
  const isUnderWay = kept.tip !== null
  if (!isUnderWay) {
    const tip = await defaultBranchTip(octokit, where)
    if (tip === null || tip === kept.knownTip) return 'all'
    await beginRange(db, repositoryId, { tip, base: kept.knownTip, total: null })
  }
  for (let pages = 0; pages < mostPages; pages += 1) {
    const isRead = await readPage(octokit, where, deps)
    if (isRead) return isUnderWay ? 'more' : 'all'
  }
  return 'more'
}

/** Reads one page of what is under way, and says whether it was the last. */
async function readPage(octokit: Octokit, where: Where, deps: Deps): Promise<boolean> {
  const { db } = deps
  const { repositoryId } = where
  const reading = await commitReadingOf(db, repositoryId)
  if (reading === null || reading.tip === null) return true
  const { tip, base, last } = reading
  // What git has read of it came in another order.
  const { page: after, passed } = last === null ? reading : { page: null, passed: 0 }
  const page =
    base === null
      ? await commitHistoryPage(octokit, where, { tip, after })
      : await newCommitsPage(octokit, where, { base, head: tip, page: after })
  if (page === null) return await beginElsewhere(db, repositoryId, { tip, base })
  const kept = { passed: passed + page.commits.length, last: null, ...toKeep(page) }
  const commits = page.commits
  await recordCommits(repositoryId, { commits, isFromBeginning: base === null, kept }, deps)
  if (page.next !== null) return false
  await endRange(db, repositoryId, tip)
  return true
}

const toKeep = ({ next, total }: CommitPage) => ({ page: next, total })

/** Two histories with nothing in common: all of the new one. One that is gone: whatever is there now. */
async function beginElsewhere(
  db: Deps['db'],
  repositoryId: number,
  { tip, base }: { tip: string; base: string | null },
): Promise<boolean> {
  if (base !== null) {
    await beginRange(db, repositoryId, { tip, base: null, total: null })
    return false
  }
  await keepCommitReading(db, repositoryId, { tip: null })
  return true
}
