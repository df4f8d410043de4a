import { unknown } from './numbers.ts'

const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const
const gap = '·'

/**
 * Values as bars over a base of zero, so that a small change looks small.
 * Unknown ones are gaps; with fewer than two known there is no line to see.
 */
export function sparkline(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null)
  if (known.length < 2) return unknown
  const highest = Math.max(...known)
  return values.map((value) => (value === null ? gap : bar(value, highest))).join('')
}

function bar(value: number, highest: number): string {
  const index = highest === 0 ? 0 : Math.round((value / highest) * (bars.length - 1))
  return bars[index] ?? gap
}
