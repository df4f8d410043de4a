import type { Upstream } from './upstream.ts'

/** A commit that the default branch of upstream does not have. */
export interface OwnCommit {
  sha: string
  parents: readonly string[]
}

/** How one head stands to upstream's default branch, as `git rev-list --left-right --count` has it. */
export interface Standing {
  ahead: number
  behind: number
  /** common ancestors of which none is an ancestor of another: none, one, or where histories cross several */
  mergeBases: string[]
  /** what it is ahead by */
  own: string[]
}

/**
 * Counts for all heads in one walk over upstream, with a bit a head: asking git
 * for each would walk what it is behind by again and again.
 *
 * @param own every commit of these heads that the default branch lacks
 * @param heads null where neither knows the commit
 */
export function standings(
  upstream: Upstream,
  own: ReadonlyMap<string, OwnCommit>,
  heads: readonly string[],
): (Standing | null)[] {
  const descents = heads.map((head) => descentOf(upstream, own, head))
  const { behind, mergeBases } = walkUpstream(
    upstream,
    descents.map(({ joints }) => joints),
  )
  return descents.map(({ own: ownShas, joints }, index) =>
    ownShas.length === 0 && joints.length === 0
      ? null
      : {
          ahead: ownShas.length,
          behind: behind[index] ?? 0,
          mergeBases: mergeBases[index] ?? [],
          own: ownShas,
        },
  )
}

/** What a head has of its own, and the places where that meets the default branch. */
function descentOf(
  upstream: Upstream,
  own: ReadonlyMap<string, OwnCommit>,
  head: string,
): { own: string[]; joints: number[] } {
  const found = new Set<string>()
  const joints = new Set<number>()
  const waiting = [head]
  for (let sha = waiting.pop(); sha !== undefined; sha = waiting.pop()) {
    const commit = own.get(sha)
    const place = upstream.placeOf.get(sha)
    if (place !== undefined && upstream.reach[place] === 2) joints.add(place)
    else if (commit !== undefined && !found.has(sha)) {
      found.add(sha)
      waiting.push(...commit.parents)
    }
  }
  return { own: [...found], joints: [...joints] }
}

/**
 * From the newest commit to the oldest, handing each head's bit on to parents:
 * a commit without it is one that the head lacks, and a joint without it has no
 * other joint above it.
 */
function walkUpstream({ commits, reach }: Upstream, joints: readonly (readonly number[])[]) {
  const width = Math.ceil(joints.length / 32)
  const bits = new Uint32Array(commits.length * width)
  const every = Uint32Array.from({ length: width }, (_, word) =>
    joints.length - word * 32 >= 32 ? 0xffffffff : 2 ** (joints.length % 32) - 1,
  )
  const headsAt = headsByPlace(joints)
  const behind = joints.map(() => 0)
  const mergeBases: string[][] = joints.map(() => [])
  for (let place = commits.length - 1; place >= 0; place -= 1) {
    const commit = commits[place]
    if (commit === undefined || reach[place] !== 2) continue
    for (const head of headsAt.get(place) ?? []) {
      const at = place * width + (head >>> 5)
      const bit = 1 << (head & 31)
      if (((bits[at] ?? 0) & bit) === 0) mergeBases[head]?.push(commit.sha)
      bits[at] = (bits[at] ?? 0) | bit
    }
    for (let word = 0; word < width; word += 1) {
      const known = bits[place * width + word] ?? 0
      for (const parent of commit.parents) {
        const at = parent * width + word
        bits[at] = (bits[at] ?? 0) | known
      }
      let lacking = ((every[word] ?? 0) & ~known) >>> 0
      while (lacking !== 0) {
        const bit = 31 - Math.clz32(lacking)
        behind[word * 32 + bit] = (behind[word * 32 + bit] ?? 0) + 1
        lacking = (lacking & ~(1 << bit)) >>> 0
      }
    }
  }
  return { behind, mergeBases }
}

function headsByPlace(joints: readonly (readonly number[])[]): Map<number, number[]> {
  const heads = new Map<number, number[]>()
  joints.forEach((places, head) => {
    for (const place of places) heads.set(place, [...(heads.get(place) ?? []), head])
  })
  return heads
}
