import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { readDefaults } from '../config/defaults.ts'
import { readEnvironment } from '../config/environment.ts'
import { readConfiguration } from '../config/repository.ts'
import { program } from '../src/cli/program.ts'
import { commandNames } from '../src/events/command.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const textOf = (file: string) => readFileSync(join(root, file), 'utf8')

const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'docs/architecture.md',
  'docs/configuration.md',
  'docs/costs.md',
  'docs/decisions.md',
  'docs/examples/README.md',
  'docs/metrics.md',
  'docs/operating.md',
]
const all = documents.map((file) => ({ file, text: textOf(file), code: codeIn(textOf(file)) }))
const everyText = all.map(({ text }) => text).join('\n')
const everyCode = all.flatMap(({ code }) => code)

const manifest = z
  .object({
    scripts: z.record(z.string(), z.string()),
    dependencies: z.record(z.string(), z.string()),
    engines: z.object({ node: z.string() }),
  })
  .parse(JSON.parse(textOf('package.json')))

it('README shows what the App wrote in the examples', () => {
  const plain = (file: string) =>
    textOf(file)
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replaceAll(/^> ?/gm, '')
      .replaceAll(/\s+/g, ' ')
  const shown = ['docs/examples/digest-2026-W47.md', 'docs/examples/pull-request-summary.md'].map(
    plain,
  )
  const quoted = textOf('README.md').match(/^> .*(?:\n>.*)*/gm) ?? []
  const parts = quoted.flatMap((quote) => quote.split(/\n(?=> [-|*])|\n>\n/))
  expect(parts.length).toBeGreaterThan(10)
  for (const part of parts) {
    const words = part
      .replaceAll(/^> ?#*/gm, '')
      .replaceAll(/\s+/g, ' ')
      .trim()
    if (/^\| (?:\||-)/.test(words)) continue
    expect(
      shown.some((text) => text.includes(words)),
      words,
    ).toBe(true)
  }
})

describe('commands in the documents', () => {
  it('of npm have a script', () => {
    const named = everyCode.flatMap((code) =>
      [...code.matchAll(/\bnpm (?:run )?(?!install|ci\b)([a-z:]+)/g)].map(([, name]) => name),
    )
    expect(named).toContain('start')
    expect(named.filter((name) => !Object.hasOwn(manifest.scripts, name ?? ''))).toEqual([])
  })

  it('list every script that is for people', () => {
    const forPeople = Object.keys(manifest.scripts).filter((name) => !/^pre|:/.test(name))
    const rows = tableIn('CONTRIBUTING.md', 'Script').map(([name]) => name)
    expect(rows.map((name) => name?.replace(/`npm (?:run )?|`/g, '')).toSorted()).toEqual(
      forPeople.toSorted(),
    )
  })

  it('of the command line exist, with their options', async () => {
    const faults: string[] = []
    const seen = new Set<string>()
    for (const code of everyCode) {
      for (const [line, name = ''] of code.matchAll(
        /(?<![/\w.-])(?:npx )?groundswell ([a-z]+)[^\n`]*/g,
      )) {
        seen.add(name)
        const load = Object.hasOwn(program.subCommands, name) ? program.subCommands[name] : null
        const args = Object.keys(z.record(z.string(), z.unknown()).parse((await load?.())?.args))
        const options = [...line.matchAll(/ --([a-z-]+)/g)].map(([, option]) => option ?? '')
        faults.push(
          ...options.filter((option) => !args.includes(option)).map((o) => `${line}: ${o}`),
        )
        if (load === null) faults.push(line)
      }
    }
    expect(faults).toEqual([])
    expect([...seen].toSorted()).toEqual(Object.keys(program.subCommands).toSorted())
  })

  it('in comments are read as commands', () => {
    const named = [...everyText.matchAll(/`\/groundswell ([a-z-]+)/g)].map(([, name]) => name)
    expect(named.length).toBeGreaterThan(5)
    expect(named.filter((name) => !commandNames.some((known) => known === name))).toEqual([])
  })
})

describe.each(all)('$file', ({ file, text, code }) => {
  it('names files that exist', () => {
    const place =
      /^(?:src|jobs|config|test|docs|dist)\/[\w./-]*[\w-]$|^[\w-]+\.(?:md|yml|yaml|json)$/
    const named = code.filter((span) => place.test(span) && !span.includes('…'))
    const lines = code.flatMap((block) => block.match(/\b(?:dist|test|src)\/[\w./-]+\.\w+/g) ?? [])
    const missing = [...named, ...lines].filter((path) => !existsAsSource(path))
    expect(missing.filter((path) => !examples.has(path))).toEqual([])
  })

  it('links to places that exist', () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)\s]*)\)/g)].map(([, link]) => link ?? '')
    const broken = links.filter((link) => {
      const [path = '', anchor] = link.split('#')
      const target = path === '' ? file : join(dirname(file), path)
      if (!existsSync(join(root, target))) return true
      return anchor !== undefined && !anchorsIn(textOf(target)).includes(anchor)
    })
    expect(broken).toEqual([])
  })

  it('speaks quietly', () => {
    const prose = text.replaceAll(/```[\s\S]*?```|`[^`]*`|!\[/g, '')
    expect(prose).not.toMatch(/!/)
    expect(prose).not.toMatch(/\p{Extended_Pictographic}/u)
  })
})

describe('settings in the documents', () => {
  const rows = tableIn('docs/operating.md', 'Variable').flatMap(([names = '', byDefault = '']) =>
    [...names.matchAll(/`([A-Z_]+)`/g)].map(([, name = '']) => ({
      name,
      byDefault: byDefault.replaceAll('`', ''),
    })),
  )
  const known = new Set(
    ['environment', 'private-key']
      .flatMap((file) => textOf(`config/${file}.ts`).match(variable) ?? [])
      .filter((name) => name !== 'MAX_SAFE_INTEGER'),
  )

  it('are all that the program reads', () => {
    expect(rows.map(({ name }) => name).toSorted()).toEqual([...known].toSorted())
  })

  it.each(rows.filter(({ byDefault }) => byDefault !== ''))(
    '$name is $byDefault by default',
    ({ name, byDefault }) => {
      expect(readEnvironment({ [name]: byDefault })).toEqual(readEnvironment({}))
    },
  )

  it('are known wherever they are named', () => {
    const files = [everyText, textOf('Dockerfile'), textOf('compose.yaml')]
    const others =
      /^(?:TEST_(?:DATABASE|REDIS)_URL|POSTGRES_(?:USER|DB|PASSWORD)|(?:HTTPS|NO)_PROXY)$/
    const named = new Set(files.flatMap((text) => text.match(variable) ?? []))
    expect([...named].filter((name) => !known.has(name) && !others.test(name))).toEqual([])
  })
})

