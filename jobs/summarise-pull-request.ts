import { z } from 'zod'
import type { RepositoryConfiguration } from '../config/repository.ts'
import type { Deps } from '../src/deps.ts'
import { authorHistory } from '../src/github/author-history.ts'
import { pullRequestAreas } from '../src/github/pull-request-footprint.ts'
import { contributorSummary } from '../src/metrics/contributor-summary.ts'
import { namedAreas, namedReviewers, withNamedAreas } from '../src/metrics/named-areas.ts'
import { Later } from '../src/queue.ts'
import { renderPullRequestSummary } from '../src/report/pull-request-summary.ts'
import {
  areaReviewers,
  contributorHistory,
  footprintReadAt,
  isAuthorHistoryRead,
  keepFootprint,
  rememberAuthorHistory,
  threadOf,
} from '../src/store/contributor.ts'
import { contributorsEver } from '../src/store/contributors-ever.ts'
import type { ThreadTable } from '../src/store/database.ts'
import { mutedSince } from '../src/store/muted-threads.ts'
import { isPaused } from '../src/store/pauses.ts'
import { record } from '../src/store/record.ts'
import { publishableRepository, type TrackedRepository } from '../src/store/repositories.ts'
import { outsideThreads } from '../src/store/threads.ts'
import { configurationOf } from './configuration.ts'
import { optional } from './optional.ts'
import { ownMerge } from './person-milestones.ts'
import { placeOf } from './place.ts'
import { quietUntil } from './quiet-hours.ts'

export const payload = z.object({ repositoryId: z.int(), number: z.int() })

const dayMs = 24 * 60 * 60_000
/** Long enough for an answer time that means something, short enough to cost little. */
const recentDays = 30
const reviewDays = 180

/** The one comment on a pull request from outside. A retry reads again, and edits or keeps what is there. */
export async function summarisePullRequest(
  { repositoryId, number }: z.output<typeof payload>,
  deps: Deps,
): Promise<void> {
  const { db, defaults, publisher, log } = deps
  const repository = await publishableRepository(db, repositoryId)
  const thread = await threadOf(db, repositoryId, number)
  if (repository === null || thread === null || thread.type !== 'pull_request') return
  const configuration = configurationOf(repository, defaults)
  const { pullRequests, people: overrides } = configuration
  if (thread.author_id === null || (await mutedSince(db, { repositoryId, number })) !== null) {
    // By nobody any more, or where nobody wants to read it.
    return await withdrawFrom(repository, number, deps)
  }
  if (await isPaused(db, repositoryId)) return
  if (pullRequests.summaries && thread.merged_at !== null) {
    await readFootprint(repository, thread, deps)
  }

  const before = { number, createdAt: thread.created_at }
  const request = { repositoryId, accountId: thread.author_id, before, overrides }
  const first = await contributorHistory(db, request)
  const speaks =
    pullRequests.summaries &&
    first !== null &&
    first.history.person.group === 'human' &&
    (first.outside || pullRequests.insiders) &&
    (!thread.draft || pullRequests.drafts) &&
    (thread.open || thread.merged_at !== null)
  if (!speaks) {
    // What was said before they asked not to be named goes, whatever would be said now.
    if (first?.history.person.hidden) await withdrawFrom(repository, number, deps)
    return
  }
  // A name that shall go does not wait for the morning.
  if (!first.history.person.hidden) waitUntilMorning(configuration, deps)

  await readAuthorHistory(repository, first.history.person.login, thread, deps)
  if (thread.merged_at === null) await readFootprint(repository, thread, deps)
  const asOpened = (await contributorHistory(db, request))?.history ?? first.history
  const tells = pullRequests.milestones && !asOpened.person.hidden
  const own =
    thread.merged_at === null
      ? null
      : await ownMerge({ repositoryId, accountId: thread.author_id, number, tells }, deps)
  const history = own === null ? asOpened : { ...asOpened, merged: own.before }
  const areas = (await footprintReadAt(db, repositoryId, number))?.areas ?? []
  const { created_at: createdAt, merged_at: mergedAt } = thread
  const isFirstMerge = mergedAt !== null && history.merged.length === 0
  const { areas: names } = configuration
  const reviewers = await areaReviewers(db, {
    ...{ repositoryId, areas, overrides },
    since: new Date(createdAt.getTime() - reviewDays * dayMs),
  })
  const summary = contributorSummary({
    history: withNamedAreas(history, names),
    pullRequest: {
      ...{ number, title: thread.title, createdAt, mergedAt },
      areas: namedAreas(areas, names),
    },
    recentThreads: await outsideThreads(db, {
      repositoryId,
      window: { from: new Date(createdAt.getTime() - recentDays * dayMs), to: createdAt },
      overrides,
    }),
    reviewers: namedReviewers(reviewers, names),
    milestone: own?.milestone ?? null,
    contributorsEver: isFirstMerge ? await contributorsEver(db, repositoryId, overrides) : null,
  })
  const body = renderPullRequestSummary(summary, placeOf(repository, configuration, deps))
  if (body === null) {
    if (history.person.hidden) await withdrawFrom(repository, number, deps)
    return
  }
  const outcome = await publisher.publish({
    repository,
    kind: 'pull-request',
    key: String(number),
    body,
    target: { type: 'comment', thread: number },
    budget: configuration.postsPerDay,
  })
  log.info({ repository: repositoryId, number, ...outcome }, 'Summarised a pull request')
}

