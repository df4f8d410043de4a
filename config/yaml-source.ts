import {
  type Document,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  Parser,
  parseDocument,
  visit,
} from 'yaml'

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
  message: string
  remedy: string
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
    return oneFault('The file is larger than 64 KB.', 'Keep only the options that differ.')
  }
  const foreign = foreignIn(text)
  if (foreign !== null) return { faults: [foreign] }
  const excess = excessIn(text) ?? (marksIn(text) > mostMarks ? 'items' : null)
  if (excess === 'levels') {
    return oneFault('The file is nested too deeply.', 'Options need two levels at most.')
  }
  if (excess === 'items') {
    return oneFault('The file holds too much in one place.', 'Lists hold at most 1,000 logins.')
  }
  const lines = new LineCounter()
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
  })
  if (document.directives.yaml.explicit && document.directives.yaml.version !== '1.2') {
    return oneFault(
      `The file says that it is YAML ${document.directives.yaml.version}, and YAML 1.2 is read.`,
      'Remove the line that begins with %YAML.',
    )
  }
  if (document.errors.length > 0) {
    return { faults: document.errors.slice(0, mostFaults).map((error) => toFault(error, lines)) }
  }
  const { at, atKey, positionOf } = places(document, lines)
  try {
    const value: unknown = document.toJS({ maxAliasCount: mostAliases })
    return { path, at, atKey, valueAt: (names) => names.reduce(valueIn, value) }
  } catch {
    // All that is left to refuse here: too many aliases, or one without its anchor.
    return oneFault(
      'The file repeats parts of itself by aliases (*) in a way that cannot be followed.',
      'Write the values out.',
      positionOf(firstAlias(document)),
    )
  }
}

const start: Position = { line: 1, column: 1 }

function oneFault(
  message: string,
  remedy: string,
  position: Position | null = null,
): { faults: SyntaxFault[] } {
  return { faults: [{ ...(position ?? start), message, remedy }] }
}

/** What a decoder puts for bytes that are not UTF-8, and what no text holds. */
function foreignIn(text: string): SyntaxFault | null {
  const index = text.search(/[\uFFFD\0]/)
  if (index < 0) return null
  const before = text.slice(0, index).split('\n')
  const [message, remedy] =
    text[index] === '\0'
      ? ['The file is not text.', 'Replace it by a text file with one option a line.']
      : ['The file holds characters that are not UTF-8.', 'Save it in the encoding UTF-8.']
  return { line: before.length, column: (before.at(-1) ?? '').length + 1, message, remedy }
}

function firstAlias(document: Document): unknown {
  let found: unknown = null
  visit(document, {
    Alias: (_, alias) => {
      found = alias
      return visit.BREAK
    },
  })
  return found
}

/** Walks the concrete syntax, whose parser keeps a stack of its own instead of recursing. */
function excessIn(text: string): 'levels' | 'items' | null {
  for (const document of new Parser().parse(text)) {
    const pending: { token: object; level: number }[] = [{ token: document, level: 0 }]
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const { token, level } = next
      const items = itemsOf(token)
      if (level > mostLevels) return 'levels'
      if (items.length > mostItems) return 'items'
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

function toFault(
  { code, message, pos }: { code: string; message: string; pos: [number, number] },
  lines: LineCounter,
): SyntaxFault {
  const { line, col } = lines.linePos(pos[0])
  return { line, column: col, message: `${message}.`, remedy: remedies[code] ?? generalRemedy }
}

const generalRemedy =
  'Compare the line with an example: one option a line, "name: value", and quotes around text that holds brackets or colons.'

const remedies: Record<string, string> = {
  TAB_AS_INDENT: 'Indent with spaces.',
  DUPLICATE_KEY: 'Keep one of the two.',
  MULTIPLE_DOCS: 'Keep one document: remove the "---" between them.',
  NON_STRING_KEY: 'Use the plain name of an option.',
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
