import type { RootContent } from 'mdast'
import type { ContributorSummary, Merge } from '../metrics/contributor-summary.ts'
import { type Inline, join, link, paragraph, serialise, sub } from './markdown.ts'
import { personLink, shownLogin } from './person.ts'
import { definitionsUrl, type Place, threadUrl } from './place.ts'
import { strangerCode, strangerText } from './stranger-text.ts'
import { wordsOf } from './words/language.ts'

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
  const content: RootContent[] = [paragraph(join(sentences, wordsOf(place).formats.between))]
  if (summary.standing === 'first' && summary.merge === null) content.push(smallPrint(place))
  return serialise(content)
}

function opened(summary: ContributorSummary, place: Place): Inline[] {
  const { standing } = summary
  const guidance = [...usualAnswer(summary, place), ...reviewers(summary, place)]
  if (standing === 'first') return [first(summary, place), ...guidance]
  if (shownLogin(summary.person) === null) return []
  return standing === 'returning'
    ? [...returning(summary, place), ...guidance]
    : [known(summary, place)]
}

function first({ person, reported }: ContributorSummary, place: Place): Inline {
  const { pullRequest: words } = wordsOf(place)
  const named = shownLogin(person) !== null && reported.length > 0
  return words.first(personLink(person, place), named ? issues(reported, place) : null)
}

const issuesShown = 3

function issues(numbers: readonly number[], place: Place): Inline {
  const { pullRequest: words } = wordsOf(place)
  const links: Inline[] = numbers
    .slice(0, issuesShown)
    .map((number) => link(threadUrl(place, 'issue', number), `#${number}`))
  const more = numbers.length - links.length
  return words.and(more > 0 ? [...links, words.more(more)] : links)
}

function known(summary: ContributorSummary, place: Place): Inline {
  const { pullRequest: words, formats } = wordsOf(place)
  const { person, mergedBefore, openedBefore, since, daysSinceLast } = summary
  const who = personLink(person, place)
  if (mergedBefore === 0) return words.known(who, openedBefore + 1)
  return words.knownMerged(who, {
    merged: mergedBefore,
    since: since === null ? null : formats.month(since, place.zone),
    last: daysSinceLast === null ? null : words.ago(daysSinceLast),
    areas: areas(summary, place),
  })
}

function returning(summary: ContributorSummary, place: Place): Inline[] {
  const { pullRequest: words } = wordsOf(place)
  const { person, daysSinceLast, mergedBefore } = summary
  const back = words.returning(personLink(person, place), words.years(daysSinceLast ?? 0))
  return mergedBefore === 0
    ? [back]
    : [back, words.mergedBefore(mergedBefore, areas(summary, place))]
}

function areas({ areas }: ContributorSummary, place: Place): Inline | null {
  const { pullRequest: words } = wordsOf(place)
  return areas.length === 0
    ? null
    : words.and(areas.map((area) => strangerCode(area, words.someplace)))
}

function usualAnswer(
  { usualHoursToFirstResponse: hours }: ContributorSummary,
  place: Place,
): Inline[] {
  return hours === null ? [] : [wordsOf(place).pullRequest.usualAnswer(hours)]
}

/** Logins in code, not linked: a maintainer named on every pull request of a newcomer should not feel called. */
function reviewers({ reviewers }: ContributorSummary, place: Place): Inline[] {
  const { pullRequest: words, formats } = wordsOf(place)
  return reviewers.map(({ area, logins }) =>
    words.reviewers(
      strangerCode(area, words.someplace),
      words.and(logins.map((login) => strangerCode(login, formats.somebody))),
    ),
  )
}

function merged(summary: ContributorSummary, merge: Merge, place: Place): Inline[] {
  const { pullRequest: words, formats } = wordsOf(place)
  const { person, standing } = summary
  const who = personLink(person, place)
  const after = formats.longDuration(merge.hours)
  // Who comes back after a year is not somebody who stayed for one.
  const milestone = standing === 'returning' && merge.milestone === 'year' ? null : merge.milestone
  if (shownLogin(person) === null && merge.nth > 1) return [words.mergedUnnamed(who, after)]
  return [
    words.merged(nthOf(merge), who, { after, stands: milestone !== null }),
    ...(milestone === null || merge.nth === 1 ? [] : [words.milestones[milestone]]),
    ...(standing === 'returning' ? [words.mergedReturning] : []),
    ...(merge.nth === 1 && merge.contributorsEver !== null
      ? [words.contributors(projectName(place), merge.contributorsEver)]
      : []),
  ]
}

/** As it was told: which one it is may look otherwise once more history is known. */
function nthOf({ nth, milestone }: Merge): number {
  return milestone === null || milestone === 'year' ? nth : Number(milestone)
}

function projectName(place: Place): Inline {
  const name = place.fullName.split('/')[1] ?? ''
  return strangerText(name, wordsOf(place).pullRequest.project)
}

function smallPrint(place: Place): RootContent {
  const { pullRequest: words } = wordsOf(place)
  const url = definitionsUrl(place)
  const parts: Inline[] = url === null ? [] : [link(url, words.docs)]
  return sub(join([...parts, words.leaveMeOut], ' · '))
}
