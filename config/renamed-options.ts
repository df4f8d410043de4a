import type { Fault } from './fault.ts'
import { excerpt, givenOf, type Problem } from './problem.ts'
import { spellings } from './spellings.ts'
import { valueIn, type YamlSource } from './yaml-source.ts'

/** An option, from the top of the file: `['digest', 'day']`. */
type OptionPath = readonly [string] | readonly [string, string]

/**
 * Options that are, or were elsewhere, called otherwise. The old name is read
 * for as long as it stands here, so that nobody's file dies of an upgrade.
 * `publishDay` is what the Weekly Digest App called it.
 */
export const renamings: readonly Readonly<{ from: OptionPath; to: OptionPath }>[] = [
  { from: ['publishDay'], to: ['digest', 'day'] },
  { from: ['digest', 'weekday'], to: ['digest', 'day'] },
  { from: ['digest', 'timezone'], to: ['timezone'] },
  { from: ['time-zone'], to: ['timezone'] },
  { from: ['digest', 'week-start'], to: ['week-start'] },
  { from: ['first-day-of-week'], to: ['week-start'] },
]

/**
 * The same file in today's spelling, and a notice for each place that was not
 * in it. Positions stay those of the file.
 */
export function modernise(source: YamlSource): { source: YamlSource; notices: Problem[] } {
  const moved = renamings.reduce(rename, { source, notices: [] as Problem[] })
  return spellings.reduce(respell, moved)
}

type Modern = ReturnType<typeof modernise>

function rename(
  { source, notices }: Modern,
  { from, to }: { from: OptionPath; to: OptionPath },
): Modern {
  const value = source.valueAt(from)
  if (value === undefined || !canHold(source, to)) return { source, notices }
  const place = { ...source.atKey(from.slice(0, -1), from.at(-1) ?? ''), path: source.path }
  const rest = without(source, from)
  const isBoth = source.valueAt(to) !== undefined
  const fault: Fault = { code: 'old name', old: from.join('.'), now: to.join('.'), isBoth }
  return {
    source: isBoth ? rest : withValue(rest, to, { value, at: source.at(from) }),
    notices: [...notices, { ...place, fault }],
  }
}

function respell(
  { source, notices }: Modern,
  { at, properly }: (typeof spellings)[number],
): Modern {
  const given = source.valueAt(at)
  const proper = properly(given)
  if (proper === null || proper === given) return { source, notices }
  const position = source.at(at)
  const fault: Fault = {
    code: 'old spelling',
    option: at.join('.'),
    given: givenOf(given),
    proper: excerpt(proper),
  }
  return {
    source: withValue(source, at, { value: proper, at: position }),
    notices: [...notices, { ...position, path: source.path, fault }],
  }
}

/** Whether an option can be put there: the section is missing or a section, not a list. */
function canHold(source: YamlSource, to: OptionPath): boolean {
  const section = source.valueAt(to.slice(0, -1))
  return to.length === 1 || section === undefined || isSection(section)
}

function isSection(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function without(source: YamlSource, path: OptionPath): YamlSource {
  const [first, second] = path
  const whole = source.valueAt([])
  if (!isSection(whole)) return source
  const { [first]: section, ...rest } = whole
  if (second === undefined || !isSection(section)) return holding(source, rest)
  const { [second]: _, ...options } = section
  return holding(source, { ...whole, [first]: options })
}

function withValue(
  source: YamlSource,
  path: OptionPath,
  { value, at }: { value: unknown; at: ReturnType<YamlSource['at']> },
): YamlSource {
  const [first, second] = path
  const whole = source.valueAt([])
  if (!isSection(whole)) return source
  const section = whole[first]
  const put =
    second === undefined ? value : { ...(isSection(section) ? section : {}), [second]: value }
  const changed = holding(source, { ...whole, [first]: put })
  const isThere = (asked: readonly PropertyKey[]) =>
    path.every((name, index) => asked[index] === name)
  return { ...changed, at: (asked) => (isThere(asked) ? at : source.at(asked)) }
}

function holding(source: YamlSource, whole: Record<string, unknown>): YamlSource {
  return { ...source, valueAt: (path) => path.reduce(valueIn, whole) }
}
