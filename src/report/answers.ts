import { answerWords as words } from './answer-words.ts'
import { date, dateTime } from './dates.ts'
import { code, type Inline, link, list, paragraph, phrase, serialise } from './markdown.ts'
import type { Place } from './place.ts'
import { strangerCode, strangerText } from './stranger-text.ts'

export type HelpTopic = keyof typeof words.help.commands

/** What there is to ask for; only the commands that work where it is asked. */
export function renderHelp(topics: readonly HelpTopic[]): string {
  const lines = topics.map((topic) => phrase`${commandCode(topic)}: ${words.help.commands[topic]}`)
  return serialise([paragraph(words.help.intro), list(lines)])
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
  /** what GitHub does not show of the history, in words such as "review comments" */
  closedLanes: string[]
  /** of the last `deliveryDays` */
  deliveries: number
  failedDeliveries: number
  deliveryDays: number
  /** what GitHub was asked in the last `costDays` */
  cost: { points: number; requests: number }
  costDays: number
  /** null: none posted yet */
  lastDigest: { week: string; postedAt: Date; url: string } | null
  /** null: digests are switched off */
  nextDigestAt: Date | null
  paused: boolean
  /** `problem` is the first one of an invalid file, in one line */
  configuration: 'none' | 'valid' | { problem: string }
}

export function renderStatus(status: Status, place: Place): string {
  const { paused, nextDigestAt } = status
  const next =
    nextDigestAt === null
      ? words.status.digestsOff
      : words.status.nextDigest(dateTime(nextDigestAt, place.zone))
  return serialise([
    list([
      counting(status, place),
      ...commits(status, place),
      ...reading(status),
      ...(status.trackedSince === null
        ? []
        : [
            words.status.deliveries(
              status.deliveries,
              status.failedDeliveries,
              status.deliveryDays,
            ),
          ]),
      ...(status.cost.requests === 0
        ? []
        : [words.status.cost(status.cost.points, status.cost.requests, status.costDays)]),
      lastDigest(status, place),
      paused ? words.status.paused : next,
      configuration(status),
    ]),
  ])
}

function counting({ trackedSince, backfilledTo }: Status, { zone }: Place): Inline {
  if (trackedSince === null) return words.status.notYet
  const since = words.status.since(date(trackedSince, zone))
  return backfilledTo === null || backfilledTo >= trackedSince
    ? since
    : `${since} ${words.status.history(date(backfilledTo, zone))}`
}

function commits({ commits }: Status, { zone }: Place): Inline[] {
  if (commits === null) return []
  const { reachedTo, isWhole, isClosed } = commits
  return [
    ...(reachedTo === null ? [] : [words.status.commits(date(reachedTo, zone), isWhole)]),
    ...(isClosed ? [words.status.commitsClosed] : []),
  ]
}

function reading({ reading, closedLanes }: Status): Inline[] {
  return [
    ...(reading === null ? [] : [words.status.reading(reading.spent, reading.planned)]),
    ...(closedLanes.length === 0 ? [] : [words.status.closedLanes(closedLanes)]),
  ]
}

function lastDigest({ lastDigest }: Status, { zone }: Place): Inline {
  if (lastDigest === null) return words.status.noDigest
  const { week, postedAt, url } = lastDigest
  return words.status.lastDigest(link(url, week), date(postedAt, zone))
}

function configuration({ configuration }: Status): Inline {
  if (configuration === 'none') return words.status.defaults
  if (configuration === 'valid') return words.status.configured
  return words.status.misconfigured(strangerText(configuration.problem, words.status.noReason))
}

/** Why a command is not carried out. */
export type Refusal =
  | { reason: 'needs write access' | 'not available'; command: HelpTopic }
  /** as it was written */
  | { reason: 'unknown'; text: string }
  | { reason: 'only about yourself' | 'failed' }

export function renderRefusal(refusal: Refusal): string {
  return serialise([paragraph(refusalOf(refusal))])
}

function refusalOf(refusal: Refusal): Inline {
  switch (refusal.reason) {
    case 'needs write access':
      return words.refusal.writers(commandCode(refusal.command))
    case 'not available':
      return words.refusal.missing(commandCode(refusal.command))
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
