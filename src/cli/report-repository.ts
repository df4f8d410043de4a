import { readDefaults } from '../../config/defaults.ts'
import type { Environment } from '../../config/environment.ts'
import { mergeConfiguration } from '../../config/repository.ts'
import { openPublicClient } from '../github/public-client.ts'
import { type PublicRepository, publicRepository } from '../github/public-repository.ts'
import type { ProjectHistory } from '../metrics/history.ts'
import { peopleCredited } from '../metrics/people-credited.ts'
import { projectReport } from '../metrics/project-report.ts'
import type { Window } from '../metrics/window.ts'
import type { RepositoryReport } from '../report/json/report.ts'
import { projectHistory } from '../store/history.ts'
import type { withScratchStore } from '../store/scratch.ts'
import type { ClonedCommits } from './cloned-commits.ts'
import { refusalOf } from './github-refusal.ts'
import { type Cost, readCommits, readWindow, type Tell, type WindowReader } from './read-window.ts'

interface ReportRequest {
  owner: string
  name: string
  window: Window
}

interface ReportOptions {
  environment: Pick<Environment, 'github' | 'surroundings'>
  now: Date
  tell: Tell
  /** lends an empty store */
  withStore: typeof withScratchStore
}

/**
 * Reports on a window of a repository on GitHub without the App: what changed
 * since the window before it goes into a store, and the numbers come from there
 * as they do for `/groundswell report`.
 * @throws UserError for what GitHub refuses, and why
 */
export async function reportOnRepository(
  { owner, name, window }: ReportRequest,
  { environment, now, tell, withStore }: ReportOptions,
): Promise<RepositoryReport> {
  const asked = { fullName: `${owner}/${name}`, hasToken: environment.github.token !== null }
  const client = openPublicClient(environment.github)
  let begun = false
  try {
    const repository = await publicRepository(client, { owner, name, readAt: now })
    begun = true
    tellOf(repository, { asked: asked.fullName, tell })
    // With the window of the same length before it, for comparison.
    const since = new Date(2 * window.from.getTime() - window.to.getTime())
    return await withStore(async (db) => {
      const reader = { client, repository, environment, window, since, now, db, tell }
      const cost = await readWindow(reader)
      const commits = await readCommits(reader)
      return await computed(reader, { cost, commits })
    })
  } catch (error) {
    throw refusalOf(error, { ...asked, begun }, now)
  }
}

function tellOf(
  { fullName, forkOf }: PublicRepository,
  { asked, tell }: { asked: string; tell: Tell },
): void {
  if (fullName.toLowerCase() !== asked.toLowerCase()) {
    tell(`${asked} is called ${fullName} now.`, 'lasting')
  }
  if (forkOf !== null) {
    tell(`${fullName} is a fork of ${forkOf}. The report is on the fork alone.`, 'lasting')
  }
}

async function computed(
  reader: WindowReader,
  { cost, commits }: { cost: Cost; commits: ClonedCommits | { why: string } },
): Promise<RepositoryReport> {
  const { repository, window, environment, tell } = reader
  const history = await readHistory(reader)
  const { compared, absenceFactor } = projectReport(history, window)
  const { human: total, bot: bots, ai } = peopleCredited(history.activities, window)
  const cloned = 'summary' in commits ? commits : null
  const source = environment.github.token === null ? 'rest' : 'graphql'
  const points = cost.points === 0 ? '' : `${cost.points} points and `
  tell(`It took ${points}${cost.requests} requests of GitHub's limits.`, 'lasting')
  return {
    name: repository.fullName,
    window,
    commits: cloned?.summary.commits ?? null,
    authors: cloned?.summary.authors ?? null,
    contributors: { total, new: null, returning: null, bots, ai },
    contributorAbsenceFactor: absenceFactor,
    areas: cloned?.areas ?? null,
    agents: cloned?.summary.agents ?? null,
    months: cloned?.summary.months ?? null,
    joined: cloned?.summary.joined ?? null,
    project: {
      // Without reviews, and without what was said before, nobody knows which answer was the first.
      compared: source === 'graphql' ? compared : { ...compared, hoursToFirstResponse: notKnown },
      forks: repository.forks,
      stars: repository.stars,
    },
    completeness: {
      ...{ source, readTo: reader.since, forkOf: repository.forkOf, cost },
      notRead: [
        ...('why' in commits ? [{ what: 'commits', why: commits.why }] : []),
        ...notReadBy[source],
      ],
    },
  }
}

const notKnown = { now: null, before: null }

/** The store knows no installation and no backfill: how far back it reaches is how far it was read. */
async function readHistory({
  db,
  repository,
  window,
  since,
}: WindowReader): Promise<ProjectHistory> {
  const history = await projectHistory(db, {
    repositoryId: repository.id,
    window: { from: since, to: window.to },
    since: window.from,
    overrides: mergeConfiguration(readDefaults(), null, null).people,
  })
  // Who was here before is not known, and so nobody is called new.
  const completeness = { ...history.completeness, backfilledTo: since }
  return { ...history, isKnownFromBeginning: false, completeness }
}

const everywhere = [
  { what: 'stars by day', why: 'GitHub no longer tells who gave them' },
  { what: 'who is new', why: 'it takes the whole history, which the App reads' },
]
const notReadBy: Record<
  RepositoryReport['completeness']['source'],
  RepositoryReport['completeness']['notRead']
> = {
  graphql: everywhere,
  rest: [
    { what: 'reviews', why: 'without a token they cost a request for each pull request' },
    { what: 'discussions', why: 'GitHub shows them to nobody without a token' },
    { what: 'the time to a first answer', why: 'reviews are answers, too' },
    ...everywhere,
  ],
}
