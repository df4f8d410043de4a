import { code, type Inline, join, link, list, paragraph, serialise } from './markdown.ts'
import { type Place, threadUrl } from './place.ts'
import { strangerCode, strangerText } from './stranger-text.ts'
import { type Words, wordsOf } from './words/language.ts'

export type HelpTopic = keyof Words['answers']['help']['commands']

/** A part of a repository's history that is read by itself. */
export type HistoryPart = keyof Words['answers']['status']['lanes']

/** What there is to ask for; only the commands that work where it is asked. */
export function renderHelp(topics: readonly HelpTopic[], place: Place): string {
  const { help } = wordsOf(place).answers
  const lines = topics.map((topic) => help.line(commandCode(topic), help.commands[topic]))
  return serialise([paragraph(help.intro), list(lines)])
}

interface ApiCost {
  /** of GraphQL */
  points: number
  requests: number
}

/** How Groundswell stands in one repository. */
export interface Status {
  /** null: not yet */
  trackedSince: Date | null
  /** how far back history reaches before that; null: it does not */
  backfilledTo: Date | null
  /** how far back commits of the default branch are known; null: none are, or there are none */
  commits: { reachedTo: Date | null; isWhole: boolean; isClosed: boolean } | null
  /** what reading the history takes, and has taken so far; null: it is not being read */
  reading: { planned: ApiCost; spent: ApiCost } | null
  /** what GitHub does not show of the history */
  closedLanes: HistoryPart[]
  /** of the last `deliveryDays` */
  deliveries: number
  failedDeliveries: number
  deliveryDays: number
  /** what GitHub was asked in the last `costDays` */
  cost: { points: number; requests: number }
  costDays: number
  /** null: none posted yet */
  lastDigest: { week: string; postedAt: Date; url: string | null } | null
  /** places that digests do not reach, null: all of them; `problem` null: whoever runs the App finds it in its log */
  digestProblems: readonly { place: string | null; problem: string | null }[]
  /** null: digests are switched off */
  nextDigestAt: Date | null
  paused: boolean
  /** what is told here of all repositories of the owner; null: nothing is */
  rollUp: { latest: { number: number; postedAt: Date } | null } | null
  /** new comments and issues of the last 24 hours, and how many there may be */
  posts: { made: number; allowed: number }
  mutedThreads: number
  /** times of day in the repository's zone, `22:00`; null: none */
  quietHours: { from: string; to: string } | null
  /**
   * `problem` is the first one of an invalid file, `notice` the first thing in an
   * old spelling of a valid one; each in one line
   */
  configuration: 'none' | 'valid' | { problem: string } | { notice: string }
}

export function renderStatus(status: Status, place: Place): string {
  const { answers, formats } = wordsOf(place)
  const { status: words } = answers
  const { paused, nextDigestAt } = status
  const next =
    nextDigestAt === null
      ? words.digestsOff
      : words.nextDigest(formats.dateTime(nextDigestAt, place.zone))
  return serialise([
    list([
      counting(status, place),
      ...commits(status, place),
      ...reading(status, place),
      ...(status.trackedSince === null
        ? []
        : [words.deliveries(status.deliveries, status.failedDeliveries, status.deliveryDays)]),
      ...(status.cost.requests === 0
        ? []
        : [words.cost(status.cost.points, status.cost.requests, status.costDays)]),
      lastDigest(status, place),
      ...digestProblems(status, place),
      paused ? words.paused : next,
      ...rollUp(status, place),
      ...posting(status, place),
      configuration(status, place),
    ]),
  ])
}

function counting({ trackedSince, backfilledTo }: Status, place: Place): Inline {
  const { answers, formats } = wordsOf(place)
  const { status: words } = answers
  if (trackedSince === null) return words.notYet
  const since = words.since(formats.date(trackedSince, place.zone))
  return backfilledTo === null || backfilledTo >= trackedSince
    ? since
    : [since, words.history(formats.date(backfilledTo, place.zone))].join(formats.between)
}

