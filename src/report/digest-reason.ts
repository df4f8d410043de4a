import { type Words, wordsOf } from './words/language.ts'

type Reasons = Words['digestFailure']['reasons']
type Reading = readonly [kept: RegExp, said: (words: Reasons, ...parts: string[]) => string]

/** What jobs and `src/publish` put, who keep and log it in English. */
const readings: readonly Reading[] = [
  [/^a later digest is there$/, ({ overtaken }) => overtaken],
  [/^a person deleted it$/, ({ deleted }) => deleted],
  [/^a person edited it$/, ({ edited }) => edited],
  [/^the budget of posts for today is used up$/, ({ spent }) => spent],
  [/^issues are turned off$/, ({ noIssues }) => noIssues],
  [/^discussions are turned off$/, ({ noDiscussions }) => noDiscussions],
  [/^there is no category of discussions for it$/, ({ noCategory }) => noCategory],
  [
    /^there is no category of discussions called "(.*)"; there are: (.*)$/s,
    ({ noSuchCategory }, name = '', others = '') => noSuchCategory(name, others),
  ],
  [
    /^(issues are turned off), and (.*)$/s,
    (words, one = '', other = '') => words.both(worded(one, words), worded(other, words)),
  ],
  [/^Tried too often: (.*)$/s, (words, reason = '') => words.triedTooOften(worded(reason, words))],
]

/** Why a digest is not in a place, in the language of a text; what GitHub itself said stays as it is. */
export function digestReason(kept: string, place: Parameters<typeof wordsOf>[0]): string {
  return worded(kept, wordsOf(place).digestFailure.reasons)
}

function worded(kept: string, words: Reasons): string {
  for (const [pattern, said] of readings) {
    const [found, ...parts] = pattern.exec(kept) ?? []
    if (found !== undefined) return said(words, ...parts)
  }
  return kept
}
