import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { schedules } from '../jobs/schedule.ts'
import groundswell from '../src/app.ts'
import { translators } from '../src/events/index.ts'
import { scheduledJobs } from '../src/queue.ts'

const root = fileURLToPath(new URL('../', import.meta.url))

/**
 * Who may import whom: data flows one way, and no arrow goes back. The first
 * room whose path a file begins with is the file's. "type" allows types only.
 * A room may always import itself.
 */
const rooms: Record<string, readonly string[]> = {
  'src/errors.ts': [],
  'src/log.ts': [],
  'src/seldom.ts': [],
  'src/public-addresses.ts': [],
  'config/': ['src/errors.ts'],
  'src/queue.ts': ['src/errors.ts'],

  // Pure: nothing in these reads a clock, a file, the network or a setting.
  'src/events/': [],
  'src/metrics/': ['type src/events/fact.ts'],
  'src/people/': ['src/events/'],
  'src/report/': [
    'type config/fault.ts',
    'type config/rule.ts',
    'type config/yaml-mistake.ts',
    'src/metrics/',
    'type src/events/account-group.ts',
    'type src/events/fact.ts',
  ],
  'src/publish/plan.ts': [],
  'src/publish/gate.ts': [],
  'src/publish/slack-gate.ts': ['src/publish/gate.ts'],
  'src/publish/discord-gate.ts': ['src/publish/gate.ts'],
  'src/publish/html-gate.ts': ['src/publish/gate.ts'],
  'src/publish/marker.ts': [],

  'src/store/': [
    'type src/events/fact.ts',
    'src/events/recording.ts',
    'src/events/account-group.ts',
    'src/metrics/history.ts',
    'src/metrics/milestones.ts',
    'src/metrics/responses.ts',
    'src/metrics/waits-until.ts',
    'src/metrics/window.ts',
    'type src/metrics/fork-cohorts.ts',
    'src/people/',
    'type src/queue.ts',
    'src/errors.ts',
  ],
  'src/git/': [
    'src/events/areas.ts',
    'type src/events/commit.ts',
    'src/events/commit-instant.ts',
    'src/people/',
    'src/errors.ts',
  ],
  'src/github/': ['src/events/', 'type config/environment.ts'],
  'src/charts/': ['src/report/'],
  'src/publish/': [
    'src/public-addresses.ts',
    'type config/channels.ts',
    'src/report/',
    'src/charts/',
    'src/publish/plan.ts',
    'src/publish/gate.ts',
    'src/publish/slack-gate.ts',
    'src/publish/discord-gate.ts',
    'src/publish/html-gate.ts',
    'src/publish/marker.ts',
    'src/github/failure.ts',
    'src/github/repository-url.ts',
    'type src/github/github-app.ts',
    'src/store/publications.ts',
    'type src/store/database.ts',
    'type src/store/repositories.ts',
    'src/queue.ts',
  ],
  'src/deliveries/': ['src/events/', 'src/store/'],
  // The table of contents of events: what is worked out and posted later is none of its business.
  'src/app.ts': ['src/deliveries/', 'type src/events/signature.ts', 'type src/store/database.ts'],
  'src/deps.ts': [
    'type config/environment.ts',
    'type config/repository.ts',
    'type src/events/signature.ts',
    'type src/github/github-app.ts',
    'type src/publish/publisher.ts',
    'type src/queue.ts',
    'type src/store/database.ts',
  ],
  'src/web/': [
    'config/repository-schema.ts',
    'type src/deliveries/inbox.ts',
    'type src/deps.ts',
    'src/charts/',
    'src/metrics/window.ts',
    'src/publish/html-gate.ts',
    'src/report/',
    'src/store/',
    'src/errors.ts',
    'src/seldom.ts',
  ],
  'jobs/': [
    'config/repository.ts',
    'type config/channels.ts',
    'type src/deps.ts',
    'src/deliveries/',
    'src/errors.ts',
    'src/seldom.ts',
    'src/events/',
    'src/git/',
    'src/github/',
    'src/metrics/',
    'src/people/',
    'src/report/',
    'src/public-addresses.ts',
    'src/publish/channel.ts',
    'type src/publish/publisher.ts',
    'src/queue.ts',
    'src/store/',
  ],

  // The places where things are made.
  'src/open.ts': [
    'config/defaults.ts',
    'type config/environment.ts',
    'src/app.ts',
    'type src/deps.ts',
    'src/errors.ts',
    'src/github/github-app.ts',
    'src/publish/',
    'src/publish/marker.ts',
    'src/queue.ts',
    'src/store/',
  ],
  'src/server.ts': [
    'jobs/worker.ts',
    'src/deliveries/inbox.ts',
    'type src/deps.ts',
    'src/errors.ts',
    'src/open.ts',
    'src/web/',
  ],

  // GitHub's double knows nothing of the App; its story and its pages are for the try-out alone.
  'src/sandbox/story/': ['type src/sandbox/', 'src/metrics/window.ts'],
  'src/sandbox/pages/': ['src/sandbox/', 'src/sandbox/story/cast.ts'],
  'src/sandbox/': [],
  'src/cli/idle.ts': ['type src/deps.ts', 'src/store/', 'type src/sandbox/'],
  'src/cli/try-out': [
    'jobs/schedule.ts',
    'type config/environment.ts',
    'src/cli/',
    'src/cli/idle.ts',
    'src/log.ts',
    'src/metrics/window.ts',
    'src/sandbox/',
    'src/sandbox/pages/',
    'src/sandbox/story/',
    'src/server.ts',
    'src/store/',
  ],
  'src/cli/': [
    'config/',
    'jobs/',
    'type src/deps.ts',
    'src/cli/try-out',
    'src/errors.ts',
    'src/events/',
    'src/git/',
    'src/github/',
    'src/log.ts',
    'src/metrics/',
    'src/open.ts',
    'src/people/',
    'src/report/',
    'src/queue.ts',
    'src/server.ts',
    'src/store/',
    'src/web/',
  ],
}

