import type { Person } from '../metrics/history.ts'
import { type Inline, link } from './markdown.ts'
import { type Place, profileUrl } from './place.ts'
import { strangerText, visibleText } from './stranger-text.ts'
import { wordsOf } from './words/language.ts'

/** The login to show. Null for somebody who asked not to be named, and for a commit signature without an account. */
export function shownLogin({ login, hidden }: Person): string | null {
  return hidden || login === null || visibleText(login) === '' ? null : login
}

/** A person by name, linked and without an @, so that nobody is called here by being written about. */
export function personLink(person: Person, place: Place): Inline {
  const login = shownLogin(person)
  return login === null ? wordsOf(place).formats.somebody : loginLink(login, place)
}

export function loginLink(login: string, place: Place): Inline {
  return link(
    profileUrl(place, visibleText(login)),
    strangerText(login, wordsOf(place).formats.somebody),
  )
}
