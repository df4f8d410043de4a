import type { PhrasingContent } from 'mdast'
import type { OrganizationDigest } from '../metrics/organization-digest.ts'
import { activeWork, newlyActive } from './digest-forks.ts'
import { openToEveryone } from './digest-headlines.ts'
import { type Inline, join } from './markdown.ts'
import { worthTelling } from './numbers.ts'
import type { Place } from './place.ts'
import { wordsOf } from './words/language.ts'

type Digest = OrganizationDigest<unknown>
type Sentences = (Inline | null)[]

/** GitHub lists none of what several repositories make together. */
const unlinked = (text: string): PhrasingContent => ({ type: 'text', value: text })

/** What changed in all repositories together: the same five questions as in a digest, a line each. */
export function organizationHeadlines(digest: Digest, place: Place): Inline[] {
  return [
    faster(digest, place),
    openToEveryone(digest, place),
    theStandard(digest, place),
    comeAndStay(digest, place),
    ecosystem(digest, place),
  ].flatMap((sentences) => {
    const said = sentences.filter((sentence) => sentence !== null)
    return said.length === 0 ? [] : [join(said, wordsOf(place).formats.between)]
  })
}

function faster({ trends, waiting, waitingHours }: Digest, place: Place): Sentences {
  const { headlines: words } = wordsOf(place)
  const { thisWeek: hours, usual } = trends.hoursToFirstResponse
  const many = waiting.length
  const still = many === 0 ? null : words.stillWaiting(many, waitingHours)
  const merged = mergedLine({ trends }, place)
  if (hours !== null) return [merged, words.firstAnswer(hours, usual, still)]
  if (many === 0) return [merged]
  const of = (type: string) => waiting.filter(({ thread }) => thread.type === type).length
  const [pullRequests, issues, discussions] = [of('pull_request'), of('issue'), of('discussion')]
  return [merged, words.waiting({ pullRequests, issues, discussions }, waitingHours)]
}

function mergedLine({ trends }: Pick<Digest, 'trends'>, place: Place): Inline | null {
  const { headlines: words } = wordsOf(place)
  const merged = trends.merged.thisWeek ?? 0
  const outside = trends.mergedFromOutside.thisWeek ?? 0
  if (merged === 0) return null
  return outside === 0
    ? words.merged(merged, unlinked)
    : words.fromOutside({ merged, outside, usualShare: trends.outsideShare.usual }, unlinked)
}

function theStandard({ trends, forkNetwork }: Digest, place: Place): Sentences {
  const { organizationDigest: words } = wordsOf(place)
  const created = trends.newForks.thisWeek ?? 0
  if (created === 0) return []
  return [
    words.forks({ created, network: forkNetwork.total, rate: worthTelling(forkNetwork.growth) }),
  ]
}

function comeAndStay({ newcomers: { merged, others } }: Digest, place: Place): Sentences {
  const { organizationDigest: words } = wordsOf(place)
  return merged + others === 0 ? [] : [words.newcomers(merged, others)]
}

function ecosystem({ forks }: Digest, place: Place): Sentences {
  const { headlines: words } = wordsOf(place)
  const ahead = forks.flatMap(activeWork).length
  const newly = forks.reduce((sum, network) => sum + newlyActive(network), 0)
  if (ahead === 0) return []
  return [words.ahead(ahead), newly === 0 ? null : words.newlyAhead(newly, ahead)]
}
