import { isTimeZone, zoneMeant } from './time-zone.ts'

/** Values that can mean one thing only, and how they are written properly; null: not one of those. */
export const spellings: readonly Readonly<{
  at: readonly [string] | readonly [string, string]
  properly: (value: unknown) => string | null
}>[] = [
  { at: ['timezone'], properly: zoneOf },
  { at: ['week-start'], properly: weekStartOf },
  { at: ['language'], properly: languageOf },
  { at: ['digest', 'day'], properly: dayOf },
  { at: ['digest', 'time'], properly: timeOf },
  { at: ['quiet-hours'], properly: noneOf },
  { at: ['roll-up'], properly: noneOf },
]

const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

/**
 * `Monday`, `mon`, and numbers as cron has them, where 0 and 7 are both Sunday;
 * whoever counts from 1 on a Sunday is told how it is read.
 */
function dayOf(value: unknown): string | null {
  if (typeof value === 'number') return days[value === 7 ? 0 : value] ?? null
  if (typeof value !== 'string' || value.length < 3) return null
  const lowered = value.toLowerCase()
  return days.find((day) => day === lowered || day.slice(0, 3) === lowered) ?? null
}

/** By name alone: where a week's first day is given by number, 1 is Sunday as often as Monday. */
function weekStartOf(value: unknown): string | null {
  const day = typeof value === 'string' ? dayOf(value) : null
  return day !== null && ['monday', 'sunday', 'saturday'].includes(day) ? day : null
}

/** `9:00` */
function timeOf(value: unknown): string | null {
  return typeof value === 'string' && /^\d:[0-5]\d$/.test(value) ? `0${value}` : null
}

/** `europe/berlin`, which works and looks odd in texts. What is no zone is left to be refused. */
function zoneOf(value: unknown): string | null {
  return typeof value === 'string' && isTimeZone(value) ? zoneInList(value) : null
}

function zoneInList(zone: string): string | null {
  const meant = zoneMeant(zone)
  return meant?.toLowerCase() === zone.toLowerCase() ? meant : null
}

/** `zh`, `zh_CN`, `en-GB`: what is written is the same. */
function languageOf(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const tag = value.toLowerCase().replaceAll('_', '-')
  if (/^zh(?:-cn|-hans(?:-cn)?)?$/.test(tag)) return 'zh-CN'
  return /^en(?:-[a-z]{2})?$/.test(tag) ? 'en' : null
}

/** `false`, where a word switches something off. */
function noneOf(value: unknown): string | null {
  return value === false || value === 'off' ? 'none' : null
}
