import type { ForkProjection } from '../metrics/fork-growth.ts'
import type { Newcomer } from '../metrics/new-contributors.ts'
import type { WeeklyDigest } from '../metrics/weekly-digest.ts'
import { activeThemes, activeWork, newlyActive, themeName } from './digest-forks.ts'
import { type Inline, join, link } from './markdown.ts'
import { worthTelling } from './numbers.ts'
import { type Place, pullRequestsUrl } from './place.ts'
import { projectedMonths } from './projected-months.ts'
import { wordsOf } from './words/language.ts'

/**
 * What changed, one line for each of the five questions: does help from outside
 * make us faster, is it open to everyone, is it becoming the standard, do people
 * come and stay, does an ecosystem grow. None without content.
 */
export function headlines(digest: WeeklyDigest, place: Place): Inline[] {
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

type Sentences = (Inline | null)[]

function faster(digest: WeeklyDigest, place: Place): Sentences {
  const { headlines: words } = wordsOf(place)
  const { firstResponse, trends, waiting, waitingHours } = digest
  const stillWaiting =
    waiting.length === 0 ? null : words.stillWaiting(waiting.length, waitingHours)
  return [
    merged(digest, place),
    firstResponse.median === null
      ? waits(digest, place)
      : words.firstAnswer(firstResponse.median, trends.hoursToFirstResponse.usual, stillWaiting),
  ]
}

function merged({ trends, week }: WeeklyDigest, place: Place): Inline | null {
  const { headlines: words } = wordsOf(place)
  const total = trends.merged.thisWeek ?? 0
  const outside = trends.mergedFromOutside.thisWeek ?? 0
  const linked = (text: string) => link(pullRequestsUrl(place, 'is:merged+merged', week), text)
  const usualShare = trends.outsideShare.usual
  if (total === 0) return null
  return outside === 0
    ? words.merged(total, linked)
    : words.fromOutside({ merged: total, outside, usualShare }, linked)
}

function waits({ waiting, waitingHours }: WeeklyDigest, place: Place): Inline | null {
  const { headlines: words } = wordsOf(place)
  if (waiting.length === 0) return null
  const of = (type: string) => waiting.filter(({ thread }) => thread.type === type).length
  return words.waiting(
    { pullRequests: of('pull_request'), issues: of('issue'), discussions: of('discussion') },
    waitingHours,
  )
}

/** The same for one repository and for several together. */
export function openToEveryone({ trends }: Pick<WeeklyDigest, 'trends'>, place: Place): Sentences {
  const { headlines: words } = wordsOf(place)
  const total = trends.contributors.thisWeek ?? 0
  if (total === 0) return []
  return [
    words.people({
      total,
      outside: trends.outsideContributors.thisWeek ?? 0,
      usual: trends.contributors.usual,
      organizations: trends.organizations.thisWeek,
    }),
  ]
}

function theStandard({ trends, forkNetwork, forks }: WeeklyDigest, place: Place): Sentences {
  const { headlines: words } = wordsOf(place)
  const created = trends.newForks.thisWeek ?? 0
  if (created === 0) return []
  const network = forkNetwork.total
  const rate = worthTelling(forkNetwork.growth)
  const projection = forks?.growthOfWeek.projection ?? null
  const burst = forks?.burst ?? null
  const passed = forks?.milestones.at(-1)
  return [
    words.forks({ created, network, rate }, (text) => link(`${place.url}/forks`, text)),
    passed === undefined ? null : words.milestonePassed(passed),
    projection === null ? null : milestone(projection, place),
    burst?.isBurst ? words.burst(burst.count, burst.mean) : null,
  ]
}

function milestone(projection: ForkProjection, place: Place) {
  const { headlines: words } = wordsOf(place)
  const { at, first, last } = projectedMonths(projection, place)
  return words.milestone(projection.milestone, at, first && words.range(first, last))
}

function comeAndStay({ newcomers, returning, cohort }: WeeklyDigest, place: Place): Sentences {
  const { headlines: words, formats } = wordsOf(place)
  const [merged, others] = halves(newcomers)
  return [
    merged + others > 0 ? words.newcomers(merged, others) : null,
    returning.length > 0 ? words.returning(returning.length) : null,
    cohort &&
      words.cohort(cohort.came, cohort.cameBack, formats.monthAlone(cohort.month.from, place.zone)),
  ]
}

function halves(newcomers: readonly Newcomer[]): [merged: number, others: number] {
  const merged = newcomers.filter(({ firstMerge }) => firstMerge).length
  return [merged, newcomers.length - merged]
}

function ecosystem({ forks }: WeeklyDigest, place: Place): Sentences {
  const { headlines: words } = wordsOf(place)
  if (forks === null) return []
  const active = activeWork(forks)
  const newly = newlyActive(forks)
  const [theme] = activeThemes(forks)
  if (active.length === 0) return []
  return [
    words.ahead(active.length),
    newly === 0 ? null : words.newlyAhead(newly, active.length),
    theme === undefined
      ? null
      : (theme.kind === 'area' ? words.samePart : words.sameWish)(
          theme.forks.length,
          themeName(theme, place),
        ),
  ]
}
