import { ratio } from './statistics.ts'
import { isWithin, type Week, weeksUpTo } from './window.ts'

/** A fork, as far as a burst is concerned. */
export interface MadeFork {
  madeAt: Date
  /** the first push after it was made; null if there was none */
  pushedAt: Date | null
}

/** Forks of a week that nobody had pushed to when it ended. */
export interface ForkBurst {
  /** in this week */
  count: number
  /** their share of the week's forks; null without any */
  share: number | null
  /** of the weeks before */
  mean: number
  deviation: number
  /** above this the week is unusual: the mean and two deviations */
  limit: number
  /** above the limit, and no mere handful */
  isBurst: boolean
}

const weeksBefore = 8
const fewestWeeks = 6
/** A handful of forks is a handful of people, however unusual. */
const fewestForks = 20

/**
 * Whether a week brought unusually many forks that nobody works on: more than
 * two standard deviations above the mean of the eight weeks before. The
 * deviation is never taken for less than that of a rare event that comes by
 * chance (the square root of its mean), or quiet weeks would make any fork a
 * burst. It says nothing about who made them.
 *
 * Each week is measured alike, as of its own end: the latest one has had no
 * more time than that.
 *
 * @param knownSince from when on forks are known
 * @returns null where fewer than six of the weeks before are known
 */
export function forkBurst(
  forks: readonly MadeFork[],
  week: Week,
  knownSince: Date,
): ForkBurst | null {
  const before = weeksUpTo(week, weeksBefore + 1)
    .slice(0, -1)
    .filter(({ from }) => from >= knownSince)
    .map((each) => idleIn(forks, each).length)
  if (before.length < fewestWeeks) return null
  const mean = before.reduce((sum, count) => sum + count, 0) / before.length
  const squares = before.reduce((sum, count) => sum + (count - mean) ** 2, 0)
  const deviation = Math.max(Math.sqrt(squares / (before.length - 1)), Math.sqrt(mean))
  const limit = mean + 2 * deviation
  const { length: count } = idleIn(forks, week)
  const made = forks.filter(({ madeAt }) => isWithin(madeAt, week)).length
  return {
    count,
    share: ratio(count, made),
    mean,
    deviation,
    limit,
    isBurst: count > limit && count >= fewestForks,
  }
}

function idleIn(forks: readonly MadeFork[], week: Week): MadeFork[] {
  return forks.filter(
    ({ madeAt, pushedAt }) => isWithin(madeAt, week) && (pushedAt === null || pushedAt >= week.to),
  )
}
