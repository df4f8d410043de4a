import { z } from 'zod'
import { mostBranches } from '../src/github/forks/compare-branches.ts'
import { mostForks } from '../src/github/forks/fork-heads.ts'
import { mostIds } from '../src/github/forks/forks-by-id.ts'
import { mostParents } from '../src/github/forks/forks-of-forks.ts'

/** What a scan of forks asks for, and how many at once: where it begins, and what costs one point at the most. */
const limits = {
  lists: { first: 100, most: 100 },
  parents: { first: mostParents, most: mostParents },
  unseen: { first: mostIds, most: mostIds },
  // What git has to work out takes GitHub seconds.
  heads: { first: 25, most: mostForks },
  branches: { first: 25, most: mostBranches },
}
export type RequestKind = keyof typeof limits

/** By kind; what is missing has its first size. */
export const RequestSizes = z.partialRecord(
  z.enum(['lists', 'parents', 'unseen', 'heads', 'branches']),
  z.object({ size: z.int().min(1), good: z.int() }),
)
export type RequestSizes = z.output<typeof RequestSizes>

/** So many good answers in a row let a request grow. */
const goodToGrow = 5

export function sizeOf(sizes: RequestSizes, kind: RequestKind): number {
  return sizes[kind]?.size ?? limits[kind].first
}

/** After a good answer. */
export function grown(sizes: RequestSizes, kind: RequestKind): RequestSizes {
  const size = sizeOf(sizes, kind)
  const good = (sizes[kind]?.good ?? 0) + 1
  const { most } = limits[kind]
  return good < goodToGrow || size === most
    ? { ...sizes, [kind]: { size, good } }
    : { ...sizes, [kind]: { size: Math.min(size * 2, most), good: 0 } }
}

/** After one that was too much for GitHub. */
export function halved(sizes: RequestSizes, kind: RequestKind): RequestSizes {
  const size = Math.max(1, Math.floor(sizeOf(sizes, kind) / 2))
  return { ...sizes, [kind]: { size, good: 0 } }
}
