import { type Problem, quoted } from './problem.ts'
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
]

/** Values that can mean one thing only, and how they are written properly; null: not one of those. */
const spellings: readonly Readonly<{
  at: OptionPath
  properly: (value: unknown) => string | null
}>[] = [
  { at: ['digest', 'day'], properly: dayOf },
  { at: ['digest', 'time'], properly: timeOf },
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
  const [old, now] = [quoted(from.join('.')), quoted(to.join('.'))]
  if (source.valueAt(to) !== undefined) {
    const message = `${old} is an old name of ${now}, which the file gives too: that one counts.`
    return { source: rest, notices: [...notices, { ...place, message, remedy: `Remove ${old}.` }] }
  }
  const message = `${old} is an old name of ${now}. It is still read.`
  return {
    source: withValue(rest, to, { value, at: source.at(from) }),
    notices: [...notices, { ...place, message, remedy: `Write ${now}.` }],
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
  const notice = {
    ...position,
    path: source.path,
    message: `${at.join('.')} is given as ${JSON.stringify(given)}. It is read as ${quoted(proper)}.`,
    remedy: `Write ${quoted(proper)}.`,
  }
  return {
    source: withValue(source, at, { value: proper, at: position }),
    notices: [...notices, notice],
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

const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

/**
 * `Monday`, `mon`, and numbers as cron has them, where 0 and 7 are both Sunday:
 * no other way of counting that begins on a Sunday or Monday disagrees.
 */
function dayOf(value: unknown): string | null {
  if (typeof value === 'number') return days[value === 7 ? 0 : value] ?? null
  if (typeof value !== 'string' || value.length < 3) return null
  const lowered = value.toLowerCase()
  return days.find((day) => day === lowered || day.slice(0, 3) === lowered) ?? null
}

/** `9:00` */
function timeOf(value: unknown): string | null {
  return typeof value === 'string' && /^\d:[0-5]\d$/.test(value) ? `0${value}` : null
}
