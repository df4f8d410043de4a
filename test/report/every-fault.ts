import type { Given, Hint } from '../../config/fault.ts'
import type { PlainRule, Rule } from '../../config/rule.ts'
import type { YamlMistake } from '../../config/yaml-mistake.ts'
import type { Fault } from '../../src/report/configuration-fault.ts'

type Every<Union, Key extends keyof Union> = {
  [Value in Union[Key] & string]: Extract<Union, Record<Key, Value>>[]
}

const plain: Record<PlainRule, true> = {
  ...{ 'true or false': true, text: true, 'one line': true, 'not blank': true },
  ...{ 'options by name': true, 'a time zone': true, 'a time of day': true },
  ...{ 'quiet hours': true, 'two different times': true, 'a place': true, 'each once': true },
  ...{ 'of one category': true, 'without a comma': true, 'a repository': true },
  ...{ 'a login': true, 'a domain': true, 'a domain of one organisation': true },
  ...{ 'in one organisation': true, directories: true },
}
const lists = ['places', 'logins', 'domains', 'patterns'] as const
const named = ['organisations', 'areas'] as const
const rules: Rule[] = [
  // as: these are its keys
  ...(Object.keys(plain) as PlainRule[]).map((be) => ({ be })),
  { be: 'a section', like: 'enabled: true' },
  { be: 'short', most: 1_000 },
  { be: 'short when filled', most: 210 },
  { be: 'one of', choices: ['en', 'zh-CN'] },
  { be: 'a whole number', least: 0, most: 8_760 },
  { be: 'of known placeholders', names: ['week', 'year'] },
  { be: 'in one group', groups: ['bots', 'ai'] },
  ...lists.map((of) => ({ be: 'a list', of }) as const),
  ...(['places', 'patterns'] as const).map((of) => ({ be: 'at least one', of }) as const),
  ...[...lists, ...named].map((of) => ({ be: 'few', of, most: 1_000 }) as const),
  ...named.map((of) => ({ be: 'lists by name', of }) as const),
  ...named.map((of) => ({ be: 'under a name', of, most: 40 }) as const),
]

const mistakes: Record<YamlMistake, true> = {
  ...{ 'a tab': true, 'a foreign blank': true, 'a wide colon': true, 'a merge conflict': true },
  ...{ 'a name twice': true, 'no plain name': true, 'another column': true },
  ...{ 'a second colon': true, 'no colon': true, 'a reserved character': true },
  ...{ 'an open quote': true, 'an open bracket': true, 'no comma': true },
  ...{ 'more after the value': true, 'a backslash': true, 'an asterisk': true, 'a tag': true },
  ...{ 'a directive': true, 'a second document': true, 'no YAML': true },
}

const given: Given[] = [
  ...(['nothing', 'an empty list', 'a list', 'options'] as const).map((is) => ({ is })),
  { is: 'text', shown: '下周' },
  { is: 'other', shown: '25' },
]
const hints: (Hint | null)[] = [null, 'quotes', { guess: 'day' }]
const badValue = {
  code: 'bad value',
  option: 'digest.day',
  isEntry: false,
  given: given[0]!,
} as const

/** One of each kind at least; a kind without one does not compile. */
const byCode: Every<Fault, 'code'> = {
  'bad value': [
    ...rules.map((rule) => ({ ...badValue, hint: null, rule })),
    ...hints.map((hint) => ({ ...badValue, hint, rule: rules[0]! })),
    ...given.map((each) => ({ ...badValue, given: each, hint: null, rule: rules[0]! })),
    { ...badValue, isEntry: true, hint: null, rule: { be: 'a login' } },
    { ...badValue, option: null, hint: null, rule: { be: 'options by name' } },
  ],
  'unknown option': [
    { code: 'unknown option', option: 'x', guess: null, known: ['digest', 'forks'] },
    { code: 'unknown option', option: 'x', guess: 'digest', known: ['digest'] },
  ],
  'merge key': [{ code: 'merge key' }],
  'old name': [true, false].map((isBoth) => ({ code: 'old name', old: 'x', now: 'y', isBoth })),
  'old spelling': given.map((each) => {
    return { code: 'old spelling', option: 'digest.day', given: each, proper: 'y' }
  }),
  'too large': [{ code: 'too large', most: '1 MB' }],
  'not text': [{ code: 'not text' }],
  'not UTF-8': [{ code: 'not UTF-8' }],
  'too deep': [{ code: 'too deep' }],
  'too much': [{ code: 'too much' }],
  aliases: [{ code: 'aliases' }],
  'another YAML': [{ code: 'another YAML', version: '1.1' }],
  // as: these are its keys
  syntax: (Object.keys(mistakes) as YamlMistake[]).map((mistake) => ({ code: 'syntax', mistake })),
  'no such channel': [
    { code: 'no such channel', to: 'slack:x', offered: [] },
    { code: 'no such channel', to: 'slack:x', offered: ['slack:y', 'mail:z'] },
  ],
  'not for private': [{ code: 'not for private', to: 'slack:x' }],
  'roll-up here': [{ code: 'roll-up here', owner: 'x', path: 'y' }],
  'no roll-up there': [{ code: 'no roll-up there', owner: 'x', name: 'y' }],
}

export const everyFault: readonly Fault[] = Object.values(byCode).flat()
