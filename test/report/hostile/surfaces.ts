import { contributorSummary } from '../../../src/metrics/contributor-summary.ts'
import { forkNetworkReport } from '../../../src/metrics/fork-network.ts'
import { organizationDigest } from '../../../src/metrics/organization-digest.ts'
import { type WeeklyDigest, weeklyDigest } from '../../../src/metrics/weekly-digest.ts'
import { renderRefusal, renderStatus, type Status } from '../../../src/report/answers.ts'
import { renderArchiveImport } from '../../../src/report/archive-import.ts'
import { renderDigest } from '../../../src/report/digest.ts'
import { renderExplainedAccounts } from '../../../src/report/explained-accounts.ts'
import { renderForkNetwork } from '../../../src/report/fork-answer.ts'
import { renderForkComparison } from '../../../src/report/fork-comparison.ts'
import { renderGitReport } from '../../../src/report/git-report.ts'
import { renderOrganizationDigest } from '../../../src/report/organization-digest.ts'
import { renderPullRequestSummary } from '../../../src/report/pull-request-summary.ts'
import { renderPersonReport } from '../../../src/report/report-answers.ts'
import { renderRepositoryReport } from '../../../src/report/repository-report.ts'
import { network, work } from '../../metrics/fork-networks.ts'
import { activity, at, history, person, response, thread } from '../../metrics/histories.ts'
import { knownHistory, place, summaryInput, type Words, week } from '../samples.ts'
import { cloneReport, forkComparison, repositoryReport, type Stranger } from './reports.ts'

const many = <Item>(count: number, make: (nth: number) => Item): Item[] =>
  Array.from({ length: count }, (_, nth) => make(nth))

/** A project in which strangers chose whatever they may choose. */
export function strangersDigest(say: Stranger, mutter: Stranger): WeeklyDigest {
  const maintainer = person('maintainer-x')
  const newcomers = many(8, (nth) => person(say(), { id: `account:new ${nth}` }))
  const back = many(8, (nth) => person(say(), { id: `account:back ${nth}` }))
  const answered = [response('2026-11-11', maintainer), response('2026-11-12', newcomers[0]!)]
  const threads = many(16, (nth) =>
    thread(nth + 1, {
      title: say(),
      author: newcomers[0]!,
      createdAt: at('2026-11-10'),
      responses: nth < 8 ? [] : answered,
    }),
  )
  const project = history({
    activities: [
      ...newcomers.map((by, nth) =>
        activity('pull_request.merged', { person: by, thread: nth + 1 }),
      ),
      ...back.map((by) => activity('issue_comment.created', { person: by, thread: 9 })),
    ],
    threads,
    people: new Map(
      back.map(({ id }) => [
        id,
        { firstAt: at('2024-01-01'), lastBeforeAt: at('2025-09-01'), mergedBefore: 2 },
      ]),
    ),
  })
  return weeklyDigest(project, week, { forks: strangersForks(say, mutter) })
}

function strangersForks(say: Stranger, mutter: Stranger) {
  const shared = say()
  const of = (fullName: string, branch: string) =>
    work(fullName, { branch, areas: [shared, say()], state: 'hard fork', releases: 3 })
  const works = [
    ...many(3, () => of(say(), mutter())),
    ...many(2, (nth) => of(`fork-${nth}/engine`, mutter())),
  ]
  const reading = { ...network().reading, parent: mutter() }
  return {
    ...forkNetworkReport(network({ works, reading }), week.to),
    themes: [
      { kind: 'area' as const, name: shared, forks: works.slice(0, 3).map(nameOf), words: [] },
      {
        kind: 'architecture' as const,
        name: say(),
        forks: works.map(nameOf),
        words: many(3, mutter),
      },
    ].map((theme) => ({ ...theme, independent: 2, areas: [] })),
  }
}

/** Repositories that were named by strangers, in which strangers wait. */
function strangersOrganization(say: Stranger): string {
  const all = many(8, (nth) => {
    const project = history({
      activities: [activity('issues.opened')],
      threads: [thread(nth + 1, { title: say(), createdAt: at('2026-11-10') })],
      isKnownFromBeginning: nth > 4,
    })
    const completeness = {
      ...project.completeness,
      backfilledTo: null,
      trackedSince: at('2026-11-01'),
    }
    const repository = { name: say(), url: place.url, digestUrl: `${place.url}/issues/1` }
    return { repository, history: nth > 4 ? project : { ...project, completeness }, forks: null }
  })
  const digest = organizationDigest(all, week, { waitingHours: 48 })
  return digest === null ? '' : (renderOrganizationDigest(digest, place) ?? '')
}

