import type { ForkProjection } from '../metrics/fork-growth.ts'
import type { Place } from './place.ts'
import { wordsOf } from './words/language.ts'

/** A projection to the month; `first` is null where the others say no more than `at`, `last` where it is open. */
export function projectedMonths(
  { at, earliest, latest }: ForkProjection,
  place: Place,
): { at: string; first: string | null; last: string | null } {
  const { formats } = wordsOf(place)
  const month = (instant: Date) => formats.month(instant, place.zone)
  const [first, last] = [month(earliest), latest && month(latest)]
  return { at: month(at), first: first === (last ?? month(at)) ? null : first, last }
}
