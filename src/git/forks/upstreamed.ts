import type { GitRepository } from '../repository.ts'
import { changesOf, type Range } from './changes.ts'
import { fingerprintOf } from './fingerprint.ts'
import type { ForkCommit } from './fork-commit.ts'
import { mainLineRanges } from './main-line.ts'
import { type FetchBlobs, patchIdsOf } from './patch-ids.ts'
import { askAboutEach } from './readable.ts'
import { type Run, runsEndingAt } from './runs.ts'
import { isUpstream, placesIn, type Upstream } from './upstream.ts'

/** Which of a fork's commits upstream holds in another form. */
export interface Upstreamed {
  /** the commit → places upstream of what is the same; a squash stands for several commits, a copy for none */
  places: Map<string, readonly number[]>
  /** commits of which it cannot be told, since a file's content is missing or damaged */
  undecided: Set<string>
}

/** A history that begins with the very files that upstream once had. */
export function isCopy({ byTree }: Upstream, { parents, tree }: ForkCommit): boolean {
  return parents.length === 0 && byTree.has(tree)
}

/** What may be upstream already, but for the content of its files. */
interface Candidate {
  range: Range
  commits: readonly string[]
  places: readonly number[]
}

interface Search {
  repository: GitRepository
  upstream: Upstream
  commits: ReadonlyMap<string, ForkCommit>
  heads: readonly string[]
  fetchBlobs: FetchBlobs | null
}

/** Of how many rows that end with one commit the patches are compared; only files that change all the time have more. */
const mostCandidatesAnEnd = 6

/** A commit that could be original: it changes something by itself, and is not upstream as it is. */
export function isCandidate(upstream: Upstream, { sha, parents }: ForkCommit): boolean {
  return parents.length < 2 && !isUpstream(upstream, sha)
}

/**
 * Finds what was picked, rebased or squashed into upstream. Paths are compared
 * first, then paths with contents, by their ids; patches are only made of what
 * touches the same paths and differs, so that the work grows with the fork's
 * own commits.
 */
export async function findUpstreamed(search: Search): Promise<Upstreamed> {
  const { upstream, commits } = search
  const found: Upstreamed = { places: new Map(), undecided: new Set() }
  const candidates: Candidate[] = []
  for (const commit of commits.values()) {
    if (!isCandidate(upstream, commit)) continue
    if (isCopy(upstream, commit)) note(found, [commit.sha], [])
    candidates.push(...candidatesAt(commit, search, found))
  }
  candidates.push(...(await mainLineCandidates(search, found)))
  await comparePatches(search, candidates, found)
  return found
}

function candidatesAt(end: ForkCommit, { upstream, commits }: Search, found: Upstreamed) {
  const candidates: Candidate[] = []
  for (const run of runsEndingAt(end, commits, (commit) => isCandidate(upstream, commit))) {
    const candidate = candidateOf(upstream, run, found)
    if (candidate === null) continue
    // The longest one goes back to where the row began, and is kept.
    if (candidates.length === mostCandidatesAnEnd) candidates.pop()
    candidates.push(candidate)
  }
  return candidates
}

/** Null where upstream has nothing that touches the same paths, or has the very same change. */
function candidateOf(upstream: Upstream, run: Run, found: Upstreamed): Candidate | null {
  const places = placesIn(upstream, upstream.byPaths, run.paths)
  if (places.length === 0) return null
  const same = placesIn(upstream, upstream.byContent, run.content())
  if (same.length === 0) return { range: run.range, commits: run.commits(), places }
  note(found, run.commits(), same)
  return null
}

/** Whole branches that were squashed after upstream had been merged into them. */
async function mainLineCandidates(search: Search, found: Upstreamed): Promise<Candidate[]> {
  const { repository, upstream } = search
  const ranges = mainLineRanges(search)
  const candidates: Candidate[] = []
  await askAboutEach(ranges, async (part) => {
    const changes = await changesOf(
      repository,
      part.map(({ range }) => range),
    )
    part.forEach(({ range, commits }, index) => {
      const fingerprint = fingerprintOf(changes[index] ?? [])
      if (fingerprint === null) return
      const run = { range, commits, paths: fingerprint.paths, content: () => fingerprint.content }
      const candidate = candidateOf(upstream, run, found)
      if (candidate !== null) candidates.push(candidate)
    })
  })
  return candidates
}

async function comparePatches(
  { repository, upstream, fetchBlobs }: Search,
  candidates: readonly Candidate[],
  found: Upstreamed,
): Promise<void> {
  const open = candidates.filter(({ commits }) => commits.some((sha) => !found.places.has(sha)))
  const unknown = [...new Set(open.flatMap(({ places }) => places))].filter(
    (place) => !upstream.patchIds.has(place),
  )
  const upstreamRanges = new Map(unknown.map((place) => [place, rangeOf(upstream, place)]))
  const ids = await patchIdsOf(
    repository,
    [...upstreamRanges.values(), ...open.map(({ range }) => range)],
    fetchBlobs,
  )
  for (const [place, range] of upstreamRanges) {
    const id = ids.get(range)
    if (id !== undefined) upstream.patchIds.set(place, id)
  }
  for (const { range, commits, places } of open) {
    const id = ids.get(range)
    const same = places.filter((place) => id !== undefined && upstream.patchIds.get(place) === id)
    const isTold = id !== undefined && places.every((place) => upstream.patchIds.has(place))
    if (same.length > 0) note(found, commits, same)
    else if (!isTold) for (const sha of commits) found.undecided.add(sha)
  }
  for (const sha of found.places.keys()) found.undecided.delete(sha)
}

function rangeOf({ commits }: Upstream, place: number): Range {
  const commit = commits[place]
  const [parent = -1] = commit?.parents ?? []
  return { from: commits[parent]?.sha ?? null, to: commit?.sha ?? '' }
}

function note(found: Upstreamed, commits: readonly string[], places: readonly number[]): void {
  for (const sha of commits) found.places.set(sha, [...(found.places.get(sha) ?? []), ...places])
}
