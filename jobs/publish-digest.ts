import { z } from 'zod'
import type { Deps } from '../src/deps.ts'
import type { Person } from '../src/metrics/history.ts'
import { weeksBefore } from '../src/metrics/trend.ts'
import { digestMetrics, measuresIn, measuresOfEarlierWeek } from '../src/metrics/week-measures.ts'
import { weeklyDigest } from '../src/metrics/weekly-digest.ts'
import { type Week, weekAfter, weekNamed, windowsBefore } from '../src/metrics/window.ts'
import {
  type DigestContent,
  digestContent,
  digestMarkdown,
  digestTitle,
} from '../src/report/digest.ts'
import { authorsNotRead } from '../src/store/contributor.ts'
import { isPaused } from '../src/store/pauses.ts'
import { publishableRepository, type TrackedRepository } from '../src/store/repositories.ts'
import { weekInSeries } from '../src/store/week-in-series.ts'
import { configurationOf, weekRuleOf } from './configuration.ts'
import { forkNetworkOf } from './fork-network.ts'
import { placeOf } from './place.ts'
import { promiseSendings } from './promise-sendings.ts'
import { readHistoryOf } from './summarise-pull-request.ts'

export const payload = z.object({ repositoryId: z.int(), week: z.string() })

/** Numbers that were kept of a week hold until another metric, or another definition, is shown. */
const measuredBy = JSON.stringify(digestMetrics)
/** People who are new in one week: each costs one request, once. */
export const mostHistories = 100

export interface Digest {
  title: string
  /** Markdown for GitHub */
  body: string
  /** what it is written from, for other places */
  content: DigestContent
}

/** The digest of one week; null when nothing happened that anybody would want to read. */
export async function composeDigest(
  repository: TrackedRepository,
  week: Week,
  deps: Deps,
): Promise<Digest | null> {
  const configuration = configurationOf(repository, deps.defaults)
  const shown = {
    waitingHours: configuration.waitingHours,
    forks: await forksOf(repository, week, deps),
  }
  const read = async () =>
    await weekInSeries(
      deps.db,
      {
        ...{ repositoryId: repository.id, week, earlier: windowsBefore(week, weeksBefore) },
        ...{ overrides: configuration.people, measure: measuresOfEarlierWeek, measuredBy },
      },
      (history, earlier) => {
        const digest = weeklyDigest(history, week, { ...shown, earlier })
        return { digest, measures: measuresIn(digest.trends) }
      },
    )
  const first = await read()
  const looked = first.digest.newcomers.slice(0, mostHistories).map(({ person }) => person)
  const hasRead = await readPastsOf(looked, repository, deps)
  const { digest } = hasRead ? await read() : first
  const place = placeOf(repository, configuration, deps)
  const content = digestContent(digest, place)
  if (content === null) return null
  const title = digestTitle(week, place, configuration.digest.title)
  return { title, body: digestMarkdown(content), content }
}

/** Asks GitHub for what these people did here before; false: it was asked of all of them already. */
export async function readPastsOf(
  people: readonly Person[],
  repository: TrackedRepository,
  deps: Deps,
) {
  const accounts = people.flatMap(({ id: member, login }) => {
    const [, id] = /^account:(\d+)$/.exec(member) ?? []
    return id === undefined || login === null ? [] : [{ id: Number(id), login }]
  })
  const ids = accounts.map(({ id }) => id)
  const unread = await authorsNotRead(deps.db, repository.id, ids)
  for (const account of accounts) {
    if (unread.has(account.id)) await readHistoryOf(repository, account, deps)
  }
  return unread.size > 0
}

/** What forks hold is known as of now: of a week long past nothing can be told. */
export async function forksOf(repository: TrackedRepository, week: Week, deps: Deps) {
  const { areas } = configurationOf(repository, deps.defaults)
  return deps.now() < weekAfter(week, 2).from
    ? await forkNetworkOf(repository, { window: week, week, areas }, deps)
    : null
}

/** Composes the digest of a week and promises to send it to each place. A retry composes again. */
export async function publishDigest(
  { repositoryId, week: name }: z.output<typeof payload>,
  deps: Deps,
): Promise<void> {
  const { db, defaults, queue, log } = deps
  const repository = await publishableRepository(db, repositoryId)
  if (repository === null) return
  if (await isPaused(db, repositoryId)) {
    log.info({ repository: repositoryId, week: name }, 'Paused: no digest')
    return
  }
  const configuration = configurationOf(repository, defaults)
  const week = weekNamed(name, weekRuleOf(configuration))
  if (week === null) return
  const composed = await composeDigest(repository, week, deps)
  if (composed === null) {
    log.info({ repository: repositoryId, week: name }, 'A quiet week: no digest')
    return
  }
  const { to } = configuration.digest
  const keys = await promiseSendings(repository, { week: name, digest: composed, to }, deps)
  await queue.enqueue(keys.map((key) => ({ name: 'send-digest' as const, key })))
}
