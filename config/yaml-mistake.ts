import type { ErrorCode, YAMLError } from 'yaml'

/** What somebody did to a text that is not YAML any more. */
export type YamlMistake =
  | 'a tab'
  | 'a foreign blank'
  | 'a wide colon'
  | 'a merge conflict'
  | 'a name twice'
  | 'no plain name'
  | 'another column'
  | 'a second colon'
  | 'no colon'
  | 'a reserved character'
  | 'an open quote'
  | 'an open bracket'
  | 'no comma'
  | 'more after the value'
  | 'a backslash'
  | 'an asterisk'
  | 'a tag'
  | 'a directive'
  | 'a second document'
  | 'no YAML'

/** What a parser's error comes of most of the time. */
export function mistakeBehind({ code, message }: Pick<YAMLError, 'code' | 'message'>): YamlMistake {
  const [, told] = byMessage.find(([pattern]) => pattern.test(message)) ?? []
  return told ?? byCode[code] ?? 'no YAML'
}

/** Where one code stands for several mistakes. */
const byMessage: readonly (readonly [RegExp, YamlMistake])[] = [
  [/^Missing closing .*quote/, 'an open quote'],
  [/end with a? ?[\]}]/, 'an open bracket'],
  [/^Missing , /, 'no comma'],
  [/^Unexpected (?:double|single)-quoted-scalar token/, 'no comma'],
  [/need to be followed by map values/, 'no colon'],
  [/at node end$/, 'more after the value'],
]

const byCode: Partial<Record<ErrorCode, YamlMistake>> = {
  ALIAS_PROPS: 'an asterisk',
  BAD_ALIAS: 'an asterisk',
  BAD_COLLECTION_TYPE: 'a tag',
  BAD_DIRECTIVE: 'a directive',
  BAD_DQ_ESCAPE: 'a backslash',
  BAD_INDENT: 'another column',
  BAD_SCALAR_START: 'a reserved character',
  BLOCK_AS_IMPLICIT_KEY: 'a second colon',
  BLOCK_IN_FLOW: 'no comma',
  DUPLICATE_KEY: 'a name twice',
  KEY_OVER_1024_CHARS: 'no plain name',
  MULTILINE_IMPLICIT_KEY: 'no colon',
  MULTIPLE_DOCS: 'a second document',
  MULTIPLE_TAGS: 'a tag',
  NON_STRING_KEY: 'no plain name',
  TAB_AS_INDENT: 'a tab',
  TAG_RESOLVE_FAILED: 'a tag',
}

/** What parses, or fails to, as something that nobody meant; after what stands before it on its line. */
const unmeant: readonly (readonly [RegExp, YamlMistake])[] = [
  [/^()(?:<{7}|>{7}) /m, 'a merge conflict'],
  [/^([ \t]*)[\u00a0\u2000-\u200b\u202f\u3000\ufeff]/m, 'a foreign blank'],
  // Only where nothing else on the line could be the colon between name and value.
  [/^( *[^\s:："'#[{|>-][^\s:："'#]*)：(?!.*:(?: |$))/m, 'a wide colon'],
]

/** The first of those in a text, and where; null: none. */
export function unmeantIn(text: string): { mistake: YamlMistake; index: number } | null {
  // A byte order mark may be there, at the beginning.
  const body = text.replace(/^\ufeff/, ' ')
  for (const [pattern, mistake] of unmeant) {
    const found = pattern.exec(body)
    if (found !== null) return { mistake, index: found.index + (found[1] ?? '').length }
  }
  return null
}
