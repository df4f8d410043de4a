import { contributorSummary, type SummaryInput } from '../../src/metrics/contributor-summary.ts'
import { forkMilestone } from '../../src/metrics/fork-milestone.ts'
import { forkNetworkReport } from '../../src/metrics/fork-network.ts'
import type { ProjectHistory } from '../../src/metrics/history.ts'
import { organizationDigest } from '../../src/metrics/organization-digest.ts'
import { projectReport } from '../../src/metrics/project-report.ts'
import { weeklyDigest } from '../../src/metrics/weekly-digest.ts'
import * as answers from '../../src/report/answers.ts'
import { chartInWords } from '../../src/report/chart.ts'
import { remarkInLine, renderConfigurationCheck } from '../../src/report/configuration-check.ts'
import { type DigestContent, digestContent, digestMarkdown } from '../../src/report/digest.ts'
import { renderDigestFailure, renderDigestSuccess } from '../../src/report/digest-failure.ts'
import { digestFeed } from '../../src/report/digest-feed.ts'
import { digestMail } from '../../src/report/digest-mail.ts'
import { renderDigestSoFar } from '../../src/report/digest-so-far.ts'
import { discordMessage } from '../../src/report/discord-message.ts'
import { renderForkNetwork } from '../../src/report/fork-answer.ts'
import { forkMilestoneTitle, renderForkMilestone } from '../../src/report/fork-milestone.ts'
import { htmlOf } from '../../src/report/html.ts'
import { renderOrganizationDigest } from '../../src/report/organization-digest.ts'
import type { Place } from '../../src/report/place.ts'
import { renderPullRequestSummary } from '../../src/report/pull-request-summary.ts'
import { renderPersonReport, renderProjectReport } from '../../src/report/report-answers.ts'
import { shortDigest } from '../../src/report/short-digest.ts'
import { slackMessage } from '../../src/report/slack-message.ts'
import { halfAYear, network, work } from '../metrics/fork-networks.ts'
import { activity, at, bot, contributorHistory, history, person } from '../metrics/histories.ts'
import { everyFault } from './every-fault.ts'
import {
  firstWeekHistory,
  fullHistory,
  knownHistory,
  quietHistory,
  summaryInput,
  week,
} from './samples.ts'

/** What is read on GitHub, in a channel, in a feed or beside a picture; each text by its name. */
export function everySurface(place: Place): Record<string, string> {
  return {
    ...digests(place),
    ...summaries(place),
    ...replies(place),
    ...aboutForks(place),
    ...checks(place),
  }
}

const works = [
  work('fork-one/engine', {
    ...{ paths: ['kernels/rocm/a.cu'], subjects: ['Port attention to ROCm'] },
    ...{ state: 'hard fork', releases: 3, originalCommits: 38 },
  }),
  work('fork-two/engine', { paths: ['kernels/rocm/b.cu'], pullRequests: [812] }),
  ...Array.from({ length: 6 }, (_, nth) => work(`small-${nth}/engine`)),
]
const lively = forkNetworkReport(
  network({ ...halfAYear(), works, window: week, milestones: [1000] }),
  week.to,
)

function digests(place: Place): Record<string, string> {
  const full = contentOf(fullHistory(), place)
  const about = { title: '第 47 周', repository: place.fullName, url: place.url }
  const short = shortDigest(about.title, full, about.url)
  const tooLong = { ...short, shortened: true }
  const mail = digestMail({ id: 'digest.1', ...about }, full)
  const allInside = fullHistory().activities.map((each) => ({ ...each, outside: false }))
  return {
    digest: digestMarkdown(full),
    'digest of a quiet week': digestMarkdown(contentOf(quietHistory(), place)),
    'digest of a first week': digestMarkdown(contentOf(firstWeekHistory(), place)),
    'digest without outsiders': digestMarkdown(
      contentOf(history({ activities: allInside }), place),
    ),
    'digest with parts left out': digestMarkdown({
      ...full,
      sections: full.sections.map((section) => ({
        ...section,
        content: Array.from(
          { length: section.name === null ? 1 : 40 },
          () => section.content,
        ).flat(),
      })),
    }),
    'digest of an organisation': organizationOf(place),
    'digest so far': renderDigestSoFar(digestMarkdown(full), week, place),
    'nothing so far': renderDigestSoFar(null, week, place),
    Slack: JSON.stringify([slackMessage(short), slackMessage(tooLong)]),
    Discord: JSON.stringify([discordMessage(short), discordMessage(tooLong)]),
    'subject of a mail': mail.subject,
    'text of a mail': mail.text,
    'HTML of a mail': mail.html,
    feed: feedOf(full, place),
    ...Object.fromEntries(
      full.charts.flatMap((chart) => [
        [`chart of ${chart.name}`, [chart.title, chart.axis, chartInWords(chart)].join('\n')],
      ]),
    ),
  }
}