const pure = [
  'src/events/',
  'src/metrics/',
  'src/people/',
  'src/report/',
  'src/publish/plan.ts',
].concat(
  ['src/publish/gate.ts', 'src/publish/marker.ts'],
  ['slack', 'discord', 'html'].map((channel) => `src/publish/${channel}-gate.ts`),
)

/** What reaches out of the process, or ties us to a library, has one home each. */
const homes: Record<string, readonly string[]> = {
  '@octokit/rest': ['src/github/public-client.ts'],
  '@resvg/resvg-js': ['src/charts/chart-png.ts'],
  '@electric-sql/pglite': ['src/store/pglite-thread.js'],
  bullmq: ['src/queue.ts'],
  citty: ['src/cli/'],
  'echarts/core': ['src/charts/chart-svg.ts'],
  ioredis: ['src/queue.ts'],
  kysely: ['src/store/'],
  pg: ['src/store/database.ts', 'type src/queue.ts'],
  pino: ['src/log.ts', 'type '],
  'pino-pretty': ['src/log.ts'],
  probot: ['src/github/github-app.ts', 'type src/app.ts', 'type src/deps.ts'],
  nodemailer: ['src/publish/smtp.ts'],
  'node:child_process': ['src/git/run-git.ts', 'src/sandbox/git/'],
  'node:fs': [
    'config/',
    'src/cli/',
    'src/sandbox/',
    'src/web/documentation.tsx',
    'src/web/save-credentials.ts',
  ],
  'node:fs/promises': [
    'src/cli/',
    'src/git/mirror.ts',
    'src/store/folder-lock.ts',
    'src/web/save-credentials.ts',
  ],
  'node:http': ['src/server.ts', 'src/cli/', 'src/sandbox/', 'type src/web/'],
  'node:https': [],
  'node:net': ['src/web/loopback.ts', 'type '],
  'node:worker_threads': ['src/store/pglite-pool.ts', 'src/store/pglite-thread.js'],
}

