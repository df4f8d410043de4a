import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Surroundings } from '../../config/surroundings.ts'
import type { Commit } from '../events/commit.ts'
import { FetchFailed } from '../git/fetch-failure.ts'
import { fetchRefs, type Mirror, openMirror } from '../git/mirror.ts'
import { newCommits } from '../git/new-commits.ts'
import { readAreas, readHistory } from '../git/read-history.ts'
import { commitBefore, commitNamed } from '../git/repository.ts'
import type { Window } from '../metrics/window.ts'
import { type CommitSummary, commitSummary } from '../people/commit-summary.ts'
import { newTally } from '../people/commit-tally.ts'

interface CloneRequest {
  /** `https://github.com/owner/name.git` */
  url: string
  token: string | null
  surroundings: Surroundings
  repositoryId: number
  window: Window
  /** from when on single commits are wanted */
  since: Date
}

/** What a partial clone tells of the default branch; of an empty repository nothing. */
export interface ClonedCommits {
  summary: CommitSummary
  areas: { area: string; commits: number }[]
}

/** A partial clone has all commits. */
const known = { earlierHistory: true }

/** Commits that are handed over at a time. */
const batchSize = 500

/**
 * Reads the default branch's history from a partial clone, without files, in a
 * temporary folder: git costs nothing of GitHub's limits. Commits since
 * `request.since` are handed over one batch at a time.
 * @throws FetchFailed where git cannot fetch
 */
export async function clonedCommits(
  request: CloneRequest,
  onCommits: (commits: Commit[]) => Promise<void>,
): Promise<ClonedCommits> {
  const folder = await mkdtemp(join(tmpdir(), 'groundswell-'))
  try {
    const { repositoryId, surroundings: environment } = request
    const mirror = await openMirror({ dataDirectory: folder, repositoryId, environment })
    const tip = await fetchedTip(mirror, request)
    if (tip === null) return { summary: commitSummary(newTally(), known), areas: [] }
    return await readClone(mirror, { ...request, tip }, onCommits)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const head = 'refs/upstream/HEAD'

async function fetchedTip(mirror: Mirror, { url, token }: CloneRequest): Promise<string | null> {
  try {
    await fetchRefs(mirror, { source: { url, token }, refspecs: [`+HEAD:${head}`] })
  } catch (error) {
    if (error instanceof FetchFailed && error.kind === 'no ref') return null
    throw error
  }
  return await commitNamed(mirror, head)
}

async function readClone(
  mirror: Mirror,
  { tip, window, since }: CloneRequest & { tip: string },
  onCommits: (commits: Commit[]) => Promise<void>,
): Promise<ClonedCommits> {
  const range = { tip, base: null, ...window }
  const [tally] = await readHistory(mirror, [range])
  if (tally === undefined) throw new Error('A range was read, and nothing came of it')
  const base = await commitBefore(mirror, { tip, before: since })
  for await (const batch of newCommits(mirror, { tip, base }, { skip: 0, batch: batchSize })) {
    await onCommits(batch.filter(({ occurredAt }) => occurredAt >= since))
  }
  const areas = [...(await readAreas(mirror, range))]
    .toSorted(([a, inA], [b, inB]) => inB - inA || (a < b ? -1 : 1))
    .map(([area, commits]) => ({ area, commits }))
  return { summary: commitSummary(tally, known), areas }
}