function contentOf(project: ProjectHistory, place: Place): DigestContent {
  const content = digestContent(weeklyDigest(project, week, { forks: lively }), {
    ...place,
    chartsUrl: 'https://groundswell.example/chart/example-lab/engine',
  })
  if (content === null) throw new Error('The sample is empty')
  return content
}

function organizationOf(place: Place): string {
  const young = history({
    activities: [activity('issues.opened', { person: person('newcomer-c'), thread: 3 })],
    isKnownFromBeginning: false,
  })
  const completeness = { ...young.completeness, trackedSince: at('2026-11-18'), backfilledTo: null }
  const histories = [fullHistory(), { ...young, completeness }, history()]
  const all = histories.map((each, nth) => {
    const url = `https://github.com/example-lab/engine-${nth}`
    const repository = { name: `engine-${nth}`, url, digestUrl: `${url}/issues/1` }
    return { repository, history: each, forks: nth === 0 ? lively : null }
  })
  const digest = organizationDigest(all, week, { waitingHours: 48 })
  return digest === null ? '' : (renderOrganizationDigest(digest, place) ?? '')
}

function feedOf({ language, sections }: DigestContent, { fullName, url }: Place): string {
  const html = htmlOf(sections.flatMap(({ content }) => content))
  const entry = { id: 'tag:x,2026:1', title: '第 47 周', url, updatedAt: week.to, html }
  return digestFeed({
    ...{ id: 'tag:x,2026:0', repository: fullName, url, selfUrl: `${url}.atom`, language },
    ...{ updatedAt: week.to, entries: [entry] },
  })
}

function summaries(place: Place): Record<string, string> {
  const open = summaryInput().pullRequest
  const merged = { ...open, mergedAt: at('2026-11-23') }
  const away = { ...knownHistory(3), firstAt: at('2021-03-03'), lastAt: at('2023-05-01') }
  const shy = person('shy', { hidden: true })
  const given: Record<string, Partial<SummaryInput>> = {
    first: {},
    'first of somebody unnamed': { history: contributorHistory({ person: shy }) },
    known: { history: knownHistory(6) },
    third: { history: { ...knownHistory(0), opened: 2 } },
    returning: { history: away },
    'merged first': { pullRequest: merged },
    'merged seventh': { pullRequest: merged, history: knownHistory(6) },
    'merged tenth': { pullRequest: merged, history: knownHistory(9), milestone: '10' },
    'merged after a year': { pullRequest: merged, history: knownHistory(4), milestone: 'year' },
    'merged of somebody back': { pullRequest: merged, history: away },
    'merged of somebody unnamed': {
      pullRequest: merged,
      history: { ...knownHistory(9), person: shy },
    },
  }
  return Object.fromEntries(
    Object.entries(given).map(([name, rest]) => {
      const summary = contributorSummary(summaryInput(undefined, rest))
      return [`pull request, ${name}`, renderPullRequestSummary(summary, place) ?? '']
    }),
  )
}

const topics: readonly answers.HelpTopic[] = [
  ...(['help', 'status', 'report', 'report login', 'forks', 'digest', 'pause', 'resume'] as const),
  ...(['mute', 'unmute', 'hide-me', 'forget-me'] as const),
]
const lanes: answers.HistoryPart[] = [
  ...(['pull_requests', 'issues', 'releases', 'forks', 'discussions'] as const),
  ...(['review_comments', 'stars'] as const),
]

const fine: answers.Status = {
  ...{ trackedSince: at('2026-10-01'), backfilledTo: at('2023-02-01'), paused: false },
  ...{ commits: { reachedTo: at('2022-11-14'), isWhole: true, isClosed: false }, reading: null },
  ...{ closedLanes: [], deliveries: 1904, failedDeliveries: 0, deliveryDays: 7 },
  ...{ cost: { points: 38, requests: 1 }, costDays: 7, digestProblems: [], mutedThreads: 0 },
  lastDigest: { week: '2026-W46', postedAt: at('2026-11-16'), url: null },
  ...{ nextDigestAt: at('2026-11-23T08:00:00Z'), rollUp: { latest: null }, quietHours: null },
  ...{ posts: { made: 12, allowed: 50 }, configuration: 'valid' },
}
const troubled: answers.Status = {
  ...{ ...fine, backfilledTo: null, closedLanes: lanes, failedDeliveries: 3, paused: true },
  commits: { reachedTo: at('2024-03-01'), isWhole: false, isClosed: true },
  reading: { spent: { points: 120, requests: 131 }, planned: { points: 1100, requests: 1912 } },
  digestProblems: [
    { place: 'slack:community', problem: null },
    { place: null, problem: null },
    { place: 'issue', problem: '议题功能已关闭' },
    { place: null, problem: '某个原因' },
  ],
  ...{ lastDigest: null, nextDigestAt: null, posts: { made: 0, allowed: 0 }, mutedThreads: 3 },
  rollUp: { latest: { number: 7, postedAt: at('2026-11-16') } },
  quietHours: { from: '22:00', to: '07:00' },
  configuration: { problem: '第 3 行' },
}
const refusals: readonly answers.Refusal[] = [
  { reason: 'unknown', text: 'x' },
  { reason: 'needs write access', command: 'pause' },
  { reason: 'needs write access', command: 'mute' },
  { reason: 'only about yourself' },
  { reason: 'failed' },
]

