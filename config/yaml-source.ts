import {
  type Alias,
  type Document,
  isCollection,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  Parser,
  parseDocument,
  visit,
} from 'yaml'
import type { UnreadableFile } from './fault.ts'
import { mistakeBehind, unmeantIn, type YamlMistake } from './yaml-mistake.ts'

export interface Position {
  /** from 1 */
  line: number
  /** from 1 */
  column: number
}

/** A parsed YAML file that still knows where everything stands. */
export interface YamlSource {
  path: string
  /** where the value at a path stands; the nearest enclosing one where it has no place of its own */
  at(path: readonly PropertyKey[]): Position
  /** where a key of the mapping at a path stands */
  atKey(path: readonly PropertyKey[], key: string): Position
  /** what stands at a path; the whole for an empty path, null for an empty file */
  valueAt(path: readonly PropertyKey[]): unknown
}

/** A reason why a text is not the YAML that we read. */
export interface SyntaxFault extends Position {
  fault: UnreadableFile
}

const mostBytes = 64 * 1024
/** Four levels are ever needed; past some 5,000 the composer of `yaml` overflows the stack, and Node dies of it. */
const mostLevels = 32
/** `yaml` compares each key of a mapping with all before it. */
const mostItems = 3000
/** Where they are misplaced each becomes an error with a stack of its own, which takes longer than all the rest. */
const mostMarks = 10_000
const mostAliases = 10
const mostFaults = 10

/**
 * Parses a text written by strangers: bounded in size, nesting and aliases, so
 * that no file takes more than a moment to refuse.
 */
export function readYaml(text: string, path: string): YamlSource | { faults: SyntaxFault[] } {
  if (Buffer.byteLength(text) > mostBytes) {
    return oneFault({ code: 'too large', most: '64 KB' })
  }
  const foreign = foreignIn(text)
  if (foreign !== null) return { faults: [foreign] }
  const excess = excessIn(text) ?? (marksIn(text) > mostMarks ? 'too much' : null)
  if (excess !== null) return oneFault({ code: excess })
  const lines = new LineCounter()
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    resolveKnownTags: false,
    stringKeys: true,
  })
  const { explicit, version } = document.directives.yaml
  if (explicit && version !== '1.2') return oneFault({ code: 'another YAML', version })
  const faults = faultsIn(document, lines)
  if (faults.length > 0) return { faults }
  const { at, atKey, positionOf } = places(document, lines)
  const lost = aliasesIn(document).find((alias) => alias.resolve(document) === undefined)
  if (lost) return oneFault({ code: 'syntax', mistake: 'an asterisk' }, positionOf(lost))
  try {
    const value: unknown = document.toJS({ maxAliasCount: mostAliases })
    return { path, at, atKey, valueAt: (names) => names.reduce(valueIn, value) }
  } catch {
    // All that is left to refuse here: too many aliases.
    return oneFault({ code: 'aliases' }, positionOf(aliasesIn(document)[0]))
  }
}

const start: Position = { line: 1, column: 1 }

function oneFault(
  fault: UnreadableFile,
  position: Position | null = null,
): { faults: SyntaxFault[] } {
  return { faults: [{ ...(position ?? start), fault }] }
}

/** What a decoder puts for bytes that are not UTF-8, what no text holds, and what nobody meant to be there. */
function foreignIn(text: string): SyntaxFault | null {
  const index = text.search(/[\uFFFD\0]/)
  if (index >= 0) {
    return {
      ...placeOf(index, text),
      fault: { code: text[index] === '\0' ? 'not text' : 'not UTF-8' },
    }
  }
  const found = unmeantIn(text)
  if (found === null) return null
  return { ...placeOf(found.index, text), fault: { code: 'syntax', mistake: found.mistake } }
}

function placeOf(index: number, text: string): Position {
  const before = text.slice(0, index).split('\n')
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 }
}

function aliasesIn(document: Document): Alias[] {
  const found: Alias[] = []
  visit(document, {
    Alias: (_, alias) => {
      found.push(alias)
    },
  })
  return found
}

/** Walks the concrete syntax, whose parser keeps a stack of its own instead of recursing. */
function excessIn(text: string): 'too deep' | 'too much' | null {
  for (const document of new Parser().parse(text)) {
    const pending: { token: object; level: number }[] = [{ token: document, level: 0 }]
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const { token, level } = next
      const items = itemsOf(token)
      if (level > mostLevels) return 'too deep'
      if (items.length > mostItems) return 'too much'
      const children = [
        'value' in token ? token.value : null,
        ...items.flatMap(({ key, value }) => [key, value]),
      ].filter((child) => typeof child === 'object' && child !== null)
      pending.push(...children.map((child) => ({ token: child, level: level + 1 })))
    }
  }
  return null
}

function marksIn(text: string): number {
  return text.match(/[,[\]{}]/g)?.length ?? 0
}

function itemsOf(token: object): { key?: unknown; value?: unknown }[] {
  return 'items' in token && Array.isArray(token.items) ? token.items : []
}

/** Most other mistakes in a text with one of these follow from it. */
const first: readonly YamlMistake[] = ['a tab', 'a directive']

/** The first on each line, for the same reason. */
function faultsIn(document: Document, lines: LineCounter): SyntaxFault[] {
  const all = [...document.errors, ...document.warnings]
    .map((error) => ({ place: error.pos[0], mistake: mistakeBehind(error) }))
    .toSorted((a, b) => a.place - b.place)
  const leading = all.filter(({ mistake }) => first.includes(mistake))
  const faults = new Map<number, SyntaxFault>()
  for (const { place, mistake } of leading.length > 0 ? leading : all) {
    const { line, col } = lines.linePos(openedBefore(place, mistake, document))
    if (faults.size >= mostFaults) break
    if (!faults.has(line))
      faults.set(line, { line, column: col, fault: { code: 'syntax', mistake } })
  }
  return [...faults.values()]
}

/** Where what is missing at a place was opened; the place itself where nothing was. */
function openedBefore(place: number, mistake: YamlMistake, document: Document): number {
  if (mistake !== 'an open quote' && mistake !== 'an open bracket') return place
  let opened = place
  visit(document, {
    Node: (_, node) => {
      const isOpen =
        mistake === 'an open quote'
          ? isScalar(node) && `${node.type}`.startsWith('QUOTE_')
          : isCollection(node) && node.flow === true
      const [from = place, to = 0] = node.range ?? []
      if (isOpen && from < place && to >= place) opened = from
    },
  })
  return opened
}

function places(document: Document, lines: LineCounter) {
  const positionOf = (node: unknown): Position | null => {
    if (!isNode(node) || !node.range) return null
    const { line, col } = lines.linePos(node.range[0])
    return { line, column: col }
  }
  const nodeAt = (path: readonly PropertyKey[]): unknown =>
    path.length === 0 ? document.contents : document.getIn(path, true)
  const at: YamlSource['at'] = (path) =>
    positionOf(nodeAt(path)) ?? (path.length === 0 ? start : at(path.slice(0, -1)))
  const atKey: YamlSource['atKey'] = (path, key) => {
    const mapping = nodeAt(path)
    const pairs = isMap(mapping) ? mapping.items : []
    const pair = pairs.find((candidate) => isScalar(candidate.key) && candidate.key.value === key)
    return positionOf(pair?.key) ?? at(path)
  }
  return { at, atKey, positionOf }
}

/** What a value that YAML made holds under a key of its own. */
export function valueIn(value: unknown, key: PropertyKey): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return Reflect.get(value, key)
}
