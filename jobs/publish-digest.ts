import { z } from 'zod'
import type { Deps } from '../src/deps.ts'
import { weeklyDigest } from '../src/metrics/weekly-digest.ts'
import { type Week, weekAfter, weekNamed } from '../src/metrics/window.ts'
import { digestTitle, renderDigest } from '../src/report/digest.ts'
import { projectHistory } from '../src/store/history.ts'
import { isPaused } from '../src/store/pauses.ts'
import { publishableRepository, type TrackedRepository } from '../src/store/repositories.ts'
import { configurationOf } from './configuration.ts'
import { placeOf } from './place.ts'
import { readHistoryOf } from './summarise-pull-request.ts'

export const payload = z.object({ repositoryId: z.int(), week: z.string() })

/** The week and the eight before it, which say what is usual. */
const weeksRead = 9
/** People who are new in one week: each costs one request, once. */
const mostHistories = 100

export interface Digest {
  title: string
  body: string
}

/** The digest of one week; null when nothing happened that anybody would want to read. */
export async function composeDigest(
  repository: TrackedRepository,
  week: Week,
  deps: Deps,
): Promise<Digest | null> {
  const configuration = configurationOf(repository, deps.defaults)
  const request = {
    repositoryId: repository.id,
    window: { from: weekAfter(week, 1 - weeksRead).from, to: week.to },
    since: week.from,
    overrides: configuration.people,
  }
  const first = weeklyDigest(await projectHistory(deps.db, request), week)
  for (const { person } of first.newcomers.slice(0, mostHistories)) {
    const [, id] = /^account:(\d+)$/.exec(person.id) ?? []
    if (id === undefined || person.login === null) continue
    await readHistoryOf(repository, { id: Number(id), login: person.login }, deps)
  }
  const history = await projectHistory(deps.db, request)
  const place = placeOf(repository, configuration, deps)
  const body = renderDigest(weeklyDigest(history, week, configuration.waitingHours), place)
  return body === null
    ? null
    : { title: digestTitle(week, place, configuration.digest.title), body }
}

/** One issue a week. A retry composes again, and edits or keeps what is there. */
export async function publishDigest(
  { repositoryId, week: name }: z.output<typeof payload>,
  deps: Deps,
): Promise<void> {
  const { db, defaults, publisher, log } = deps
  const repository = await publishableRepository(db, repositoryId)
  if (repository === null) return
  if (await isPaused(db, repositoryId)) {
    log.info({ repository: repositoryId, week: name }, 'Paused: no digest')
    return
  }
  const { digest, timezone } = configurationOf(repository, defaults)
  const week = weekNamed(name, timezone)
  if (week === null) return
  const composed = await composeDigest(repository, week, deps)
  if (composed === null) {
    log.info({ repository: repositoryId, week: name }, 'A quiet week: no digest')
    return
  }
  const edits = digest.mode === 'edit'
  const outcome = await publisher.publish({
    repository,
    kind: 'digest',
    key: edits ? 'current' : name,
    body: composed.body,
    target: { type: 'issue', title: composed.title, label: digest.label },
    budget: null,
  })
  if (outcome.state === 'posted' && !edits) await publisher.closeEarlier(repository, 'digest', name)
  log.info({ repository: repositoryId, week: name, ...outcome }, 'Published a digest')
}