const nameOf = ({ fullName }: { fullName: string }) => fullName

const status: Status = {
  ...{ trackedSince: null, backfilledTo: null, commits: null, reading: null, closedLanes: [] },
  ...{ deliveries: 0, deliveryDays: 7, cost: { points: 38, requests: 1 }, costDays: 7 },
  ...{ failedDeliveries: 0, lastDigest: null, nextDigestAt: null, paused: false },
  posts: { made: 1, allowed: 24 },
  digestProblems: [],
  ...{ mutedThreads: 0, rollUp: null, quietHours: null, configuration: 'none' },
}

/** The comment on a pull request of somebody who chose their login, in a directory of their choice. */
function summary(login: string, area: string, more: (words: Words) => object = () => ({})): string {
  const words = { title: 'Tune it', login, area }
  const input = summaryInput(words, more(words))
  return renderPullRequestSummary(contributorSummary(input), place) ?? ''
}

/**
 * Every text of ours that holds strangers' words.
 *
 * @param say what is shown
 * @param mutter what may be part of an address, and is not always shown
 */
type Surface = (say: Stranger, mutter: Stranger) => string

export const surfaces: Readonly<Record<string, Surface>> = {
  digest: (say, mutter) => renderDigest(strangersDigest(say, mutter), place) ?? '',
  'digest of an organisation': strangersOrganization,
  'first pull request': (say) => summary(say(), say()),
  'known person': (say) => summary(say(), say(), (words) => ({ history: knownHistory(6, words) })),
  merge: (say, mutter) =>
    summary(say(), mutter(), (words) => ({
      pullRequest: { ...summaryInput(words).pullRequest, mergedAt: at('2026-11-20') },
    })),
  'person report': (say) => {
    const words = { title: 'Tune it', login: say(), area: say() }
    return renderPersonReport(words.login, knownHistory(6, words), place)
  },
  'unknown person': (say) => renderPersonReport(say(), null, place),
  'unknown command': (say) => renderRefusal({ reason: 'unknown', text: say() }, place),
  status: (say) =>
    renderStatus(
      {
        ...status,
        configuration: { problem: say() },
        digestProblems: many(12, (nth) => ({ place: `channel-${nth}`, problem: say() })),
      },
      place,
    ),
  'fork answer': (say, mutter) => {
    const report = strangersForks(say, mutter)
    const themes = report.themes.map((theme) => ({ ...theme, words: many(3, say) }))
    const reading = { ...report.reading, parent: say() }
    return renderForkNetwork({ ...report, themes, reading }, place)
  },
  'fork comparison': (say) => {
    const compared = { name: say(), forks: forkComparison(say), network: null }
    return renderForkComparison(compared, at('2026-11-23'))
  },
  'report on a clone': (say, mutter) => renderGitReport(cloneReport(say, mutter)),
  'report on a repository': (say) => renderRepositoryReport(repositoryReport(say)),
  'explained accounts': (say) => {
    const somebody = () => ({ login: say(), signature: null, domain: null, commits: null })
    const signature = () => ({ login: null, signature: '5f3a', domain: say(), commits: 2 })
    const known = {
      ...{ repository: say(), inside: false, insideAt: null, insideBy: 'nothing' as const },
      organization: say(),
      members: [
        { ...somebody(), by: [] },
        { ...signature(), by: ['name' as const] },
      ],
      keptApart: [somebody(), signature()],
      suggestions: [{ ...somebody(), by: 'name' as const }],
    }
    return renderExplainedAccounts([
      { login: say(), kind: 'human', reason: 'x', repositories: [known] },
    ])
  },
  'import of an archive': (say) =>
    renderArchiveImport({
      files: many(3, () => ({ file: say(), lines: 3, cutShort: true })),
      events: 3,
      ...{ hours: null, missingHours: [] },
      repositories: many(3, () => ({ repository: say(), added: 1, known: 0, kinds: [] })),
      leftOut: { corruptLines: 1, trimmed: 0, old: 0, unreadable: 0 },
      faults: many(3, () => ({ fault: 'no JSON', file: say(), line: 1, count: 1 })),
    }),
}
