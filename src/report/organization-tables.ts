import type { PhrasingContent, RootContent } from 'mdast'
import type {
  OrganizationDigest,
  RepositoryWeek,
  WaitingAnywhere,
} from '../metrics/organization-digest.ts'
import type { Week } from '../metrics/window.ts'
import { heading, type Inline, link, paragraph, phrase, table } from './markdown.ts'
import { number } from './numbers.ts'
import { type Place, pullRequestsUrl, threadUrl } from './place.ts'
import { strangerText } from './stranger-text.ts'
import { wordsOf } from './words/language.ts'

const repositoriesShown = 20
const threadsShown = 10

/** A repository that a digest of several tells of. */
export interface ToldRepository {
  name: string
  /** `https://host/owner/name`, without a slash at the end */
  url: string
  /** its own digest of the same week; null: there is none to lead to */
  digestUrl: string | null
}

type Digest = OrganizationDigest<ToldRepository>

export function repositoryLink({ name, url }: ToldRepository, place: Place): PhrasingContent {
  return link(url, strangerText(name, wordsOf(place).organizationDigest.somewhere))
}

/** One row a repository, the most active first, and how many others there are. */
export function repositoriesTable(digest: Digest, place: Place): RootContent[] {
  const { organizationDigest: words } = wordsOf(place)
  const { repositories, quiet, week } = digest
  const shown = repositories.slice(0, repositoriesShown)
  const less = repositories.length - shown.length
  const rows = shown.map((repository) => row(repository, week, place))
  return [
    heading(3, words.repositoriesHeading),
    table(
      [null, 'right', 'right', 'right', 'right', 'right'],
      [words.repositoriesColumns, ...rows],
    ),
    ...(less + quiet > 0 ? [paragraph(words.others(less, quiet))] : []),
  ]
}

function row(
  { repository, measures, waiting }: RepositoryWeek<ToldRepository>,
  week: Week,
  place: Place,
): Inline[] {
  const { organizationDigest: words, formats } = wordsOf(place)
  const there = { ...place, url: repository.url }
  const { merged, mergedFromOutside, newForks } = measures
  const name = repositoryLink(repository, place)
  const proof = (value: number | null, url: string) =>
    (value ?? 0) === 0 ? number(value) : link(url, number(value))
  const merges = proof(merged, pullRequestsUrl(there, 'is:merged+merged', week))
  return [
    repository.digestUrl === null
      ? name
      : phrase`${name} · ${link(repository.digestUrl, words.itsDigest)}`,
    number(measures.contributors),
    (merged ?? 0) === 0 ? merges : phrase`${merges} (${number(mergedFromOutside)})`,
    formats.shortDuration(measures.hoursToFirstResponse),
    number(waiting),
    proof(newForks, `${repository.url}/forks`),
  ]
}

/** Those of outsiders that have waited longest, wherever they are. */
export function waitingAnywhereTable({ waiting }: Digest, place: Place): RootContent[] {
  const { digest: words } = wordsOf(place)
  if (waiting.length === 0) return []
  const rows = waiting.slice(0, threadsShown).map((waited) => waitingRow(waited, place))
  const more = waiting.length - rows.length
  return [
    heading(3, words.waitingHeading),
    table([null, 'right', null], [words.waitingColumns, ...rows]),
    ...(more > 0 ? [paragraph(words.waitingMore(more, null))] : []),
  ]
}

/** Told as `engine 812`: with a # between the two it would be a reference in its timeline. */
function waitingRow(
  { repository, thread, hours }: WaitingAnywhere<ToldRepository>,
  place: Place,
): Inline[] {
  const { digest: words, organizationDigest: own, formats } = wordsOf(place)
  const { type, number: numbered, title } = thread
  const url = threadUrl({ ...place, url: repository.url }, type, numbered)
  const name = strangerText(`${repository.name} ${numbered}`, own.somewhere)
  return [
    phrase`${link(url, name)} ${strangerText(title, words.untitled)}`,
    formats.shortDuration(hours),
    words.threads[type],
  ]
}
