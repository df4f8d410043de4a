import type { RootContent } from 'mdast'
import type { ContributorSummary, Merge } from '../metrics/contributor-summary.ts'
import { month } from './dates.ts'
import { longDuration } from './duration.ts'
import { type Inline, join, link, paragraph, serialise, sub } from './markdown.ts'
import { personLink, shownLogin, somebody } from './person.ts'
import { type Place, threadUrl } from './place.ts'
import { pullRequestWords as words } from './pull-request-words.ts'
import { strangerCode, strangerText } from './stranger-text.ts'

/**
 * What the one comment on a pull request says: who this is when it is opened,
 * what it was once it is merged. Null when there is nothing to say: of a bot or
 * an AI agent, and of somebody known who asked not to be named.
 */
export function renderPullRequestSummary(summary: ContributorSummary, place: Place): string | null {
  if (summary.person.group !== 'human') return null
  const sentences =
    summary.merge === null ? opened(summary, place) : merged(summary, summary.merge, place)
  if (sentences.length === 0) return null
  const content: RootContent[] = [paragraph(join(sentences, ' '))]
  if (summary.standing === 'first' && summary.merge === null) content.push(smallPrint(place))
  return serialise(content)
}

function opened(summary: ContributorSummary, place: Place): Inline[] {
  const { standing } = summary
  const guidance = [...usualAnswer(summary), ...reviewers(summary)]
  if (standing === 'first') return [first(summary, place), ...guidance]
  if (shownLogin(summary.person) === null) return []
  return standing === 'returning'
    ? [...returning(summary, place), ...guidance]
    : [known(summary, place)]
}

function first({ person, reported }: ContributorSummary, place: Place): Inline {
  const named = shownLogin(person) !== null && reported.length > 0
  return words.first(personLink(person, place), named ? issues(reported, place) : null)
}

const issuesShown = 3

function issues(numbers: readonly number[], place: Place): Inline {
  const links: Inline[] = numbers
    .slice(0, issuesShown)
    .map((number) => link(threadUrl(place, 'issue', number), `#${number}`))
  const more = numbers.length - links.length
  return words.and(more > 0 ? [...links, words.more(more)] : links)
}

function known(summary: ContributorSummary, place: Place): Inline {
  const { person, mergedBefore, openedBefore, since, daysSinceLast } = summary
  const who = personLink(person, place)
  if (mergedBefore === 0) return words.known(who, openedBefore + 1)
  return words.knownMerged(who, {
    merged: mergedBefore,
    since: since === null ? null : month(since, place.zone),
    last: daysSinceLast === null ? null : words.ago(daysSinceLast),
    areas: areas(summary),
  })
}

function returning(summary: ContributorSummary, place: Place): Inline[] {
  const { person, daysSinceLast, mergedBefore } = summary
  const back = words.returning(personLink(person, place), words.years(daysSinceLast ?? 0))
  return mergedBefore === 0 ? [back] : [back, words.mergedBefore(mergedBefore, areas(summary))]
}

function areas({ areas }: ContributorSummary): Inline | null {
  return areas.length === 0
    ? null
    : words.and(areas.map((area) => strangerCode(area, words.someplace)))
}

function usualAnswer({ usualHoursToFirstResponse: hours }: ContributorSummary): Inline[] {
  return hours === null ? [] : [words.usualAnswer(hours)]
}

/** Logins in code, not linked: a maintainer named on every pull request of a newcomer should not feel called. */
function reviewers({ reviewers }: ContributorSummary): Inline[] {
  return reviewers.map(({ area, logins }) =>
    words.reviewers(
      strangerCode(area, words.someplace),
      words.and(logins.map((login) => strangerCode(login, somebody))),
    ),
  )
}

function merged(summary: ContributorSummary, merge: Merge, place: Place): Inline[] {
  const { person, standing } = summary
  const who = personLink(person, place)
  const after = longDuration(merge.hours)
  if (shownLogin(person) === null && merge.nth > 1) return [words.mergedUnnamed(who, after)]
  return [
    words.merged(merge.nth, who, after),
    ...(standing === 'returning' ? [words.mergedReturning] : []),
    ...(merge.nth === 1 && merge.contributorsEver !== null
      ? [words.contributors(projectName(place), merge.contributorsEver)]
      : []),
  ]
}

function projectName({ fullName }: Place): Inline {
  return strangerText(fullName.split('/')[1] ?? '', words.project)
}

function smallPrint({ docsUrl }: Place): RootContent {
  const parts: Inline[] = docsUrl === null ? [] : [link(docsUrl, words.docs)]
  return sub(join([...parts, words.leaveMeOut], ' · '))
}
