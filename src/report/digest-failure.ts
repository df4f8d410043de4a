import { digestReason } from './digest-reason.ts'
import type { Inline } from './markdown.ts'
import { list, paragraph, serialise } from './markdown.ts'
import type { Place } from './place.ts'
import { strangerCode, strangerText } from './stranger-text.ts'
import { wordsOf } from './words/language.ts'

/** What kept a digest from one place, or from all of them. */
export interface DigestFailure {
  /** `issue`, `slack:community`; null: it could not be written at all */
  place: string | null
  /** as the job or GitHub put it */
  failure: string
}

type There = Pick<Place, 'language'>

/**
 * The reason as everybody may read it; null: it is for whoever runs the server.
 * What a channel answers may name addresses, and so may an error of our own.
 */
export function openReason({ place, failure }: DigestFailure): string | null {
  if (place !== null && /^(?:slack|discord|mail):/.test(place)) return null
  const [, reason] = /^Tried too often: (.*)$/s.exec(failure) ?? []
  return reason === undefined || /^(?:\d{3}|[A-Z_]{4,}:) /.test(reason) ? failure : null
}

/** The check on the default branch that says that the digest of a week (`2026-W47`) failed. */
export function renderDigestFailure(
  week: string,
  failures: readonly DigestFailure[],
  there: There,
): { title: string; summary: string } {
  const { digestFailure: words } = wordsOf(there)
  return {
    title: failures.some(({ place }) => place === null)
      ? words.unwritten(week)
      : words.unsent(week),
    summary: serialise([
      paragraph(words.intro),
      list(failures.map((failed) => line(failed, there))),
      paragraph(words.later),
    ]),
  }
}

/** The check that replaces it. */
export function renderDigestSuccess(
  week: string,
  there: There,
): { title: string; summary: string } {
  const { digestFailure: words } = wordsOf(there)
  return { title: words.mended(week), summary: words.again }
}

function line(failed: DigestFailure, there: There): Inline {
  const { digestFailure: words } = wordsOf(there)
  const { place } = failed
  const where = place === null ? words.nowhere : strangerCode(place, words.somewhere)
  const reason = openReason(failed)
  const why =
    reason === null ? words.closed : strangerText(digestReason(reason, there), words.closed)
  return words.line(where, why, words.remedies[remedyOf(reason)])
}

function remedyOf(reason: string | null): 'forbidden' | 'configuration' | 'operator' {
  if (reason !== null && /\b403\b|FORBIDDEN/.test(reason)) return 'forbidden'
  if (reason !== null && !/\b\d{3} |^[A-Z_]{4,}:/.test(reason)) return 'configuration'
  return 'operator'
}
