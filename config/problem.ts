import type { z } from 'zod'
import { nearest } from './nearest.ts'
import type { Position, YamlSource } from './yaml-source.ts'

/** What is wrong in a configuration file, where, and what to do about it. */
export interface Problem extends Position {
  /** as given to `readConfiguration` */
  path: string
  message: string
  remedy: string
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
  const subject = path.length === 0 ? 'The file' : path.map(String).join('.')
  return {
    ...source.at(path),
    path: source.path,
    message: `${subject} cannot be ${inWords(source.valueAt(path))}.`,
    remedy: `${hint(issue, source.valueAt(path))}It ${message}.`,
  }
}

/** What somebody probably meant, where that can be told. */
function hint(issue: Issue, given: unknown): string {
  if (issue.code === 'invalid_type' && issue.expected === 'string' && isBare(given)) {
    return 'Put it in quotes. '
  }
  if (issue.code !== 'invalid_value' || typeof given !== 'string') return ''
  const guess = nearest(given, issue.values.map(String))
  return guess === null ? '' : `Did you mean "${guess}"? `
}

/** YAML makes something else than text of it. */
function isBare(given: unknown): boolean {
  return typeof given === 'number' || typeof given === 'boolean'
}

/** The names that may stand below a path; empty where nothing may. */
export type KnownOptions = (path: IssuePath) => readonly string[]

function unknownOption(
  key: string,
  path: IssuePath,
  { source, known }: { source: YamlSource; known: KnownOptions },
): Problem {
  const names = known(path)
  if (key === '<<') {
    return {
      ...source.atKey(path, key),
      path: source.path,
      message: 'Merge keys (<<) are not read.',
      remedy: 'Write the options out.',
    }
  }
  const guess = nearest(key, names)
  const list = `Options here: ${names.join(', ')}.`
  return {
    ...source.atKey(path, key),
    path: source.path,
    message: `There is no option ${quoted([...path, key].map(String).join('.'))}.`,
    remedy: guess === null ? list : `Did you mean "${guess}"? ${list}`,
  }
}

const longestQuote = 60

/** As a person can find it in the file, and not longer than a line. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text)
}

function inWords(value: unknown): string {
  if (value === null || value === undefined) return 'empty'
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'this list'
  return typeof value === 'object' ? 'a group of options' : String(value)
}