describe('configuration in the documents', () => {
  const defaults: Record<string, unknown> = readDefaults()
  const examples = [...textOf('README.md').matchAll(/```yaml\n([\s\S]*?)```/g)]

  it('is valid as an example', () => {
    expect(examples).toHaveLength(1)
    for (const [, text = ''] of examples) {
      const read = readConfiguration(text, 'README.md')
      expect(read).toMatchObject({ configuration: parse(text), notices: [] })
    }
  })

  it('names options that exist', () => {
    const named = everyCode.filter((span) => /^[a-z-]+\.[a-z-]+$|^(?:posts|waiting)-/.test(span))
    const options = named.filter((span) => (span.split('.')[0] ?? '') in defaults || /-/.test(span))
    const missing = options.filter((option) => {
      const [section = '', name] = option.split('.')
      const value = defaults[section]
      return name === undefined ? value === undefined : !Object.hasOwn(Object(value), name)
    })
    expect(options).toContain('people.hidden')
    expect(missing).toEqual([])
  })
})

describe('what the documents say of the package', () => {
  it('is the Node that it asks for', () => {
    const [version = '?'] = /\d[\d.]*/.exec(manifest.engines.node) ?? []
    expect(textOf('README.md')).toContain(`${version} or later`)
  })

  it('gives each runtime dependency a reason', () => {
    const rows = tableIn('docs/decisions.md', 'Package')
    const named = rows.flatMap(([names]) => (names ?? '').match(/(?<=`)[^`, ]+(?=`)/g) ?? [])
    expect(named.toSorted()).toEqual(Object.keys(manifest.dependencies).toSorted())
    expect(rows.filter(([, reason = '']) => reason.length < 20)).toEqual([])
  })

  it('is what the image is made of', () => {
    const copied = [...textOf('Dockerfile').matchAll(/^COPY (?!--from)(.+) \S+$/gm)]
      .flatMap(([, paths = '']) => paths.split(' '))
      .filter((path) => path !== '')
    expect(copied).toContain('app.yml')
    expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([])
    const kept: string[] = textOf('.dockerignore').match(/(?<=^!).+$/gm) ?? []
    expect(copied.filter((path) => !kept.includes(path.split('/')[0] ?? ''))).toEqual([])
  })
})

/** Names in examples that are the reader's own. */
const examples = new Set(['delivery.json'])

const variable = /\b(?:[A-Z]+_)+[A-Z]+\b|\b(?:ROLE|HOST|PORT)\b/g

/** Code in a text: what stands between backticks, and the blocks that say which language they are. */
function codeIn(text: string): string[] {
  const blocks = [...text.matchAll(/```\w+\n([\s\S]*?)```/g)].map(([, code = '']) => code)
  const prose = text.replaceAll(/```[\s\S]*?```/g, '')
  return [...blocks, ...[...prose.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)]
}

/** The rows of the first table whose heading begins with that word. */
function tableIn(file: string, heading: string): string[][] {
  const [, table = ''] =
    new RegExp(`^\\| ${heading} \\|.*\\n\\|.*\\n((?:\\|.*\\n)+)`, 'm').exec(textOf(file)) ?? []
  const rows = table.trim().split('\n')
  return rows.map((row) =>
    row
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1),
  )
}

/** What is built exists when its source does. */
function existsAsSource(path: string): boolean {
  const source = path.replace(/^dist\//, '')
  return [source, source.replace(/\.js$/, '.ts')].some((each) => existsSync(join(root, each)))
}

/** As GitHub makes them of headings. */
function anchorsIn(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  )
}
