/**
 * What a value has to be, in no language. A schema gives it as the message of
 * an issue, which is all that zod hands on of ours, and `src/report` says it.
 */
export type Rule =
  | { be: PlainRule }
  /** `like`: one of its options */
  | { be: 'a section'; like: string }
  | { be: 'short' | 'short when filled'; most: number }
  | { be: 'one of'; choices: readonly string[] }
  | { be: 'a whole number'; least: number; most: number }
  | { be: 'of known placeholders'; names: readonly string[] }
  | { be: 'in one group'; groups: readonly string[] }
  | { be: 'a list'; of: Listed }
  | { be: 'at least one'; of: 'places' | 'patterns' }
  | { be: 'few'; of: Listed | Named; most: number }
  | { be: 'lists by name'; of: Named }
  | { be: 'under a name'; of: Named; most: number }

export type PlainRule =
  | 'true or false'
  | 'text'
  | 'one line'
  | 'not blank'
  | 'options by name'
  | 'a time zone'
  | 'a time of day'
  | 'quiet hours'
  | 'two different times'
  | 'a place'
  | 'each once'
  | 'of one category'
  | 'without a comma'
  | 'a repository'
  | 'a login'
  | 'a domain'
  | 'a domain of one organisation'
  | 'in one organisation'
  | 'directories'

type Listed = 'places' | 'logins' | 'domains' | 'patterns'
type Named = 'organisations' | 'areas'

/** For a schema: `z.boolean(must({ be: 'true or false' }))`. */
export function must(rule: Rule): string {
  return JSON.stringify(rule)
}

/** What `must` made a message of. */
export function ruleIn(message: string): Rule {
  return JSON.parse(message) as Rule // as: every message of our schemas is made by must
}
