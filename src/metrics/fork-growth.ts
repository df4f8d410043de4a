import type { DayCount } from './history.ts'
import { median, ratio } from './statistics.ts'
import { countAt } from './technical-fork.ts'
import { isWithin, type Week, weeksUpTo } from './window.ts'

/** What is known of a fork network over time. */
export interface ForkHistory {
  /** the whole network, oldest first */
  counts: readonly DayCount[]
  /** when each fork was made, in any order; deleted ones where they are known */
  madeAt: readonly Date[]
}

/** Net forks a week. Deleted forks are taken off, so it can be below zero. */
export interface ForkRate {
  /** the median of the weeks */
  perWeek: number
  /** between these lies what a week usually brings, with a probability of 0.9 or more */
  low: number
  high: number
  /** how many weeks it rests on */
  weeks: number
}

export interface ForkProjection {
  milestone: number
  at: Date
  /** at the higher and at the lower rate; `latest` is null where the lower one may never get there */
  earliest: Date
  latest: Date | null
}

export interface ForkGrowth {
  /** the network at the end of the week; null where no payload said so */
  total: number | null
  /** forks made in the week, whatever became of them */
  made: number
  /** the change of `total` over the week */
  net: number | null
  /** `net` against the network at the week's beginning, 0.026 for 2.6 % */
  growth: number | null
  /** the median of `net` over the eight weeks before; null with fewer than six */
  usual: number | null
  /** the last 26 weeks, oldest first */
  curve: { week: string; total: number | null; made: number }[]
  /** over eight weeks up to and with this one; null with fewer than six */
  rate: ForkRate | null
  /** null where it does not grow, or not within a year */
  projection: ForkProjection | null
}

const weeksShown = 26
const weeksForRate = 8
const fewestWeeks = 6
const weekMs = 7 * 86_400_000
const longestProjectionWeeks = 52

/**
 * Technical Fork (CHAOSS) over time: the size of the fork network, what is new
 * in it, and where it leads if nothing changes.
 * https://chaoss.community/kb/metric-technical-fork/
 */
export function forkGrowth({ counts, madeAt }: ForkHistory, week: Week): ForkGrowth {
  const shown = weeksUpTo(week, weeksShown)
  const changes = shown.map(({ from, to }) => change(totalAt(counts, from), totalAt(counts, to)))
  const net = changes.at(-1) ?? null
  const total = totalAt(counts, week.to)
  const rate = forkRate(known(changes.slice(-weeksForRate)))
  const before = known(changes.slice(-weeksForRate - 1, -1))
  return {
    total,
    made: madeIn(madeAt, week),
    net,
    growth: ratio(net, totalAt(counts, week.from)),
    usual: before.length < fewestWeeks ? null : median(before),
    curve: shown.map((each) => ({
      week: each.name,
      total: totalAt(counts, each.to),
      made: madeIn(madeAt, each),
    })),
    rate,
    projection:
      total === null || rate === null
        ? null
        : projectionTo(nextMilestone(total), { total, rate, from: week.to }),
  }
}

/**
 * The median of some weeks and an interval around it that holds whatever the
 * distribution: of eight values the second smallest and the second largest lie
 * on either side of the true median with a probability of 0.93, of fewer the
 * smallest and the largest do. One week of a campaign moves neither.
 *
 * @returns null with fewer than six weeks
 */
export function forkRate(weekly: readonly number[]): ForkRate | null {
  const sorted = weekly.toSorted((a, b) => a - b)
  const perWeek = median(sorted)
  const aside = sorted.length >= weeksForRate ? 1 : 0
  const [low, high] = [sorted[aside], sorted[sorted.length - 1 - aside]]
  if (sorted.length < fewestWeeks || perWeek === null) return null
  if (low === undefined || high === undefined) return null
  return { perWeek, low, high, weeks: sorted.length }
}

/** The next round number: 12,402 forks lead to 15,000, and 950 to 1,000. */
export function nextMilestone(total: number): number {
  const step = Math.max(10, 10 ** Math.floor(Math.log10(Math.max(1, total)))) / 2
  return (Math.floor(total / step) + 1) * step
}

/**
 * When a network will hold so many, if nothing changes.
 * @param now `total` forks at `from`
 * @returns null where it does not grow, or not there within a year
 */
export function projectionTo(
  milestone: number,
  { total, rate, from }: { total: number; rate: ForkRate; from: Date },
): ForkProjection | null {
  const { perWeek, low, high } = rate
  const weeks = (rate: number) => (milestone - total) / rate
  if (perWeek <= 0 || weeks(perWeek) > longestProjectionWeeks) return null
  const after = (rate: number) => new Date(from.getTime() + weeks(rate) * weekMs)
  return {
    milestone,
    at: after(perWeek),
    earliest: after(high),
    latest: low > 0 && weeks(low) <= longestProjectionWeeks * 2 ? after(low) : null,
  }
}

function totalAt(counts: readonly DayCount[], at: Date): number | null {
  return countAt(counts, at)?.forks ?? null
}

function change(before: number | null, after: number | null): number | null {
  return before === null || after === null ? null : after - before
}

function known(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null)
}

function madeIn(madeAt: readonly Date[], week: Week): number {
  return madeAt.filter((instant) => isWithin(instant, week)).length
}