function commits({ commits }: Status, place: Place): Inline[] {
  const { answers, formats } = wordsOf(place)
  const { status: words } = answers
  if (commits === null) return []
  const { reachedTo, isWhole, isClosed } = commits
  return [
    ...(reachedTo === null ? [] : [words.commits(formats.date(reachedTo, place.zone), isWhole)]),
    ...(isClosed ? [words.commitsClosed] : []),
  ]
}

function reading({ reading, closedLanes }: Status, place: Place): Inline[] {
  const { status: words } = wordsOf(place).answers
  return [
    ...(reading === null ? [] : [words.reading(reading.spent, reading.planned)]),
    ...(closedLanes.length === 0
      ? []
      : [words.closedLanes(closedLanes.map((lane) => words.lanes[lane]))]),
  ]
}

function lastDigest({ lastDigest }: Status, place: Place): Inline {
  const { answers, formats } = wordsOf(place)
  const { status: words } = answers
  if (lastDigest === null) return words.noDigest
  const { week, postedAt, url } = lastDigest
  const at = formats.date(postedAt, place.zone)
  return words.lastDigest(url === null ? week : link(url, week), at)
}

function digestProblems({ digestProblems }: Status, here: Place): Inline[] {
  const { status: words } = wordsOf(here).answers
  return digestProblems.map(({ place, problem }) =>
    words.digestProblem(
      place === null ? null : strangerCode(place, words.somewhere),
      problem === null ? null : strangerText(problem, words.noReason),
    ),
  )
}

function rollUp({ rollUp }: Status, place: Place): Inline[] {
  const { answers, formats } = wordsOf(place)
  const { status: words } = answers
  if (rollUp === null) return []
  const { latest } = rollUp
  if (latest === null) return [words.rollUp(null)]
  const at = formats.date(latest.postedAt, place.zone)
  return [words.rollUp(link(threadUrl(place, 'issue', latest.number), at))]
}

function posting({ posts, mutedThreads, quietHours }: Status, place: Place): Inline[] {
  const { status: words } = wordsOf(place).answers
  return [
    words.posts(posts.made, posts.allowed),
    ...(quietHours === null ? [] : [words.quietHours(quietHours, place.zone)]),
    ...(mutedThreads === 0 ? [] : [words.muted(mutedThreads)]),
  ]
}

function configuration({ configuration }: Status, place: Place): Inline {
  const { status: words } = wordsOf(place).answers
  if (configuration === 'none') return words.defaults
  if (configuration === 'valid') return words.configured
  if ('notice' in configuration) {
    return words.oldFashioned(strangerText(configuration.notice, words.noReason))
  }
  return words.misconfigured(strangerText(configuration.problem, words.noReason))
}

/** The answer to `/groundswell forget-me`, which names nobody. */
export function renderForgotten(place: Place): string {
  const { answers, formats } = wordsOf(place)
  const { done, later, undone, thanks } = answers.forgotten
  return serialise([
    paragraph(join([done, later], formats.between)),
    paragraph(undone),
    paragraph(thanks),
  ])
}

/** Why a command is not carried out. */
export type Refusal =
  | { reason: 'needs write access'; command: HelpTopic }
  /** as it was written */
  | { reason: 'unknown'; text: string }
  | { reason: 'only about yourself' | 'failed' }

export function renderRefusal(refusal: Refusal, place: Place): string {
  return serialise([paragraph(refusalOf(refusal, wordsOf(place).answers))])
}

function refusalOf(refusal: Refusal, words: Words['answers']): Inline {
  switch (refusal.reason) {
    case 'needs write access':
      return refusal.command === 'mute' || refusal.command === 'unmute'
        ? words.refusal.authors(commandCode(refusal.command))
        : words.refusal.writers(commandCode(refusal.command))
    case 'unknown':
      return words.refusal.unknown(strangerCode(refusal.text, words.emptyCommand))
    case 'only about yourself':
      return words.refusal.onlyYourself
    case 'failed':
      return words.refusal.failed
  }
}

/** Our own words, so that they can be copied and work. */
function commandCode(topic: HelpTopic): Inline {
  return code(`/groundswell ${topic}`)
}
