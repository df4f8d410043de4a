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

function badValue({ path, message }: Issue, source: YamlSource): Problem {
  const subject = path.length === 0 ? 'The file' : path.map(String).join('.')
  return {
    ...source.at(path),
    path: source.path,
    message: `${subject} cannot be ${inWords(source.valueAt(path))}.`,
    remedy: `It ${message}.`,
  }
}

/** The names that may stand below a path; empty where nothing may. */
export type KnownOptions = (path: IssuePath) => readonly string[]

function unknownOption(
  key: string,
  path: IssuePath,
  { source, known }: { source: YamlSource; known: KnownOptions },
): Problem {
  const names = known(path)
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

function quoted(text: string): string {
  return JSON.stringify(text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text)
}

function inWords(value: unknown): string {
  if (value === null || value === undefined) return 'empty'
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'this list'
  return typeof value === 'object' ? 'a group of options' : String(value)
}
