import type { Answered } from '../src/github/forks/answered.ts'
import { compareBranches } from '../src/github/forks/compare-branches.ts'
import type { Compared } from '../src/github/forks/compared.ts'
import { type ForkHeads, forkHeads } from '../src/github/forks/fork-heads.ts'
import { forksById } from '../src/github/forks/forks-by-id.ts'
import { forksOfForks } from '../src/github/forks/forks-of-forks.ts'
import type { Database } from '../src/store/database.ts'
import {
  branchesToCompare,
  type Comparison,
  forgetBranch,
  type HeadPlace,
  keepBranches,
  keepComparison,
  upstreamCommitCount,
  upstreamCommits,
} from '../src/store/fork-heads.ts'
import { keepForkScan } from '../src/store/fork-scans.ts'
import {
  changeForks,
  depthsOf,
  eraseForks,
  keepForks,
  keepInside,
  markGone,
} from '../src/store/forks.ts'
import {
  forksLookedInto,
  forksToLookInto,
  forksToOpen,
  forksUnseen,
} from '../src/store/forks-to-read.ts'
import { askAboutForks, type ForkStep, type Known, sizeNow } from './fork-step.ts'

/** Each of these makes one request where there is something to ask, and says whether it did. */
type Lookup = (step: ForkStep) => Promise<boolean>

/** Forks of forks, which no list of the repository's own shows. */
export const openForks: Lookup = async (step) => {
  const { db, octokit, repository, scan, now } = step
  const wanted = { since: scan.startedAt, limit: sizeNow(step, 'parents') }
  const rows = await forksToOpen(db, repository.id, wanted)
  if (rows.length === 0) return false
  await askAboutForks(step, {
    kind: 'parents',
    rows,
    ask: async (some) => {
      const parents = some.map(({ node_id, forks_after }) => ({
        nodeId: node_id,
        after: forks_after,
      }))
      const { pages, ...paid } = await forksOfForks(octokit, parents)
      return { ...paid, answers: pages }
    },
    keep: async (trx, told) => {
      const at = now()
      const forks = told.flatMap(({ row, answer }) =>
        answer.kind === 'absent'
          ? []
          : answer.value.forks.map((fork) => ({
              ...fork,
              parentId: row.fork_id,
              depth: row.depth + 1,
            })),
      )
      await keepForks(trx, repository.id, { forks, at, upstreamDescription: scan.description })
      for (const { row, answer } of told) {
        const next = answer.kind === 'absent' ? null : answer.value.next
        const change = { forks_after: next, ...(next === null && { forks_read_at: at }) }
        await changeForks(trx, repository.id, [row.fork_id], change)
      }
    },
  })
  return true
}

/** What no list showed is gone only if GitHub says so: it may have another parent by now. */
export const findUnseen: Lookup = async (step) => {
  const { db, octokit, repository, scan, now } = step
  const wanted = { since: scan.startedAt, limit: sizeNow(step, 'unseen') }
  const rows = await forksUnseen(db, repository.id, wanted)
  if (rows.length === 0) return false
  await askAboutForks(step, {
    kind: 'unseen',
    rows,
    ask: async (some) => {
      const { found, ...paid } = await forksById(octokit, nodeIdsOf(some))
      return { ...paid, answers: found }
    },
    keep: async (trx, told) => {
      for (const { row, answer } of told) {
        if (answer.kind === 'absent') await markGone(trx, repository.id, gone(row, now()))
        else await keepFound(trx, step, { ...answer.value, id: row.fork_id, depth: null })
      }
    },
  })
  return true
}

/** Branches of forks that were pushed to. */
export const lookInto: Lookup = async (step) => {
  const { db, octokit, repository, scan, byGit, now } = step
  const { defaultBranch } = scan
  // An empty repository has nothing that anybody could be ahead of.
  if (defaultBranch === null) return false
  const { evenUntouched, most } = step.looks
  const left = most === null ? null : most - (await forksLookedInto(db, repository.id))
  const limit = Math.min(sizeNow(step, 'heads'), left ?? Number.POSITIVE_INFINITY)
  if (limit <= 0) return false
  const rows = await forksToLookInto(db, repository.id, { evenUntouched, limit })
  if (rows.length === 0) return false
  const upstream = { owner: repository.owner, name: repository.name, defaultBranch }
  const seen = { branch: null as string | null }
  await askAboutForks(step, {
    kind: 'heads',
    rows,
    ask: async (some) => {
      const asked = { nodeIds: nodeIdsOf(some), compare: !byGit }
      const { heads, upstreamBranch, ...paid } = await forkHeads(octokit, upstream, asked)
      seen.branch = upstreamBranch
      return { ...paid, answers: heads }
    },
    keep: async (trx, told) => {
      await keepUpstreamBranch(trx, step, seen.branch)
      const known = {
        commits: await knownUpstream(trx, repository.id, told),
        count: byGit ? null : await upstreamCommitCount(trx, repository.id),
      }
      for (const { row, answer } of told) {
        if (answer.kind === 'absent') await markGone(trx, repository.id, gone(row, now()))
        else await keepHeads(trx, step, { row, heads: answer.value, known })
      }
    },
  })
  return true
}

