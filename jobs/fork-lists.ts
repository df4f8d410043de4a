import { z } from 'zod'
import { forksByPush, forksFromBothEnds, type Network } from '../src/github/forks/direct-forks.ts'
import { type Fork, forkFacts } from '../src/github/forks/fork.ts'
import { TooMuch } from '../src/github/history/request.ts'
import type { Database } from '../src/store/database.ts'
import { keepForkScan } from '../src/store/fork-scans.ts'
import { keepForks } from '../src/store/forks.ts'
import { record } from '../src/store/record.ts'
import { type ForkStep, keepStep, type Paid, sizeNow } from './fork-step.ts'
import { grown, halved } from './request-size.ts'

const Instant = z.iso.datetime().transform((at) => new Date(at))
const End = z.object({ cursor: z.string().nullable(), reached: Instant.nullable() })
type End = z.output<typeof End>

/** What is still to be read of a network's direct forks: from both ends until they meet, or back to the pushes that are known. */
export const Walk = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('both ends'), oldest: End, newest: End }),
  z.object({ kind: z.literal('pushes'), cursor: z.string().nullable(), since: Instant }),
])
export type Walk = z.output<typeof Walk>

const start: End = { cursor: null, reached: null }
export const wholeWalk: Walk = { kind: 'both ends', oldest: start, newest: start }
/** GitHub's clock and ours differ, and its lists may lag behind. */
const overlapMs = 10 * 60_000

export function pushesWalk(pushedTo: Date): Walk {
  return { kind: 'pushes', cursor: null, since: new Date(pushedTo.getTime() - overlapMs) }
}

/** One more request of the lists. */
export async function readLists(step: ForkStep, walk: Walk): Promise<void> {
  const size = sizeNow(step, 'lists')
  try {
    await (walk.kind === 'pushes' ? readPushes(step, walk, size) : readEnds(step, walk, size))
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error
    if (size === 1) throw error
    const sizes = halved(step.sizes, 'lists')
    await keepStep(step, { rateLimit: null, sizes }, async () => {})
  }
}

type BothEnds = Extract<Walk, { kind: 'both ends' }>
type Pushes = Extract<Walk, { kind: 'pushes' }>

async function readEnds(step: ForkStep, { oldest, newest }: BothEnds, size: number): Promise<void> {
  const asked = { oldest: oldest.cursor, newest: newest.cursor, size }
  const page = await forksFromBothEnds(step.octokit, whereOf(step), asked)
  const made = (forks: readonly Fork[]) => forks.map(({ createdAt }) => createdAt.getTime())
  const next: BothEnds = {
    kind: 'both ends',
    oldest: reach(page.oldest.next, oldest, Math.max(...made(page.oldest.forks))),
    newest: reach(page.newest.next, newest, Math.min(...made(page.newest.forks))),
  }
  const forks = [...page.oldest.forks, ...page.newest.forks]
  await keepList(step, { ...page, forks, walk: haveMet(next) ? null : next })
}

function reach(cursor: string | null, before: End, reachedMs: number): End {
  return { cursor, reached: Number.isFinite(reachedMs) ? new Date(reachedMs) : before.reached }
}

/** Forks of the same second may stand in either order, so the two have to pass each other. */
function haveMet({ oldest, newest }: BothEnds): boolean {
  if (oldest.cursor === null || newest.cursor === null) return true
  return oldest.reached !== null && newest.reached !== null && oldest.reached > newest.reached
}

async function readPushes(step: ForkStep, { cursor, since }: Pushes, size: number): Promise<void> {
  const page = await forksByPush(step.octokit, whereOf(step), { after: cursor, size })
  const isBack = page.forks.some(({ pushedAt }) => pushedAt !== null && pushedAt < since)
  const walk: Walk = { kind: 'pushes', cursor: page.next, since }
  await keepList(step, { ...page, walk: isBack || page.next === null ? null : walk })
}

const whereOf = ({ repository: { id, owner, name } }: ForkStep) => ({
  repositoryId: id,
  owner,
  name,
})

async function keepList(
  step: ForkStep,
  {
    forks,
    network,
    walk,
    rateLimit,
  }: Paid & { forks: Fork[]; network: Network; walk: Walk | null },
): Promise<void> {
  const { repository, now, sizes } = step
  const at = now()
  const distinct = [...new Map(forks.map((fork) => [fork.id, fork])).values()]
  await keepStep(step, { rateLimit, sizes: grown(sizes, 'lists') }, async (trx: Database) => {
    await keepForks(trx, repository.id, {
      forks: distinct.map((fork) => ({ ...fork, parentId: repository.id, depth: 1 })),
      at,
      upstreamDescription: network.description,
    })
    await record(trx, forkFacts(repository.id, { forks: distinct, readAt: at }))
    await keepForkScan(trx, repository.id, {
      walk,
      description: network.description,
      default_branch: network.defaultBranch,
      network_size: network.size,
      parent: network.parent,
    })
  })
}
