import type { z } from 'zod'
import type { Fault, Given, Hint } from './fault.ts'
import { nearest } from './nearest.ts'
import { type Rule, ruleIn } from './rule.ts'
import { nearestZone } from './time-zone.ts'
import type { Position, YamlSource } from './yaml-source.ts'

/** What is wrong in a configuration file, and where. */
export interface Problem extends Position {
  /** as given to `readConfiguration` */
  path: string
  fault: Fault
}

type Issue = z.core.$ZodIssue
type IssuePath = readonly PropertyKey[]

/** A file that is wrong throughout is said to be so without a list of thousands. */
const mostProblems = 20

/** What the schema found, in the file's own terms: at most 20 problems, in the order of the schema. */
export function toProblems(
  issues: readonly Issue[],
  source: YamlSource,
  known: KnownOptions,
): Problem[] {
  const problems = issues
    .slice(0, mostProblems)
    .flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys
            .slice(0, mostProblems)
            .map((key) => unknownOption(key, issue.path, { source, known }))
        : [badValue(issue, source)],
    )
  return problems.slice(0, mostProblems)
}

function badValue(issue: Issue, source: YamlSource): Problem {
  const { path, message } = issue
  const value = source.valueAt(path)
  const rule = ruleIn(message)
  const isEntry = typeof path.at(-1) === 'number'
  const option = (isEntry ? path.slice(0, -1) : path).map(nameOf)
  const fault: Fault = {
    code: 'bad value',
    option: option.length === 0 ? null : option.join('.'),
    isEntry,
    given: givenOf(value),
    hint: hint(issue, value, rule),
    rule,
  }
  return { ...source.at(path), path: source.path, fault }
}

/** What somebody probably meant, where that can be told. */
function hint(issue: Issue, given: unknown, rule: Rule): Hint | null {
  if (issue.code === 'invalid_type' && issue.expected === 'string') {
    return isBare(given) && !wordsOfOurs.has(rule.be) ? 'quotes' : null
  }
  if (typeof given !== 'string') return null
  const guess =
    issue.code === 'invalid_value'
      ? nearest(given, issue.values.map(String))
      : rule.be === 'a time zone'
        ? nearestZone(given)
        : null
  return guess === null ? null : { guess }
}

/** YAML makes something else than text of it. */
function isBare(given: unknown): boolean {
  return typeof given === 'number' || typeof given === 'boolean'
}

/** No number would be one of these in quotes either. */
const wordsOfOurs: ReadonlySet<Rule['be']> = new Set(['a time zone', 'quiet hours'])

/** The names that may stand below a path; empty where nothing may. */
export type KnownOptions = (path: IssuePath) => readonly string[]

function unknownOption(
  key: string,
  path: IssuePath,
  { source, known }: { source: YamlSource; known: KnownOptions },
): Problem {
  const names = known(path)
  const option = [...path, key].map(nameOf).join('.')
  const fault: Fault =
    key === '<<'
      ? { code: 'merge key' }
      : { code: 'unknown option', option, guess: nearest(key, names), known: names }
  return { ...source.atKey(path, key), path: source.path, fault }
}

function nameOf(name: PropertyKey): string {
  const shown = excerpt(String(name))
  return shown.trim() === '' ? `"${shown}"` : shown
}

const longestExcerpt = 60

/** As a person can find it in the file, between quotes, and not longer than a line. */
export function excerpt(text: string): string {
  const shown = text.length > longestExcerpt ? `${text.slice(0, longestExcerpt)}…` : text
  return JSON.stringify(shown).slice(1, -1)
}

export function givenOf(value: unknown): Given {
  if (value === null || value === undefined) return { is: 'nothing' }
  if (typeof value === 'string') return { is: 'text', shown: excerpt(value) }
  if (Array.isArray(value)) return { is: value.length === 0 ? 'an empty list' : 'a list' }
  return typeof value === 'object' ? { is: 'options' } : { is: 'other', shown: String(value) }
}
