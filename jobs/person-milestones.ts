import type { Deps } from '../src/deps.ts'
import { inOrderOfMerge, type Milestone, milestonesOf } from '../src/metrics/milestones.ts'
import { celebrated, claimMilestone, mergesOf, milestonesTold } from '../src/store/milestones.ts'
import { wantWork } from '../src/store/work.ts'

const dayMs = 24 * 60 * 60_000
/** Older ones were passed before anybody looked. */
const recentDays = 7

/** What a merged pull request is among all of its author's. */
export interface OwnMerge {
  /** those merged before it, in order */
  before: Awaited<ReturnType<typeof mergesOf>>
  /** told here, once and for good; null: none, or they are switched off */
  milestone: Milestone | null
}

/**
 * A milestone belongs to one pull request. Deliveries come in any order, so the
 * one that it belongs to may have been commented on before that could be known:
 * then it is looked at again.
 */
export async function ownMerge(
  about: { repositoryId: number; accountId: number; number: number; tells: boolean },
  deps: Deps,
): Promise<OwnMerge> {
  const { db, now } = deps
  const { repositoryId, number } = about
  const person = await celebrated(db, repositoryId, about.accountId)
  const merges = inOrderOfMerge(await mergesOf(db, person))
  const before = merges.slice(
    0,
    Math.max(
      0,
      merges.findIndex((one) => one.number === number),
    ),
  )
  if (!about.tells) return { before, milestone: null }
  const told = await milestonesTold(db, person)
  const since = new Date(now().getTime() - recentDays * dayMs)
  const recent = new Set(
    merges.filter(({ mergedAt }) => mergedAt >= since).map((merge) => merge.number),
  )
  for (const [milestone, thread] of milestonesOf(merges)) {
    if (told.has(milestone) || !recent.has(thread)) continue
    if (thread === number) await claimMilestone(db, person, { milestone, thread })
    else await lookAgain(repositoryId, thread, deps)
  }
  const [milestone = null] = [...(await milestonesTold(db, person))].flatMap(([one, thread]) =>
    thread === number ? one : [],
  )
  return { before, milestone }
}

async function lookAgain(repositoryId: number, number: number, { db, queue, now }: Deps) {
  const key = `${repositoryId}/${number}`
  const payload = { repositoryId, number }
  await wantWork(db, { job: 'summarise-pull-request', key, payload }, now())
  await queue.enqueue([{ name: 'summarise-pull-request', key }])
}
