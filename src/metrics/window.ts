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

/** The days on which a week may begin. */
export type WeekStart = 'monday' | 'sunday' | 'saturday'

/** How somebody counts weeks. */
export interface WeekRule {
  /** IANA */
  zone: string
  start: WeekStart
}

/**
 * A week by such a rule. Its name is that of the ISO week which its Monday lies
 * in, so names are unique and sort, whatever the rule. Weeks across a clock
 * change have 167 or 169 hours.
 */
export interface Week extends Window, WeekRule {
  /** ISO 8601: `2026-W47` */
  name: string
}

const weekName = /^(\d{4})-W(\d{2})$/

/** By how many days a week begins before its Monday. */
const daysBeforeMonday: Record<WeekStart, number> = { monday: 0, sunday: 1, saturday: 2 }

/**
 * The week of that name: by ISO 8601 from Monday 00:00 to the next Monday 00:00
 * in the rule's zone, else from the Sunday or Saturday before.
 * Null when there is no such week: `2026-W54`, `last week`.
 */
export function weekNamed(name: string, rule: WeekRule): Week | null {
  const [, year, number] = weekName.exec(name) ?? []
  if (year === undefined || number === undefined) return null
  const monday = DateTime.fromObject(
    { weekYear: Number(year), weekNumber: Number(number), weekday: 1 },
    { zone: 'utc' },
  )
  return monday.isValid ? weekWith(monday, rule) : null
}

/** The week that holds an instant. */
export function weekOf(instant: Date, rule: WeekRule): Week {
  const days = { days: daysBeforeMonday[rule.start] }
  const week = weekWith(dayOf(instant, rule.zone).plus(days).startOf('week'), rule)
  // Where clocks go back just after midnight, the evening before comes again when its week is over.
  return instant < week.to ? week : weekAfter(week)
}

/** The week that lies `weeks` after (or, negative, before) another. */
export function weekAfter({ from, zone, start }: Week, weeks = 1): Week {
  const monday = dayOf(from, zone).plus({ days: daysBeforeMonday[start], weeks })
  return weekWith(monday, { zone, start })
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
  const end = dayOf(window.from, zone).startOf('month')
  return { from: midnight(end.minus({ months: 1 }), zone), to: midnight(end, zone) }
}

/** The first of some instants. */
export function earliest(instants: readonly Date[]): Date {
  return new Date(Math.min(...instants.map((instant) => instant.getTime())))
}

/** The last of some instants. */
export function latest(instants: readonly Date[]): Date {
  return new Date(Math.max(...instants.map((instant) => instant.getTime())))
}

/** @param monday a day of the calendar, in UTC */
function weekWith(monday: DateTime, { zone, start }: WeekRule): Week {
  const first = monday.minus({ days: daysBeforeMonday[start] })
  return {
    name: monday.toFormat("kkkk-'W'WW"),
    ...{ zone, start },
    from: midnight(first, zone),
    to: midnight(first.plus({ weeks: 1 }), zone),
  }
}

/** The day of the calendar, in UTC, that it is in a zone. */
function dayOf(instant: Date, zone: string): DateTime {
  return DateTime.fromJSDate(instant, { zone })
    .setZone('utc', { keepLocalTime: true })
    .startOf('day')
}

/** When a day of the calendar begins in a zone: of two midnights the first, and where there is none when clocks went forward. */
function midnight(day: DateTime, zone: string): Date {
  const local = day.setZone(zone, { keepLocalTime: true })
  return earliest(local.getPossibleOffsets().map((possible) => possible.toJSDate()))
}
