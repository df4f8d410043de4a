import type { Inline } from './markdown.ts'
import { list, paragraph, phrase, serialise } from './markdown.ts'
import { strangerCode, strangerText } from './stranger-text.ts'

/** What kept a digest from one place, or from all of them. */
export interface DigestFailure {
  /** `issue`, `slack:community`; null: it could not be written at all */
  place: string | null
  /** as the job or GitHub put it */
  failure: string
}

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
): { title: string; summary: string } {
  return {
    title: failures.some(({ place }) => place === null)
      ? words.unwritten(week)
      : words.unsent(week),
    summary: serialise([paragraph(words.intro), list(failures.map(line)), paragraph(words.later)]),
  }
}

/** The check that replaces it. */
export function renderDigestSuccess(week: string): { title: string; summary: string } {
  return { title: words.mended(week), summary: words.again }
}

function line(failed: DigestFailure): Inline {
  const { place } = failed
  const where = place === null ? words.nowhere : strangerCode(place, words.somewhere)
  const reason = openReason(failed)
  const why = reason === null ? words.closed : strangerText(reason, words.closed)
  return phrase`${where}: ${why}. ${remedyOf(reason)}`
}

function remedyOf(reason: string | null): string {
  if (reason !== null && /\b403\b|FORBIDDEN/.test(reason)) return words.remedies.forbidden
  if (reason !== null && !/\b\d{3} |^[A-Z_]{4,}:/.test(reason)) return words.remedies.configuration
  return words.remedies.operator
}

const words = {
  unwritten: (week: string) => `The digest of ${week} could not be written`,
  unsent: (week: string) => `The digest of ${week} did not reach every place`,
  mended: (week: string) => `The digest of ${week} went well`,
  again: 'Digests work again.',
  intro: 'What went wrong, and what to do:',
  nowhere: 'No place was reached',
  somewhere: 'one of its places',
  closed: 'whoever runs Groundswell finds the reason in its log',
  later: 'The digest of the next week comes all the same.',
  remedies: {
    forbidden:
      'An owner can look whether the App has all the permissions that it asks for, in the settings under "GitHub Apps".',
    configuration: 'Name another place under digest.to in the configuration, or make this one.',
    operator:
      'Whoever runs Groundswell sees it with "groundswell doctor", and tries again with "groundswell replay --parked".',
  },
}
