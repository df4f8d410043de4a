import type { Window } from '../metrics/window.ts'

/** `16 November 2026`, in a time zone. */
export function date(instant: Date, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(instant)
}

/** `March 2025`. */
export function month(instant: Date, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    month: 'long',
    year: 'numeric',
  }).format(instant)
}

/** `October`. */
export function monthAlone(instant: Date, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, month: 'long' }).format(instant)
}

/** For a table: `16 Nov`. */
export function shortDate(instant: Date, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    day: 'numeric',
    month: 'short',
  }).format(instant)
}

/** `Monday 30 November 2026, 09:00 (Europe/Berlin)`. */
export function dateTime(instant: Date, zone: string): string {
  const day = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'long' }).format(instant)
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
  }).format(instant)
  return `${day} ${date(instant, zone)}, ${time} (${zone})`
}

/** `16 to 22 November 2026`, `30 November to 6 December 2026`: the days that a window covers, each part named once. */
export function days(window: Window, zone: string): string {
  const last = date(lastInstant(window), zone)
  const first = date(window.from, zone)
  if (first === last) return last
  const [, lastMonth, lastYear] = last.split(' ')
  const [day, firstMonth, firstYear] = first.split(' ')
  if (firstYear !== lastYear) return `${first} to ${last}`
  if (firstMonth !== lastMonth) return `${day} ${firstMonth} to ${last}`
  return `${day} to ${last}`
}

/** A window ends before `to`. */
export function lastInstant({ to }: Window): Date {
  return new Date(to.getTime() - 1)
}
