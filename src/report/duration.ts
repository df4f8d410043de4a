import { count, unknown } from './numbers.ts'

interface Amount {
  value: number
  unit: 'minute' | 'hour' | 'day'
}

const symbols = { minute: 'min', hour: 'h', day: 'd' } as const

/** For a table: `35 min`, `6 h`, `4 d`. Null is "–". */
export function shortDuration(hours: number | null): string {
  if (hours === null) return unknown
  const { value, unit } = amountOf(hours)
  return `${value} ${symbols[unit]}`
}

/** For a sentence: `35 minutes`, `6 hours`, `4 days`. */
export function longDuration(hours: number): string {
  const { value, unit } = amountOf(hours)
  return count(value, unit)
}

/** In whole units, of the largest that there are at least two of. */
export function amountOf(hours: number): Amount {
  const minutes = Math.max(0, Math.round(hours * 60))
  if (minutes < 60) return { value: Math.max(1, minutes), unit: 'minute' }
  if (Math.round(hours) < 48) return { value: Math.round(hours), unit: 'hour' }
  return { value: Math.round(hours / 24), unit: 'day' }
}
