import { DateTime } from 'luxon'

/** Half-open `[from, to)`: an instant belongs to exactly one of two neighbouring windows. */
export interface Window {
  from: Date
  to: Date
}

export function isWithin(instant: Date, { from, to }: Window): boolean {
  // Metrics ask this of every activity, and comparing dates is several times as slow as comparing numbers.
  const time = instant.getTime()
  return time >= from.getTime() && time < to.getTime()
}

/** An ISO week in the repository's time zone, `2026-W47`. Weeks across a clock change have 167 or 169 hours. */
export interface Week extends Window {
  /** ISO 8601: `2026-W47` */
  name: string
  zone: string
}

const weekName = /^(\d{4})-W(\d{2})$/

/**
 * The week of that name, from Monday 00:00 to the next Monday 00:00 in `zone` (IANA).
 * Null when there is no such week: `2026-W54`, `last week`.
 */
export function weekNamed(name: string, zone: string): Week | null {
  const [, year, number] = weekName.exec(name) ?? []
  if (year === undefined || number === undefined) return null
  const monday = DateTime.fromObject(
    { weekYear: Number(year), weekNumber: Number(number), weekday: 1 },
    { zone },
  )
  return monday.isValid ? startingAt(monday) : null
}

/** The week that holds an instant. */
export function weekOf(instant: Date, zone: string): Week {
  return startingAt(DateTime.fromJSDate(instant, { zone }).startOf('week'))
}

/** The week that lies `weeks` after (or, negative, before) another. */
export function weekAfter({ from, zone }: Week, weeks = 1): Week {
  return startingAt(DateTime.fromJSDate(from, { zone }).plus({ weeks }))
}

/** This week and the `count - 1` before it, oldest first. */
export function weeksUpTo(last: Week, count: number): Week[] {
  return Array.from({ length: count }, (_, index) => weekAfter(last, index - count + 1))
}

/**
 * The `count` windows before another, oldest first, each ending where the next
 * begins: weeks before a week, else windows of the same length.
 */
export function windowsBefore(window: Window | Week, count: number): Window[] {
  if ('zone' in window) return weeksUpTo(window, count + 1).slice(0, -1)
  const length = window.to.getTime() - window.from.getTime()
  const back = (steps: number) => new Date(window.from.getTime() - steps * length)
  return Array.from({ length: count }, (_, index) => ({
    from: back(count - index),
    to: back(count - index - 1),
  }))
}

/** The same time of the day some months later, or, negative, earlier; in UTC, and no later than the month's last day. */
export function monthsAfter(instant: Date, months: number): Date {
  return DateTime.fromJSDate(instant, { zone: 'utc' }).plus({ months }).toJSDate()
}

/** The last calendar month that was over when a window began; in the zone of a week, else in UTC. */
export function monthEndedBefore(window: Window | Week): Window {
  const zone = 'zone' in window ? window.zone : 'utc'
  const end = DateTime.fromJSDate(window.from, { zone }).startOf('month')
  return { from: end.minus({ months: 1 }).toJSDate(), to: end.toJSDate() }
}

/** The first of some instants. */
export function earliest(instants: readonly Date[]): Date {
  return new Date(Math.min(...instants.map((instant) => instant.getTime())))
}

/** The last of some instants. */
export function latest(instants: readonly Date[]): Date {
  return new Date(Math.max(...instants.map((instant) => instant.getTime())))
}

function startingAt(monday: DateTime): Week {
  return {
    name: monday.toFormat("kkkk-'W'WW"),
    zone: monday.zoneName ?? 'UTC',
    from: monday.toJSDate(),
    to: monday.plus({ weeks: 1 }).toJSDate(),
  }
}
