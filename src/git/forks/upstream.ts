import type { GitRepository } from '../repository.ts'
import { changedCommits } from './changes.ts'
import { type Fingerprint, fingerprintOf } from './fingerprint.ts'
import { presentCommits } from './present.ts'

/** Where upstream's history ends. */
export interface UpstreamHeads {
  /** the default branch's commit: what forks are counted against */
  tip: string
  /** of other branches, and heads of merged pull requests; those that are not here are left out */
  heads: readonly string[]
  /** the commit that a squash made → the head of its pull request; counts where the commit is upstream */
  squashes?: ReadonlyMap<string, string>
}

interface UpstreamCommit {
  sha: string
  /** by their place; always smaller than the commit's own */
  parents: readonly number[]
  /** null for merges and for what changes nothing */
  fingerprint: Fingerprint | null
}

/**
 * What upstream holds, in a form that forks can be compared with. It can be
 * kept, and handed in again to be brought up to date.
 */
export interface Upstream {
  /** the place of the default branch's commit */
  tip: number
  /** parents before children; what upstream once held stays, see `reach` */
  commits: UpstreamCommit[]
  placeOf: Map<string, number>
  /** by place: 2 is in the default branch, 1 elsewhere upstream, 0 not any more */
  reach: Uint8Array
  /** places of commits, by what they change */
  byContent: Map<bigint, number[]>
  byPaths: Map<bigint, number[]>
  /** of trees of the default branch, the commit that first had it */
  byTree: Map<string, string>
  /** by place, as far as they were needed; null where it cannot be told */
  patchIds: Map<number, string | null>
  /** all ends that were read */
  read: readonly string[]
}

/**
 * Reads upstream, or of a known one what is new: each commit once, with the
 * paths it changes, and no file's content.
 *
 * @throws UserError when upstream's own history cannot be read
 */
export async function readUpstream(
  repository: GitRepository,
  { tip, heads, squashes = new Map() }: UpstreamHeads,
  known: Upstream | null = null,
): Promise<Upstream> {
  const ends = [tip, ...heads, ...squashes.values()]
  const there = await presentCommits(repository, [...ends, ...(known?.read ?? [])])
  const isThere = (sha: string) => there.has(sha)
  const upstream = known ?? emptyUpstream()
  const unread = ends.filter((sha) => isThere(sha) && !upstream.placeOf.has(sha))
  // git itself says what is wrong with a tip that is not there.
  const wanted = isThere(tip) ? unread : [tip]
  if (wanted.length > 0) {
    const seen = upstream.read.filter(isThere).map((sha) => `^${sha}`)
    await readInto(upstream, changedCommits(repository, [...wanted, ...seen], ['%H', '%P', '%T']))
  }
  return {
    ...upstream,
    tip: upstream.placeOf.get(tip) ?? -1,
    reach: reachOf(upstream, { tip, heads, squashes }),
    read: ends.filter(isThere),
  }
}

function emptyUpstream(): Upstream {
  return {
    tip: -1,
    commits: [],
    placeOf: new Map(),
    reach: new Uint8Array(),
    byContent: new Map(),
    byPaths: new Map(),
    byTree: new Map(),
    patchIds: new Map(),
    read: [],
  }
}

async function readInto(
  upstream: Upstream,
  history: ReturnType<typeof changedCommits>,
): Promise<void> {
  const { commits, placeOf, byContent, byPaths, byTree } = upstream
  for await (const { fields, changes } of history) {
    const [sha = '', parents = '', tree = ''] = fields
    if (placeOf.has(sha)) continue
    const place = commits.length
    const fingerprint = fingerprintOf(changes)
    placeOf.set(sha, place)
    commits.push({ sha, parents: placesOf(parents, placeOf), fingerprint })
    if (!byTree.has(tree)) byTree.set(tree, sha)
    if (fingerprint !== null) {
      addTo(byContent, fingerprint.content, place)
      addTo(byPaths, fingerprint.paths, place)
    }
  }
}

function placesOf(parents: string, placeOf: ReadonlyMap<string, number>): number[] {
  const shas = parents === '' ? [] : parents.split(' ')
  return shas.map((sha) => placeOf.get(sha)).filter((place) => place !== undefined)
}

function addTo(places: Map<bigint, number[]>, key: bigint, place: number): void {
  const known = places.get(key)
  if (known === undefined) places.set(key, [place])
  else known.push(place)
}

function reachOf(
  { commits, placeOf }: Upstream,
  { tip, heads, squashes = new Map() }: UpstreamHeads,
): Uint8Array {
  const reach = new Uint8Array(commits.length)
  const mark = (shas: Iterable<string>, degree: number) => {
    for (const sha of shas) {
      const place = placeOf.get(sha)
      if (place !== undefined) reach[place] = Math.max(reach[place] ?? 0, degree)
    }
    for (let place = commits.length - 1; place >= 0; place -= 1) {
      for (const parent of commits[place]?.parents ?? []) {
        reach[parent] = Math.max(reach[parent] ?? 0, reach[place] ?? 0)
      }
    }
  }
  mark(heads, 1)
  mark([tip], 2)
  const merged = [...squashes].filter(([merge]) => (reach[placeOf.get(merge) ?? -1] ?? 0) > 0)
  mark(new Set(merged.map(([, head]) => head)), 1)
  return reach
}

/** Where upstream holds one of these, of those it holds still. */
export function placesIn(
  { reach }: Upstream,
  places: ReadonlyMap<bigint, number[]>,
  key: bigint,
): number[] {
  return (places.get(key) ?? []).filter((place) => (reach[place] ?? 0) > 0)
}

export function isUpstream({ placeOf, reach }: Upstream, sha: string): boolean {
  return (reach[placeOf.get(sha) ?? -1] ?? 0) > 0
}
