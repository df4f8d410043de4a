import { DateTime } from 'luxon'

/** Half-open `[from, to)`: an instant belongs to exactly one of two neighbouring windows. */
export interface Window {
  from: Date
  to: Date
}

export function isWithin(instant: Date, { from, to }: Window): boolean {
  return instant >= from && instant < to
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

function startingAt(monday: DateTime): Week {
  return {
    name: monday.toFormat("kkkk-'W'WW"),
    zone: monday.zoneName ?? 'UTC',
    from: monday.toJSDate(),
    to: monday.plus({ weeks: 1 }).toJSDate(),
  }
}