/** Where git does not compare: branches that moved since they were compared. */
export const compareThroughApi: Lookup = async (step) => {
  const { db, octokit, repository, scan, byGit } = step
  const { defaultBranch } = scan
  if (byGit || defaultBranch === null) return false
  const rows = await branchesToCompare(db, repository.id, sizeNow(step, 'branches'))
  if (rows.length === 0) return false
  const upstream = { owner: repository.owner, name: repository.name, defaultBranch }
  const seen = { branch: null as string | null }
  await askAboutForks(step, {
    kind: 'branches',
    rows,
    ask: async (some) => {
      const asked = some.map(({ node_id, branch }) => ({ nodeId: node_id, branch }))
      const { branches, upstreamBranch, ...paid } = await compareBranches(octokit, upstream, asked)
      seen.branch = upstreamBranch
      return { ...paid, answers: branches.map(withoutUntold) }
    },
    keep: async (trx, told) => {
      await keepUpstreamBranch(trx, step, seen.branch)
      const count = await upstreamCommitCount(trx, repository.id)
      for (const { row, answer } of told) {
        const place = { repositoryId: repository.id, forkId: row.fork_id, branch: row.branch }
        if (answer.kind === 'absent') await forgetBranch(trx, place)
        else await keepCompared(trx, step, { place, count, ...answer.value })
      }
    },
  })
  return true
}

const nodeIdsOf = (rows: readonly { node_id: string }[]) => rows.map(({ node_id }) => node_id)
const gone = ({ fork_id }: { fork_id: number }, at: Date) => ({ ids: [fork_id], at })

type Outcome = Compared | 'nothing in common' | null

/** What GitHub compared with something else is asked again, and not for ever. */
function withoutUntold<Value extends { compared: Outcome }>(
  answer: Answered<Value>,
): Answered<Value> {
  const isUntold = answer.kind === 'told' && answer.value.compared === null
  return isUntold ? { kind: 'failed' } : answer
}

async function keepUpstreamBranch(
  trx: Database,
  { repository, scan }: ForkStep,
  name: string | null,
) {
  if (name === null || name === scan.defaultBranch) return
  await keepForkScan(trx, repository.id, { default_branch: name })
}

type Found = Pick<ForkHeads, 'fork' | 'parentId'> & {
  id: number
  /** where its parent is not known; null: then it is no fork of this network any more */
  depth: number | null
}

/** False: it is private by now and forgotten, or belongs elsewhere. */
async function keepFound(trx: Database, step: ForkStep, { id, fork, parentId, ...found }: Found) {
  const { repository, scan, now } = step
  const depth = (await depthBelow(trx, repository.id, parentId)) ?? found.depth
  if (fork === null) await eraseForks(trx, repository.id, [id])
  else if (depth === null) await markGone(trx, repository.id, { ids: [id], at: now() })
  else {
    const forks = [{ ...fork, parentId, depth }]
    await keepForks(trx, repository.id, { forks, at: now(), upstreamDescription: scan.description })
    return true
  }
  return false
}

async function depthBelow(db: Database, repositoryId: number, parentId: number | null) {
  if (parentId === null) return null
  if (parentId === repositoryId) return 1
  const depth = (await depthsOf(db, repositoryId, [parentId])).get(parentId)
  return depth === undefined ? null : depth + 1
}

/** Commits among the branches that upstream is known to have. */
async function knownUpstream(
  db: Database,
  repositoryId: number,
  told: readonly { answer: Known<ForkHeads> }[],
): Promise<Set<string>> {
  const shas = told.flatMap(({ answer }) =>
    answer.kind === 'absent' ? [] : answer.value.branches.map(({ sha }) => sha),
  )
  return await upstreamCommits(db, repositoryId, shas)
}

async function keepHeads(
  trx: Database,
  step: ForkStep,
  {
    row,
    heads,
    known,
  }: {
    row: { fork_id: number; depth: number }
    heads: ForkHeads
    /** of upstream's default branch: those among the heads, and how many there are */
    known: { commits: ReadonlySet<string>; count: number | null }
  },
): Promise<void> {
  const { repository } = step
  const { fork_id: id, depth } = row
  if (!(await keepFound(trx, step, { ...heads, id, depth }))) return
  const { defaultBranch, compared } = heads
  const branches = heads.branches.filter(
    ({ name, sha }) => name === defaultBranch || !known.commits.has(sha),
  )
  await keepBranches(trx, repository.id, { forkId: id, branches, at: step.now() })
  const inside = {
    default_branch: defaultBranch,
    releases: heads.releases,
    threads: heads.threads,
    outside_contributors: heads.outsideContributors,
    branches: heads.branchCount,
  }
  await keepInside(trx, { repositoryId: repository.id, forkId: id }, inside)
  const head = branches.find(({ name }) => name === defaultBranch)
  if (head === undefined || compared === null) return
  const place = { repositoryId: repository.id, forkId: id, branch: head.name }
  await keepCompared(trx, step, { place, sha: head.sha, compared, count: known.count })
}

async function keepCompared(
  trx: Database,
  { now }: ForkStep,
  {
    place,
    sha,
    compared,
    count,
  }: { place: HeadPlace; sha: string; compared: Outcome; count: number | null },
): Promise<void> {
  if (compared === null) return
  const told: Comparison =
    compared === 'nothing in common'
      ? {
          ...{ sha, against: null, against_commits: null, ahead: null, behind: null, lane: 'api' },
          problem: 'GitHub finds no commit in common with upstream',
        }
      : {
          ...compared,
          ...{ sha, lane: 'api', problem: null },
          against_commits: count,
        }
  await keepComparison(trx, place, { ...told, at: now() })
}
