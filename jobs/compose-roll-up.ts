import type { RepositoryConfiguration } from '../config/repository.ts'
import type { Deps } from '../src/deps.ts'
import { repositoryUrl } from '../src/github/repository-url.ts'
import { newContributors } from '../src/metrics/new-contributors.ts'
import {
  measuresTogether,
  organizationDigest,
  type RepositoryOf,
} from '../src/metrics/organization-digest.ts'
import { weeksBefore } from '../src/metrics/trend.ts'
import { digestMetrics, type WeekMeasures } from '../src/metrics/week-measures.ts'
import { type Week, type Window, windowsBefore } from '../src/metrics/window.ts'
import {
  organizationDigestTitle,
  renderOrganizationDigest,
} from '../src/report/organization-digest.ts'
import { projectHistory } from '../src/store/history.ts'
import { digestUrls } from '../src/store/organization-digests.ts'
import { organizationWeek } from '../src/store/organization-weeks.ts'
import { publishableRepositories, type TrackedRepository } from '../src/store/repositories.ts'
import { configurationOf } from './configuration.ts'
import { placeOf } from './place.ts'
import { forksOf, mostHistories, readPastsOf } from './publish-digest.ts'

/** Whether this repository is the one that tells of all of its owner's. */
export function isRollUpHome(
  { name }: Pick<TrackedRepository, 'name'>,
  { rollUp }: Pick<RepositoryConfiguration, 'rollUp'>,
): boolean {
  return rollUp !== null && rollUp.toLowerCase() === name.toLowerCase()
}

/**
 * The repositories that are told of there: all that its installation covers,
 * but in a public one the public ones alone.
 */
export async function toldIn(
  home: TrackedRepository,
  { db }: Pick<Deps, 'db'>,
): Promise<TrackedRepository[]> {
  const all = await publishableRepositories(db)
  return all.filter(
    (each) => each.installationId === home.installationId && (home.private || !each.private),
  )
}

export interface RollUp {
  title: string
  /** Markdown for GitHub */
  body: string
  /** the other repositories that it may lead to */
  others: TrackedRepository[]
}

type Read = RepositoryOf<TrackedRepository>

/**
 * The digest of one week of all repositories together; null when nothing
 * happened in any that anybody would want to read. They are read one after
 * the other, so that none waits for all.
 */
export async function composeRollUp(
  home: TrackedRepository,
  week: Week,
  deps: Deps,
): Promise<RollUp | null> {
  const told = await toldIn(home, deps)
  const read: Read[] = []
  for (const repository of told) read.push(await readWeek(repository, week, deps))
  const earlier: WeekMeasures[] = []
  for (const window of windowsBefore(week, weeksBefore)) {
    earlier.push(await earlierWeek(home, { window, read }, deps))
  }
  const configuration = configurationOf(home, deps.defaults)
  const { waitingHours } = configuration
  const urls = await digestUrls(
    deps.db,
    told.map(({ id }) => id),
    week.name,
  )
  const named = read.map((one) => ({
    ...one,
    repository: {
      name: one.repository.name,
      url: repositoryUrl(deps.github, one.repository),
      digestUrl: urls.get(one.repository.id) ?? null,
    },
  }))
  const digest = organizationDigest(named, week, { waitingHours, earlier })
  const place = placeOf(home, configuration, deps)
  const body = digest === null ? null : renderOrganizationDigest(digest, place)
  if (body === null) return null
  return {
    title: organizationDigestTitle(week, place, configuration.digest.title),
    body,
    others: told.filter(({ id }) => id !== home.id),
  }
}

/** One repository's week. Before anybody is called new in it, GitHub is asked for what they did there before. */
async function readWeek(repository: TrackedRepository, week: Week, deps: Deps): Promise<Read> {
  const read = async () => await historyOf(repository, week, deps)
  const first = await read()
  const newcomers = newContributors(first, week).slice(0, mostHistories)
  const hasRead = await readPastsOf(
    newcomers.map(({ person }) => person),
    repository,
    deps,
  )
  const forks = await forksOf(repository, week, deps)
  return { repository, forks, history: hasRead ? await read() : first }
}

async function historyOf(repository: TrackedRepository, window: Window, deps: Deps) {
  return await projectHistory(deps.db, {
    ...{ repositoryId: repository.id, window, since: window.from },
    overrides: configurationOf(repository, deps.defaults).people,
  })
}

/** What is told of these weeks depends on no more than this week's numbers do. */
async function earlierWeek(
  home: TrackedRepository,
  { window, read }: { window: Window; read: readonly Read[] },
  deps: Deps,
): Promise<WeekMeasures> {
  const told = read.map(({ repository, history }) => {
    const { isKnownFromBeginning, completeness } = history
    const { people } = configurationOf(repository, deps.defaults)
    const by = JSON.stringify([digestMetrics, { ...people, hidden: [] }])
    return { id: repository.id, basis: { by, isKnownFromBeginning, completeness } }
  })
  return await organizationWeek(
    deps.db,
    { repositoryId: home.id, week: window, told },
    async () => {
      const histories = []
      for (const { repository } of read) histories.push(await historyOf(repository, window, deps))
      return measuresTogether(histories, window)
    },
  )
}
