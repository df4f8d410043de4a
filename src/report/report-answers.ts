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
import { defined } from './defined.ts'
import { heading, type Inline, join, link, paragraph, serialise, sub, table } from './markdown.ts'
import { worthTelling } from './numbers.ts'
import { loginLink, shownLogin } from './person.ts'
import { definitionsUrl, type Place, threadUrl } from './place.ts'
import { strangerCode } from './stranger-text.ts'
import { wordsOf } from './words/language.ts'

/** The answer to `/groundswell report`: a project in a few numbers. */
export function renderProjectReport(report: ProjectReport, place: Place): string {
  const { answers, formats } = wordsOf(place)
  const { report: words } = answers
  const rows = rowsOf(report, place)
  const body: RootContent[] =
    rows.length === 0
      ? [paragraph(words.nothing)]
      : [table([null, 'right', 'right'], [words.columns, ...rows])]
  const facts = factsOf(report, place)
  return serialise([
    heading(3, words.title(formats.days(report.window, place.zone))),
    ...body,
    ...(facts.length === 0 ? [] : [paragraph(join(facts, formats.between))]),
    smallPrint(report, place),
  ])
}

function rowsOf({ compared }: ProjectReport, place: Place): Inline[][] {
  const { answers, formats } = wordsOf(place)
  const { report: words } = answers
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
      const format = metric === 'hoursToFirstResponse' ? formats.shortDuration : formats.number
      const { now, before } = compared[metric]
      const name = defined(words.metrics[metric], reportMetrics[metric], place)
      return [name, format(now), format(before)]
    })
}

function factsOf(report: ProjectReport, place: Place): Inline[] {
  const { report: words } = wordsOf(place).answers
  const { waiting, absenceFactor, issueAge, forkNetwork, stars } = report
  const fact = (text: string, metric: Description) => defined(text, metric, place)
  return [
    waiting > 0 ? fact(words.waiting(waiting), waitingMetric) : null,
    absenceFactor === null
      ? null
      : fact(words.absenceFactor(absenceFactor), contributorAbsenceFactorMetric),
    issueAge === null ? null : fact(words.issueAge(issueAge), issueAgeMetric),
    forkNetwork.total
      ? fact(words.network(forkNetwork.total, worthTelling(forkNetwork.growth)), forkNetworkMetric)
      : null,
    stars ? fact(words.stars(stars), starsMetric) : null,
  ].filter((fact) => fact !== null)
}

function smallPrint({ since }: ProjectReport, place: Place): RootContent {
  const { answers, formats } = wordsOf(place)
  const { report: words } = answers
  const docsUrl = definitionsUrl(place)
  const parts: (Inline | null)[] = [
    since && words.since(formats.date(since, place.zone)),
    words.automated,
    docsUrl && link(docsUrl, words.docs),
  ]
  return sub(
    join(
      parts.filter((part) => part !== null),
      formats.between,
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
  const { between } = wordsOf(place).formats
  return serialise([paragraph(join(personSentences(login, history, place), between))])
}

function personSentences(
  login: string,
  history: ContributorHistory | null,
  place: Place,
): Inline[] {
  const { answers, formats } = wordsOf(place)
  const { person: words } = answers
  const asked = strangerCode(login, answers.nameless)
  const name = history === null ? null : shownLogin(history.person)
  if (history === null || name === null || history.firstAt === null) {
    return [words.nothing(asked)]
  }
  if (history.person.group !== 'human') return [words.bot(asked)]
  return [
    words.work(loginLink(name, place), {
      merged: history.merged.length,
      opened: history.opened,
      reported: history.reported.length,
    }),
    ...workOf(history, place),
    words.seen(
      formats.month(history.firstAt, place.zone),
      formats.month(history.lastAt ?? history.firstAt, place.zone),
    ),
  ]
}

function workOf(history: ContributorHistory, place: Place): Inline[] {
  const { answers, pullRequest } = wordsOf(place)
  const { person: words } = answers
  const { merged } = history
  const latest = merged
    .slice(-latestShown)
    .map(({ number }) => link(threadUrl(place, 'pull_request', number), `#${number}`))
  const areas = topAreas(history).map((area) => strangerCode(area, pullRequest.someplace))
  return [
    latest.length > 0 ? words.latest(pullRequest.and(latest)) : null,
    areas.length > 0 ? words.areas(pullRequest.and(areas)) : null,
  ].filter((sentence) => sentence !== null)
}