/** The work stays open until then, also when the process ends meanwhile. */
function waitUntilMorning(configuration: RepositoryConfiguration, { now }: Deps): void {
  const until = quietUntil(now(), configuration)
  if (until !== null) throw new Later(until.getTime() - now().getTime(), 'These are quiet hours')
}

async function withdrawFrom(repository: TrackedRepository, number: number, { publisher }: Deps) {
  await publisher.withdraw(repository, 'pull-request', String(number))
}

/** Once when it is opened and once when it is merged; without it the comment names no areas. */
async function readFootprint(repository: TrackedRepository, thread: ThreadTable, deps: Deps) {
  const { db, github, now } = deps
  const read = await footprintReadAt(db, repository.id, thread.number)
  const { ownerLogin: owner, name } = repository
  if (read !== null && (thread.merged_at === null || read.readAt >= thread.merged_at)) return
  await optional(deps, 'The files of a pull request could not be read', async () => {
    const octokit = await github.installation({
      installationId: repository.installationId,
      repositoryId: repository.id,
      purpose: 'summaries',
    })
    const areas = await pullRequestAreas(octokit, { owner, name, number: thread.number })
    const footprint = { repositoryId: repository.id, number: thread.number, areas, readAt: now() }
    await keepFootprint(db, footprint)
  })
}

/** What the author did here before the App was installed, so that "first" is true. */
async function readAuthorHistory(
  repository: TrackedRepository,
  login: string | null,
  thread: ThreadTable,
  deps: Deps,
): Promise<void> {
  if (login === null || thread.author_id === null) return
  await readHistoryOf(repository, { id: thread.author_id, login }, deps)
}

/** Asked once for an account and repository. */
export async function readHistoryOf(
  repository: TrackedRepository,
  author: { id: number; login: string },
  deps: Deps,
): Promise<void> {
  const { db, github, now } = deps
  const { id: repositoryId, ownerLogin: owner, name } = repository
  if (await isAuthorHistoryRead(db, repositoryId, author.id)) return
  await optional(deps, 'The history of an author could not be read', async () => {
    const octokit = await github.installation({
      installationId: repository.installationId,
      repositoryId: repository.id,
      purpose: 'summaries',
    })
    const readAt = now()
    const recording = await authorHistory(octokit, { repositoryId, owner, name, author, readAt })
    await db.transaction().execute(async (trx) => {
      await record(trx, recording)
      await rememberAuthorHistory(trx, { repositoryId, accountId: author.id, at: now() })
    })
  })
}
