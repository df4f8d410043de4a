import type { Newcomer } from '../metrics/new-contributors.ts'
import type { WeeklyDigest } from '../metrics/weekly-digest.ts'
import { digestWords as words } from './digest-words.ts'
import { type Inline, join } from './markdown.ts'

/** What changed, most important first: at most five lines, and none without content. */
export function headlines(digest: WeeklyDigest): Inline[] {
  return [merged(digest), newcomers(digest), waiting(digest), forks(digest), people(digest)].filter(
    (line) => line !== null,
  )
}

function merged({ trends, firstResponse }: WeeklyDigest): Inline | null {
  const total = trends.merged.thisWeek ?? 0
  const outside = trends.mergedFromOutside.thisWeek ?? 0
  const answer =
    firstResponse.median === null
      ? null
      : words.firstAnswer(firstResponse.median, trends.hoursToFirstResponse.usual)
  if (total === 0) return answer
  const share =
    outside === 0
      ? words.merged(total)
      : words.fromOutside(total, outside, trends.outsideShare.usual)
  return answer === null ? share : join([share, answer], ' ')
}

function newcomers({ newcomers, returning }: WeeklyDigest): Inline | null {
  const [merged, others] = halves(newcomers)
  const lines = [
    merged + others > 0 ? words.newcomers(merged, others) : null,
    returning.length > 0 ? words.returning(returning.length) : null,
  ].filter((line) => line !== null)
  return lines.length === 0 ? null : join(lines, ' ')
}

function halves(newcomers: readonly Newcomer[]): [merged: number, others: number] {
  const merged = newcomers.filter(({ firstMerge }) => firstMerge).length
  return [merged, newcomers.length - merged]
}

function waiting({ waiting, waitingHours }: WeeklyDigest): Inline | null {
  if (waiting.length === 0) return null
  const of = (type: string) => waiting.filter(({ thread }) => thread.type === type).length
  return words.waiting(
    { pullRequests: of('pull_request'), issues: of('issue'), discussions: of('discussion') },
    waitingHours,
  )
}

function forks({ trends, forkNetwork }: WeeklyDigest): Inline | null {
  const created = trends.newForks.thisWeek ?? 0
  return created === 0 ? null : words.forks(created, forkNetwork.growth)
}

function people({ trends }: WeeklyDigest): Inline | null {
  const total = trends.contributors.thisWeek ?? 0
  if (total === 0) return null
  return words.people(total, trends.outsideContributors.thisWeek, trends.contributors.usual)
}