/** Ways to learn what was not passed in, and where each is allowed. */
const surroundings: readonly { what: RegExp; in: readonly string[] }[] = [
  {
    what: /\bDate\.now\(|\bnew Date\(\s*\)|\bDateTime\.(?:now|local|utc)\(/,
    in: ['src/cli/', 'src/queue.ts'],
  },
  { what: /\bperformance\.now\(/, in: ['src/cli/', 'src/sandbox/deliveries.ts'] },
  { what: /\bprocess\.env\b/, in: ['src/cli/'] },
  { what: /\bMath\.random\(/, in: ['src/queue.ts'] },
]

interface Import {
  from: string
  /** a file of ours as a path from the root, or the name of a package */
  to: string
  typesOnly: boolean
}

const sources = ['src', 'jobs', 'config'].flatMap((folder) => filesIn(folder, /\.(tsx?|js)$/))
const imports = sources.flatMap((file) => importsOf(file, textOf(file)))
const own = imports.filter(({ to }) => roomOf(to) !== null)

describe('the rooms', () => {
  it('hold every source file', () => {
    expect(sources.length).toBeGreaterThan(150)
    expect(sources.filter((file) => roomOf(file) === null)).toEqual([])
  })

  it('import only what they may', () => {
    const forbidden = own.filter((one) => !permissionsOf(one).some((each) => permits(each, one)))
    expect(forbidden.map(told)).toEqual([])
  })

  it('may import only what they do', () => {
    const idle = Object.entries(rooms).flatMap(([room, permissions]) =>
      permissions
        .filter((each) => !own.some((one) => roomOf(one.from) === room && permits(each, one)))
        .map((each) => `${room} no longer needs ${each}`),
    )
    expect(idle).toEqual([])
  })

  it('depend on each other in one direction', () => {
    // The bridge to the try-out is loaded by a command, and uses what other commands use.
    const bridge = (room: string | null) => room?.replace('src/cli/try-out', 'src/cli/')
    const left = new Map(Object.keys(rooms).map((room) => [bridge(room), new Set<unknown>()]))
    for (const { from, to } of own) {
      const [a, b] = [bridge(roomOf(from)), bridge(roomOf(to))]
      if (a !== b) left.get(a)?.add(b)
    }
    for (;;) {
      const done = [...left].filter(([, needs]) => [...needs].every((need) => !left.has(`${need}`)))
      if (done.length === 0) break
      for (const [room] of done) left.delete(room)
    }
    expect([...left.keys()], 'these depend on each other in a circle').toEqual([])
  })

  it.each(Object.entries(homes))('keep %s in its place', (name, places) => {
    const strays = imports.filter((one) => one.to === name && !places.some((at) => lives(at, one)))
    expect(strays.map(told)).toEqual([])
  })
})

describe('the pure rooms', () => {
  const inside = imports.filter(({ from }) => pure.some((room) => from.startsWith(room)))

  it('use no library that does anything but compute', () => {
    const packages = new Set(inside.filter((one) => roomOf(one.to) === null).map(({ to }) => to))
    expect([...packages].sort()).toEqual([
      'hast',
      'hast-util-raw',
      'hast-util-sanitize',
      'hast-util-to-html',
      'luxon',
      'mdast',
      'mdast-util-from-markdown',
      'mdast-util-gfm',
      'mdast-util-to-hast',
      'mdast-util-to-markdown',
      'micromark-extension-gfm',
      'node:crypto',
      'picomatch',
      'xast-util-to-xml',
      'xastscript',
      'zod',
    ])
    const hashing = inside.filter(({ to }) => to === 'node:crypto').map(({ from }) => from)
    expect(hashing.sort()).toEqual(['src/publish/marker.ts', 'src/publish/plan.ts'])
  })

  it.each(surroundings)('and all others but a few never say $what', ({ what, in: places }) => {
    const strays = sources.filter(
      (file) => what.test(textOf(file)) && !places.some((place) => file.startsWith(place)),
    )
    expect(strays).toEqual([])
  })

  it('write no log and wait for nothing', () => {
    const impure =
      /\bconsole\.|\bprocess\.|\bset(?:Timeout|Interval|Immediate)\(|\bfetch\(|\bawait\b/
    const files = sources.filter((file) => pure.some((room) => file.startsWith(room)))
    const strays = files.filter((file) => impure.test(withoutComments(textOf(file))))
    expect(strays).toEqual([])
  })
})

describe('what is written', () => {
  it('is used by something', () => {
    const used = new Set(imports.map(({ to }) => to))
    expect(sources.filter((file) => !used.has(file))).toEqual(['src/cli/main.ts'])
  })

  it('for an event is what the App listens for', () => {
    const heard: string[] = []
    const probot = { on: (events: string | string[]) => heard.push(...[events].flat()) }
    groundswell(probot as never, {} as never) // as: nothing but `on` is asked for at first
    expect(heard.toSorted()).toEqual(
      [...Object.keys(translators), 'installation', 'installation_repositories'].toSorted(),
    )
  })

  it('for a time has its schedule', () => {
    expect(schedules.map(({ name }) => name).toSorted()).toEqual(scheduledJobs.toSorted())
  })
})

describe('names', () => {
  const tests = filesIn('test', /\.ts$/)
  const files = [...sources, ...tests]

  it('of files and folders are kebab-case', () => {
    const odd = files.filter(
      (file) => !/^(?:[a-z\d]+(?:-[a-z\d]+)*(?:\/|(?:\.test)?\.\w+$))+$/.test(file),
    )
    expect(odd).toEqual([])
  })

  it('say what a place is about', () => {
    const vague = /(?:^|\/)(?:utils?|helpers?|common|lib|misc|shared)(?:\/|\.)/
    expect(files.filter((file) => vague.test(file))).toEqual([])
  })

  it('are exported, except where a framework wants a default', () => {
    const defaults = files.filter((file) => /^export default\b/m.test(textOf(file)))
    const loaded = textOf('vitest.config.ts').match(/(?<=\.\/)test\/support\/[\w-]+\.ts/g) ?? []
    expect(defaults).toEqual(['src/app.ts', ...new Set(loaded.toSorted())])
  })
})

describe('the reader of imports', () => {
  const read = (text: string) =>
    importsOf('src/a/b.ts', text).map(({ to, typesOnly }) => [to, typesOnly])

  it.each([
    ["import { a } from './c.ts'", 'src/a/c.ts', false],
    ["import type { A } from '../d.ts'", 'src/d.ts', true],
    ["import {\n  a,\n  type B,\n} from 'zod'", 'zod', false],
    ["import * as all from 'node:fs'", 'node:fs', false],
    ["import '../effect.ts'", 'src/effect.ts', false],
    ["export { a } from './c.ts'", 'src/a/c.ts', false],
    ["const a = await import('./c.ts')", 'src/a/c.ts', false],
    ["const a = createRequire(import.meta.url)('./c.ts')", 'src/a/c.ts', false],
    ["new Worker(new URL('./c.js', import.meta.url))", 'src/a/c.js', false],
  ])('sees %s', (text, to, typesOnly) => {
    expect(read(`const before = 1\n${text}\n`)).toEqual([[to, typesOnly]])
  })
})

function filesIn(folder: string, name: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => name.test(file))
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .sort()
}

function textOf(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g, '')
}

function importsOf(from: string, text: string): Import[] {
  const statements = text.matchAll(
    /^(?:import|export)\s+(type\s)?(?:[\w*{][^'"]*?\sfrom\s+)?'([^']+)'/gm,
  )
  const calls = text.matchAll(
    /\b(?:import|createRequire\(import\.meta\.url\)|new URL)\(\s*'([^'\s]+)'/g,
  )
  return [
    ...[...statements].map(([, type, name = '']) => ({ name, typesOnly: type !== undefined })),
    ...[...calls].map(([, name = '']) => ({ name, typesOnly: false })),
  ].map(({ name, typesOnly }) => ({
    from,
    to: name.startsWith('.') ? join(dirname(from), name).replaceAll('\\', '/') : name,
    typesOnly,
  }))
}

/** Null for a package. */
function roomOf(file: string): string | null {
  return Object.keys(rooms).find((room) => file.startsWith(room)) ?? null
}

function permissionsOf({ from }: Import): readonly string[] {
  const room = roomOf(from) ?? ''
  return [room, ...(rooms[room] ?? [])]
}

/** A folder is permitted without the rooms inside it, which are named by themselves. */
function permits(permission: string, { to, typesOnly }: Import): boolean {
  const place = permission.replace(/^type /, '')
  if (place !== permission && !typesOnly) return false
  return (
    to === place || (to.startsWith(place) && (rooms[place] === undefined || roomOf(to) === place))
  )
}

function lives(place: string, { from, typesOnly }: Import): boolean {
  return place.startsWith('type ')
    ? typesOnly && from.startsWith(place.slice('type '.length))
    : from.startsWith(place)
}

function told({ from, to, typesOnly }: Import): string {
  return `${from} imports ${typesOnly ? 'types of ' : ''}${to}`
}
