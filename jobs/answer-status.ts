import type { RepositoryConfiguration } from '../config/repository.ts'
import type { Deps } from '../src/deps.ts'
import { weekAfter } from '../src/metrics/window.ts'
import { renderStatus, type Status } from '../src/report/answers.ts'
import { apiCosts } from '../src/store/api-budgets.ts'
import { commitReadingOf } from '../src/store/commit-readings.ts'
import { projectHistory } from '../src/store/history.ts'
import { mutedThreads } from '../src/store/muted-threads.ts'
import { latestRollUp } from '../src/store/organization-digests.ts'
import { isPaused } from '../src/store/pauses.ts'
import { postsSince } from '../src/store/publications.ts'
import type { TrackedRepository } from '../src/store/repositories.ts'
import { isRollUpHome } from './compose-roll-up.ts'
import { keptConfiguration } from './configuration.ts'
import { digestStanding } from './digest-standing.ts'
import { historyStanding } from './history-standing.ts'
import { placeOf } from './place.ts'
import { rollUpKind } from './publish-roll-up.ts'
import { digestDueAt, latestDueWeek } from './schedule-digests.ts'

const dayMs = 24 * 60 * 60_000
const costDays = 7

/** The answer to `/groundswell status`. */
export async function statusAnswer(
  repository: TrackedRepository,
  configuration: RepositoryConfiguration,
  deps: Deps,
): Promise<string> {
  const { db, environment, now } = deps
  const place = placeOf(repository, configuration, deps)
  const daysAgo = (days: number) => new Date(now().getTime() - days * dayMs)
  // Not further back than deliveries are kept.
  const deliveryDays = Math.min(7, environment.deliveryRetentionDays)
  const { completeness } = await projectHistory(db, {
    repositoryId: repository.id,
    window: { from: now(), to: now() },
    since: daysAgo(deliveryDays),
    overrides: configuration.people,
  })
  const costs = await apiCosts(db, { repositoryId: repository.id, since: daysAgo(costDays) })
  const next = weekAfter(latestDueWeek(now(), configuration))
  return renderStatus(
    {
      ...completeness,
      commits: await commitsKnown(repository, deps),
      ...(await historyStanding(repository.id, deps)),
      deliveryDays,
      cost: {
        points: costs.reduce((sum, { points }) => sum + points, 0),
        requests: costs.reduce((sum, { requests }) => sum + requests, 0),
      },
      costDays,
      ...(await digestStanding(repository, configuration, deps)),
      nextDigestAt: configuration.digest.enabled ? digestDueAt(next, configuration) : null,
      paused: await isPaused(db, repository.id),
      rollUp: isRollUpHome(repository, configuration)
        ? { latest: await latestRollUp(db, repository.id, rollUpKind) }
        : null,
      posts: {
        made: await postsSince(db, repository.id, daysAgo(1)),
        allowed: configuration.postsPerDay,
      },
      mutedThreads: await mutedThreads(db, repository.id),
      quietHours: configuration.quietHours,
      configuration: stateOf(repository),
    },
    place,
  )
}

async function commitsKnown({ id }: TrackedRepository, { db }: Deps): Promise<Status['commits']> {
  const reading = await commitReadingOf(db, id)
  if (reading === null) return null
  const { reachedTo, knownTip, failure } = reading
  return { reachedTo, isWhole: knownTip !== null, isClosed: failure !== null }
}

function stateOf(repository: TrackedRepository) {
  const { configurationProblem: problem, configurationNotice: notice } = repository
  if (problem !== null) return { problem }
  if (notice !== null) return { notice }
  return keptConfiguration(repository).repository === null ? 'none' : 'valid'
}
