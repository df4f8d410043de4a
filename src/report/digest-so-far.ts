import type { Week } from '../metrics/window.ts'
import { paragraph, serialise } from './markdown.ts'
import type { Place } from './place.ts'
import { wordsOf } from './words/language.ts'

/**
 * The answer to `/groundswell digest`: a digest, under the notice that its week is not over.
 *
 * @param digest as Markdown; null: nothing happened that it would tell
 * @param week `to` is when it was asked for
 */
export function renderDigestSoFar(digest: string | null, week: Week, place: Place): string {
  const { answers, formats } = wordsOf(place)
  const { digestSoFar: words } = answers
  const until = formats.dateTime(week.to, place.zone)
  if (digest === null) return serialise([paragraph(words.nothing(until))])
  return `${serialise([paragraph(words.notOver(words.from[week.start], until))])}\n${digest}`
}
