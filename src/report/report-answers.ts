import type { RootContent } from 'mdast'
import { topAreas } from '../metrics/contributor-summary.ts'
import type { ContributorHistory } from '../metrics/history.ts'
import type { ProjectReport, ReportMetric } from '../metrics/project-report.ts'
import { answerWords } from './answer-words.ts'
import { date, days, month } from './dates.ts'
import { shortDuration } from './duration.ts'
import { heading, type Inline, join, link, paragraph, serialise, sub, table } from './markdown.ts'
import { number } from './numbers.ts'
import { loginLink, shownLogin } from './person.ts'
import { type Place, threadUrl } from './place.ts'
import { pullRequestWords } from './pull-request-words.ts'
import { strangerCode } from './stranger-text.ts'

const words = answerWords.report

/** The answer to `/groundswell report`: a project in a few numbers. */
export function renderProjectReport(report: ProjectReport, place: Place): string {
  const rows = rowsOf(report)
  const body: RootContent[] =
    rows.length === 0
      ? [paragraph(words.nothing)]
      : [table([null, 'right', 'right'], [words.columns, ...rows])]
  const facts = factsOf(report)
  return serialise([
    heading(3, words.title(days(report.window, place.zone))),
    ...body,
    ...(facts.length === 0 ? [] : [paragraph(join(facts, ' '))]),
    smallPrint(report, place),
  ])
}

function rowsOf({ compared }: ProjectReport): Inline[][] {
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
      return [words.metrics[metric], format(now), format(before)]
    })
}

function factsOf(report: ProjectReport): Inline[] {
  const { waiting, absenceFactor, issueAge, forkNetwork, stars } = report
  return [
    waiting > 0 ? words.waiting(waiting) : null,
    absenceFactor === null ? null : words.absenceFactor(absenceFactor),
    issueAge === null ? null : words.issueAge(issueAge),
    forkNetwork.total ? words.network(forkNetwork.total, forkNetwork.growth) : null,
    stars ? words.stars(stars) : null,
  ].filter((fact) => fact !== null)
}

function smallPrint({ since }: ProjectReport, { docsUrl, zone }: Place): RootContent {
  const parts: (Inline | null)[] = [
    since && words.since(date(since, zone)),
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
