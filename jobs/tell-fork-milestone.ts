import { z } from 'zod'
import type { Deps } from '../src/deps.ts'
import { forkMilestone, milestoneBefore } from '../src/metrics/fork-milestone.ts'
import { weekAfter, weekOf } from '../src/metrics/window.ts'
import { Later } from '../src/queue.ts'
import { forkMilestoneTitle, renderForkMilestone } from '../src/report/fork-milestone.ts'
import { forkMilestones, forkNumberMadeAt } from '../src/store/fork-milestones.ts'
import { isPaused } from '../src/store/pauses.ts'
import { publishableRepository, type TrackedRepository } from '../src/store/repositories.ts'
import { configurationOf, weekRuleOf } from './configuration.ts'
import { forkNetworkOf } from './fork-network.ts'
import { placeOf } from './place.ts'
import { quietUntil } from './quiet-hours.ts'

export const payload = z.object({ repositoryId: z.int(), milestone: z.int() })

const dayMs = 24 * 60 * 60_000
const daysShown = 28

/**
 * One issue for one milestone of a fork network. A retry edits or keeps it.
 * @throws Later in quiet hours
 */
export async function tellForkMilestone(
  { repositoryId, milestone }: z.output<typeof payload>,
  deps: Deps,
): Promise<void> {
  const { db, defaults, publisher, now, log } = deps
  const repository = await publishableRepository(db, repositoryId)
  if (repository === null || (await isPaused(db, repositoryId))) return
  const configuration = configurationOf(repository, defaults)
  if (!configuration.forks.milestones) return
  const until = quietUntil(now(), configuration)
  if (until !== null) throw new Later(until.getTime() - now().getTime(), 'These are quiet hours')
  const told = await composed(repository, milestone, deps)
  if (told === null) return
  const outcome = await publisher.publish({
    repository,
    kind: 'fork-milestone',
    key: String(milestone),
    body: told,
    target: {
      type: 'issue',
      title: forkMilestoneTitle(milestone, placeOf(repository, configuration, deps)),
      label: configuration.digest.label,
    },
    budget: configuration.postsPerDay,
  })
  log.info({ repository: repositoryId, milestone, ...outcome }, 'Told of a milestone')
}

/** Null: it was never passed. */
async function composed(
  repository: TrackedRepository,
  milestone: number,
  deps: Deps,
): Promise<string | null> {
  const { db, defaults } = deps
  const { id } = repository
  const seen = await forkMilestones(db, id)
  const seenAt = (number: number) => seen.find((one) => one.milestone === number)?.passedAt ?? null
  const at = seenAt(milestone)
  if (at === null) return null
  const configuration = configurationOf(repository, defaults)
  const place = placeOf(repository, configuration, deps)
  const week = weekAfter(weekOf(at, weekRuleOf(configuration)), -1)
  const window = { from: new Date(at.getTime() - daysShown * dayMs), to: at }
  const network = await forkNetworkOf(repository, { window, week }, deps)
  if (network === null) return null
  const before = milestoneBefore(milestone)
  const { total, rate } = network.growthOfWeek
  const passed = {
    ...{ milestone, at },
    before: seenAt(before),
    beforeByForks: await forkNumberMadeAt(db, id, before),
  }
  const told = forkMilestone(passed, { total, rate, to: week.to })
  return renderForkMilestone(told, network, place)
}
