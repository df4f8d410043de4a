import type { RootContent } from 'mdast'
import { contributorAbsenceFactorMetric } from '../metrics/contributor-absence-factor.ts'
import { topAreas } from '../metrics/contributor-summary.ts'
import type { ContributorHistory } from '../metrics/history.ts'
import { issueAgeMetric } from '../metrics/issue-age.ts'
import type { Description } from '../metrics/metric.ts'
import { starsMetric } from '../metrics/project-popularity.ts'
import { type ProjectReport, type ReportMetric, reportMetrics } from '../metrics/project-report.ts'
import { forkNetworkMetric } from '../metrics/technical-fork.ts'
import { waitingMetric } from '../metrics/waiting.ts'
import { answerWords } from './answer-words.ts'
import { date, days, month } from './dates.ts'
import { defined } from './defined.ts'
import { shortDuration } from './duration.ts'
import { heading, type Inline, join, link, paragraph, serialise, sub, table } from './markdown.ts'
import { number } from './numbers.ts'
import { loginLink, shownLogin } from './person.ts'
import { definitionsUrl, type Place, threadUrl } from './place.ts'
import { pullRequestWords } from './pull-request-words.ts'
import { strangerCode } from './stranger-text.ts'

const words = answerWords.report

/** The answer to `/groundswell report`: a project in a few numbers. */
export function renderProjectReport(report: ProjectReport, place: Place): string {
  const rows = rowsOf(report, place)
  const body: RootContent[] =
    rows.length === 0
      ? [paragraph(words.nothing)]
      : [table([null, 'right', 'right'], [words.columns, ...rows])]
  const facts = factsOf(report, place)
  return serialise([
    heading(3, words.title(days(report.window, place.zone))),
    ...body,
    ...(facts.length === 0 ? [] : [paragraph(join(facts, ' '))]),
    smallPrint(report, place),
  ])
}

function rowsOf({ compared }: ProjectReport, place: Place): Inline[][] {
  const metrics: ReportMetric[] = [
    'contributors',
    'outsideContributors',
    'newContributors',
    'opened',
    'merged',
    'mergedFromOutside',
    'hoursToFirstResponse',
    'issuesNew',
    'issuesClosed',
    'newForks',
    'newStars',
  ]
  return metrics
    .filter((metric) => [compared[metric].now, compared[metric].before].some(Boolean))
    .map((metric) => {
      const format = metric === 'hoursToFirstResponse' ? shortDuration : number
      const { now, before } = compared[metric]
      const name = defined(words.metrics[metric], reportMetrics[metric], place)
      return [name, format(now), format(before)]
    })
}

function factsOf(report: ProjectReport, place: Place): Inline[] {
  const { waiting, absenceFactor, issueAge, forkNetwork, stars } = report
  const fact = (text: string, metric: Description) => defined(text, metric, place)
  return [
    waiting > 0 ? fact(words.waiting(waiting), waitingMetric) : null,
    absenceFactor === null
      ? null
      : fact(words.absenceFactor(absenceFactor), contributorAbsenceFactorMetric),
    issueAge === null ? null : fact(words.issueAge(issueAge), issueAgeMetric),
    forkNetwork.total
      ? fact(words.network(forkNetwork.total, forkNetwork.growth), forkNetworkMetric)
      : null,
    stars ? fact(words.stars(stars), starsMetric) : null,
  ].filter((fact) => fact !== null)
}

function smallPrint({ since }: ProjectReport, place: Place): RootContent {
  const docsUrl = definitionsUrl(place)
  const parts: (Inline | null)[] = [
    since && words.since(date(since, place.zone)),
    words.automated,
    docsUrl && link(docsUrl, words.docs),
  ]
  return sub(
    join(
      parts.filter((part) => part !== null),
      ' ',
    ),
  )
}

const latestShown = 3

/**
 * The answer to `/groundswell report login`: one person's history here.
 * Somebody who asked not to appear is answered about as somebody unknown.
 *
 * @param login as it was asked for
 * @param history null: nobody of that name contributed
 */
export function renderPersonReport(
  login: string,
  history: ContributorHistory | null,
  place: Place,
): string {
  return serialise([paragraph(join(personSentences(login, history, place), ' '))])
}

function personSentences(
  login: string,
  history: ContributorHistory | null,
  place: Place,
): Inline[] {
  const asked = strangerCode(login, answerWords.nameless)
  const name = history === null ? null : shownLogin(history.person)
  if (history === null || name === null || history.firstAt === null) {
    return [answerWords.person.nothing(asked)]
  }
  if (history.person.group !== 'human') return [answerWords.person.bot(asked)]
  return [
    answerWords.person.work(loginLink(name, place), {
      merged: history.merged.length,
      opened: history.opened,
      reported: history.reported.length,
    }),
    ...workOf(history, place),
    answerWords.person.seen(
      month(history.firstAt, place.zone),
      month(history.lastAt ?? history.firstAt, place.zone),
    ),
  ]
}

function workOf(history: ContributorHistory, place: Place): Inline[] {
  const { merged } = history
  const latest = merged
    .slice(-latestShown)
    .map(({ number }) => link(threadUrl(place, 'pull_request', number), `#${number}`))
  const areas = topAreas(history).map((area) => strangerCode(area, pullRequestWords.someplace))
  return [
    latest.length > 0 ? answerWords.person.latest(pullRequestWords.and(latest)) : null,
    areas.length > 0 ? answerWords.person.areas(pullRequestWords.and(areas)) : null,
  ].filter((sentence) => sentence !== null)
}