function replies(place: Place): Record<string, string> {
  const window = { from: at('2026-10-25T23:00:00Z'), to: at('2026-11-22T23:00:00Z') }
  const somebodyIdle = contributorHistory({ person: bot, firstAt: at('2026-01-01') })
  const reporter = { ...knownHistory(0), opened: 0, reported: [640] }
  return {
    help: answers.renderHelp(topics, place),
    status: answers.renderStatus(fine, place),
    'status in trouble': answers.renderStatus(troubled, place),
    'status at first': answers.renderStatus(
      { ...fine, trackedSince: null, nextDigestAt: null, configuration: 'none' },
      place,
    ),
    'status in an old spelling': answers.renderStatus(
      { ...fine, configuration: { notice: '第 3 行' } },
      place,
    ),
    forgotten: answers.renderForgotten(place),
    report: renderProjectReport(projectReport(fullHistory(), window), place),
    'report of nothing': renderProjectReport(projectReport(history(), window), place),
    person: renderPersonReport('newcomer-a', knownHistory(6), place),
    'person who reports': renderPersonReport('newcomer-a', reporter, place),
    'person unknown': renderPersonReport('newcomer-a', null, place),
    bot: renderPersonReport('newcomer-a', somebodyIdle, place),
    ...Object.fromEntries(
      refusals.map((refusal, nth) => [`refusal ${nth}`, answers.renderRefusal(refusal, place)]),
    ),
  }
}

function aboutForks(place: Place): Record<string, string> {
  const reading = {
    ...{ scannedAt: null, refreshedAt: null, isUnderWay: true, troubled: 3, byGit: false },
    parent: 'upstream-lab/engine',
  }
  const beginning = network({ sizeBefore: null, made: 1, works, reading })
  const passed = { milestone: 1000, at: week.to, before: null, beforeByForks: at('2026-01-01') }
  const milestone = forkMilestone(passed, { total: 1001, rate: null, to: week.to })
  return {
    forks: renderForkNetwork(lively, place),
    'forks at first': renderForkNetwork(forkNetworkReport(beginning, week.to), place),
    'forks unread': renderForkNetwork(null, place),
    'title of a milestone of forks': forkMilestoneTitle(1000, place),
    'milestone of forks': renderForkMilestone(milestone, { withWork: 12 }, place),
    'milestone of forks without work': renderForkMilestone(milestone, { withWork: 0 }, place),
  }
}

function checks(place: Place): Record<string, string> {
  const remarks = everyFault.map((fault, nth) => ({ line: nth + 1, fault }))
  const all = { problems: remarks, shortcomings: [], notices: [] }
  const kinds = [
    all,
    { problems: [], shortcomings: remarks, notices: [] },
    { problems: [], shortcomings: [], notices: remarks },
    { problems: [], shortcomings: [], notices: [] },
  ]
  const told = kinds.flatMap((each) =>
    [true, false].map((isProposed) => renderConfigurationCheck(each, { isProposed }, place)),
  )
  const failures = [
    ...['a later digest is there', 'issues are turned off, and discussions are turned off'],
    'there is no category of discussions called "新闻"; there are: 公告, 问答',
    'issues are turned off, and there is no category of discussions for it',
  ].map((failure) => ({ place: 'issue', failure }))
  const unwritten = { place: null, failure: '500 x' }
  return {
    ...Object.fromEntries(
      told.map(({ title, summary, problems }, nth) => [
        `check of a configuration ${nth}`,
        [title, summary, ...problems.map(({ message }) => message)].join('\n'),
      ]),
    ),
    'configuration in the status': remarks
      .map((remark) => remarkInLine(remark, 'example-lab/.github', place))
      .join('\n'),
    'check of a digest': Object.values(renderDigestFailure('2026-W47', failures, place)).join('\n'),
    'check of a digest that was not written': Object.values(
      renderDigestFailure('2026-W47', [unwritten], place),
    ).join('\n'),
    'check of a digest that went well': Object.values(renderDigestSuccess('2026-W47', place)).join(
      '\n',
    ),
  }
}
