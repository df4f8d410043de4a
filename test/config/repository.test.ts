import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readDefaults } from '../../config/defaults.ts'
import { renamings } from '../../config/renamed-options.ts'
import {
  mergeConfiguration,
  type PartialConfiguration,
  readConfiguration,
} from '../../config/repository.ts'
import { partialOptions } from '../../config/repository-options.ts'

const path = '.github/groundswell.yml'

function read(text: string): PartialConfiguration {
  const result = readConfiguration(text, path)
  if ('problems' in result) expect.fail(JSON.stringify(result.problems))
  return result.configuration
}

function problemsOf(text: string) {
  const result = readConfiguration(text, path)
  return 'problems' in result ? result.problems : []
}

describe('a file that is fine', () => {
  it.each(['', '\n', '# nothing yet\n', '---\n', '{}'])('may say nothing: %j', (text) => {
    expect(read(text)).toEqual({})
  })

  it('may say everything, as the defaults do', () => {
    const text = readFileSync(new URL('../../config/defaults.yml', import.meta.url), 'utf8')
    expect(read(text)).toEqual(readDefaults())
  })

  it('may leave the quotes of a time of day out', () => {
    expect(read('digest:\n  time: 07:30\n')).toEqual({ digest: { time: '07:30' } })
  })

  it('may begin with a byte order mark, and end its lines as Windows does', () => {
    expect(read('\uFEFFtimezone: CET\r\nwaiting-hours: 3\r\n')).toEqual({
      timezone: 'CET',
      'waiting-hours': 3,
    })
  })

  it('may name a login of digits, in quotes', () => {
    expect(read('people: { insiders: ["1234"] }').people).toEqual({ insiders: ['1234'] })
  })

  it('keeps logins in lower case, as GitHub compares them', () => {
    expect(read('people: { bots: ["Renovate[bot]", "Release-Bot"] }').people).toEqual({
      bots: ['renovate[bot]', 'release-bot'],
    })
  })

  it('may repeat a list by a few aliases', () => {
    const text = 'people:\n  insiders: &team [mona]\n  hidden: *team\n'
    expect(read(text).people).toEqual({ insiders: ['mona'], hidden: ['mona'] })
  })
})

describe('a file that is not fine is told what, where and what to do', () => {
  type Expected = [line: number, column: number, message: string | RegExp, remedy: string | RegExp]

  it.each<[string, string, Expected]>([
    [
      'an option with a typing mistake',
      'timezone: UTC\ndigest:\n  enbaled: true\n',
      [3, 3, 'There is no option "digest.enbaled".', /^Did you mean "enabled"\? Options here: /],
    ],
    [
      'an option with two letters swapped',
      'digest:\n  tiem: "09:00"\n',
      [2, 3, 'There is no option "digest.tiem".', /^Did you mean "time"\?/],
    ],
    [
      'an option in the spelling of a program',
      'pullRequests: {}\n',
      [1, 1, 'There is no option "pullRequests".', /^Did you mean "pull-requests"\?/],
    ],
    [
      'an option that is like no other',
      'weather: rain\n',
      [1, 1, 'There is no option "weather".', /^Options here: timezone, language, digest,/],
    ],
    [
      'an option of the prototype',
      '__proto__:\n  enabled: true\n',
      [1, 1, 'There is no option "__proto__".', /^Options here: /],
    ],
    [
      'an option of the prototype further in',
      'digest:\n  __proto__: {}\n  constructor: 1\n',
      [2, 3, 'There is no option "digest.__proto__".', /^Options here: enabled, /],
    ],
    [
      'configuration from elsewhere',
      '_extends: evil/repository\n',
      [1, 1, 'There is no option "_extends".', /^Options here: /],
    ],
    [
      'a merge key',
      'digest:\n  <<: { enabled: true }\n',
      [2, 3, 'Merge keys (<<) are not read.', 'Write the options out.'],
    ],
    [
      'a word for a switch',
      'digest:\n  enabled: yes\n',
      [2, 12, 'digest.enabled cannot be "yes".', 'It is either true or false.'],
    ],
    [
      'text for a number',
      'waiting-hours: "48"\n',
      [1, 16, 'waiting-hours cannot be "48".', 'It is a whole number from 1 to 8760.'],
    ],
    [
      'a number without end',
      'posts-per-day: .inf\n',
      [1, 16, 'posts-per-day cannot be Infinity.', 'It is a whole number from 0 to 500.'],
    ],
    [
      'a time zone that is none',
      '\ntimezone: Europe/Atlantis\n',
      [
        2,
        11,
        'timezone cannot be "Europe/Atlantis".',
        'It is a time zone of the IANA list, like Europe/Berlin.',
      ],
    ],
    [
      'an hour that no day has',
      'digest: { time: "24:00" }\n',
      [1, 17, 'digest.time cannot be "24:00".', 'It is a time of day like "09:00".'],
    ],
    [
      'a day that no week has',
      'digest: { day: someday }\n',
      [
        1,
        16,
        'digest.day cannot be "someday".',
        'It is one of monday, tuesday, wednesday, thursday, friday, saturday, sunday.',
      ],
    ],
    [
      'a day with a typing mistake',
      'digest: { day: funday }\n',
      [1, 16, 'digest.day cannot be "funday".', /^Did you mean "sunday"\? It is one of monday,/],
    ],
    [
      'a number that is no day',
      'digest: { day: 8 }\n',
      [1, 16, 'digest.day cannot be 8.', /^It is one of monday,/],
    ],
    [
      'an hour after the last one',
      'digest: { time: 25:00 }\n',
      [1, 17, 'digest.time cannot be "25:00".', 'It is a time of day like "09:00".'],
    ],
    [
      'a time without its colon',
      'digest: { time: 900 }\n',
      [1, 17, 'digest.time cannot be 900.', 'Put it in quotes. It is a time of day like "09:00".'],
    ],
    [
      'a list where options belong',
      'digest:\n  - day: monday\n',
      [2, 3, 'digest cannot be this list.', 'It holds options of its own, one a line.'],
    ],
    [
      'options where a list belongs',
      'people:\n  insiders:\n    mona: true\n',
      [3, 5, 'people.insiders cannot be a group of options.', 'It is a list of GitHub logins.'],
    ],
    [
      'a login of digits, which YAML takes for a number',
      'people: { insiders: [mona, 1234] }\n',
      [
        1,
        28,
        'people.insiders.1 cannot be 1234.',
        'Put it in quotes. It is a GitHub login without the @, like mona or renovate[bot].',
      ],
    ],
    [
      'an old name with a value that is none',
      'timezone: UTC\npublishDay: funday\n',
      [2, 13, 'digest.day cannot be "funday".', /^Did you mean "sunday"\?/],
    ],
    [
      'an older YAML, which reads times as numbers',
      '%YAML 1.1\n---\ndigest: { time: 10:30 }\n',
      [1, 1, /YAML 1\.1/, /^Remove the line/],
    ],
    [
      'bytes that are not UTF-8',
      Buffer.from('timezone: UTC\n# Zeit f\xfcr alle\n', 'latin1').toString('utf8'),
      [2, 9, 'The file holds characters that are not UTF-8.', 'Save it in the encoding UTF-8.'],
    ],
    [
      'UTF-16',
      Buffer.from('\uFEFFtimezone: UTC\n', 'utf16le').toString('utf8'),
      [1, 1, /not UTF-8/, /UTF-8/],
    ],
    [
      'what is no text at all',
      'PNG\0\0\x01\x02',
      [1, 4, 'The file is not text.', /^Replace it by a text file/],
    ],
    [
      'a placeholder that we do not fill',
      'digest:\n  title: "Week {week} of {month}"\n',
      [2, 10, 'digest.title cannot be "Week {week} of {month}".', /\{week\} and \{year\} only\.$/],
    ],
    [
      'a title of two lines',
      'digest:\n  title: "One\\nTwo"\n',
      [2, 10, 'digest.title cannot be "One\\nTwo".', 'It is one line of text.'],
    ],
    [
      'a login with its @',
      'people:\n  bots:\n    - renovate[bot]\n    - "@helper"\n',
      [4, 7, 'people.bots.1 cannot be "@helper".', /without the @/],
    ],
    [
      'a person in two groups',
      'people:\n  bots: [helper]\n  humans: [mona, Helper]\n',
      [
        3,
        18,
        'people.humans.1 cannot be "Helper".',
        'It can be under one of bots, ai, humans only.',
      ],
    ],
    [
      'a word for a list',
      'people:\n  hidden: mona\n',
      [2, 11, 'people.hidden cannot be "mona".', 'It is a list of GitHub logins.'],
    ],
    [
      'an organisation without a list',
      'organizations:\n  Example Lab: example-lab.org\n',
      [2, 16, 'organizations.Example Lab cannot be "example-lab.org".', 'It is a list of domains.'],
    ],
    [
      'an address for a domain',
      'organizations: { Example Lab: [mona@example-lab.org] }\n',
      [
        1,
        32,
        'organizations.Example Lab.0 cannot be "mona@example-lab.org".',
        'It is a domain like example.org, without the @.',
      ],
    ],
    [
      "everybody's domain for an organisation's",
      'organizations: { Example Lab: [Gmail.com] }\n',
      [
        1,
        32,
        'organizations.Example Lab.0 cannot be "Gmail.com".',
        'It is a domain of the organisation alone.',
      ],
    ],
    [
      'a domain of two organisations',
      'organizations:\n  Example Lab: [example.org]\n  Other Lab: [Example.org]\n',
      [
        3,
        15,
        'organizations.Other Lab.0 cannot be "Example.org".',
        'It can be under one organisation only.',
      ],
    ],
    [
      'an organisation without a name',
      'organizations: { "": [example.org] }\n',
      [1, 22, 'organizations. cannot be this list.', /under the name of an organisation/],
    ],
    [
      'an area deeper than is known',
      'areas: { rope: ["src/kernels/rope/**"] }\n',
      [1, 17, 'areas.rope.0 cannot be "src/kernels/rope/**".', /two at most/],
    ],
    [
      'an area by more than asterisks',
      'areas: { rope: ["{a,b}/+(c)"] }\n',
      [1, 17, 'areas.rope.0 cannot be "{a,b}/+(c)".', /pattern of directories/],
    ],
    [
      'a label that GitHub would take for two',
      'digest: { label: "news, weekly" }\n',
      [1, 18, 'digest.label cannot be "news, weekly".', /holds no comma/],
    ],
    [
      'a section without anything in it',
      'timezone: UTC\npeople:\n',
      [2, 8, 'people cannot be empty.', 'It holds options of its own, one a line.'],
    ],
    [
      'a list for a file',
      '- timezone: UTC\n',
      [1, 1, 'The file cannot be this list.', /^It holds options by name/],
    ],
    ['a tab', 'digest:\n\tenabled: true\n', [2, 1, /^Tabs are not allowed/, 'Indent with spaces.']],
    [
      'an option said twice',
      'timezone: UTC\ntimezone: CET\n',
      [2, 1, 'Map keys must be unique.', 'Keep one of the two.'],
    ],
    [
      'a bracket that stays open',
      'people:\n  bots: [mona\n',
      [3, 1, /must be sufficiently indented/, /one option a line/],
    ],
    [
      'two documents',
      'timezone: UTC\n---\ntimezone: CET\n',
      [2, 1, /multiple documents/, /Keep one document/],
    ],
    ['an alias without its anchor', 'people: *team\n', [1, 9, /alias/i, /./]],
  ])('%s', (_, text, [line, column, message, remedy]) => {
    expect(problemsOf(text)[0]).toEqual({
      path,
      line,
      column,
      message: typeof message === 'string' ? message : expect.stringMatching(message),
      remedy: typeof remedy === 'string' ? remedy : expect.stringMatching(remedy),
    })
  })

  it('about all of it at once', () => {
    const text = 'timezone: Mars\ndigest:\n  day: someday\n  colour: red\nwaiting-hours: 0\n'
    expect(
      problemsOf(text)
        .map(({ line }) => line)
        .toSorted(),
    ).toEqual([1, 3, 4, 5])
  })

  it('without quoting a wall of text, and without a wall of problems', () => {
    const text = Array.from({ length: 500 }, (_, index) => `${'x'.repeat(100)}${index}: 1`).join(
      '\n',
    )
    const problems = problemsOf(text)
    expect(problems).toHaveLength(20)
    for (const { message } of problems) expect(message.length).toBeLessThan(100)
  })
})

describe('a file made to do harm is refused in a moment', () => {
  const levels = Array.from({ length: 9 }, (_, level) => {
    const below = level === 0 ? '"lol"' : `*l${level - 1}`
    return `l${level}: &l${level} [${Array(9).fill(below).join(', ')}]`
  })

  it.each([
    ['a billion laughs', levels.join('\n'), /aliases/],
    ['20,000 brackets that open', '['.repeat(20_000), /nested too deeply/],
    ['20,000 brackets that close too', `a: ${'['.repeat(20_000)}${']'.repeat(20_000)}`, /nested/],
    ['20,000 dashes', `${'- '.repeat(20_000)}a`, /nested too deeply/],
    ['20,000 question marks', `${'? '.repeat(20_000)}a`, /nested too deeply/],
    ['10,000 mappings', '{a: '.repeat(10_000), /nested too deeply/],
    [
      'steps of one blank',
      Array.from({ length: 300 }, (_, n) => `${' '.repeat(n)}a:`).join('\n'),
      /nested/,
    ],
    ['more than 64 KB', `# ${'x'.repeat(64 * 1024)}`, /larger than 64 KB/],
    ['more than 64 KB of few characters', `# ${'é'.repeat(40_000)}`, /larger than 64 KB/],
    [
      '8,000 keys',
      Array.from({ length: 8000 }, (_, n) => `${n}:`).join('\n'),
      /too much in one place/,
    ],
    ['60,000 commas', `[${','.repeat(60_000)}]`, /too much in one place/],
    ['30,000 empty lists', '[]'.repeat(30_000), /too much in one place/],
  ])('%s', (_, text, message) => {
    const begun = performance.now()
    expect(problemsOf(text)[0]?.message).toMatch(message)
    expect(performance.now() - begun).toBeLessThan(3000)
  })

  it('and reaches no prototype', () => {
    problemsOf('__proto__: { polluted: true }\nconstructor: { prototype: { polluted: true } }\n')
    expect(Object.keys(Object.prototype)).toEqual([])
    expect('polluted' in {}).toBe(false)
  })

  it('whatever the text: a configuration or problems that stand in the file', () => {
    const words = fc.constantFrom(
      'timezone',
      'digest',
      ': ',
      '\n',
      '  ',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '*a',
      '&a ',
      '\t',
      '"',
      '#',
      '|',
      '!!',
      '%',
      'UTC',
      '\u0000',
      '@',
      'é',
    )
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(words).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(texts, (text) => {
        const lines = text.split('\n').length
        for (const { line, column, message, remedy } of problemsOf(text)) {
          expect(line).toBeGreaterThanOrEqual(1)
          expect(line).toBeLessThanOrEqual(lines)
          expect(column).toBeGreaterThanOrEqual(1)
          expect(message).not.toBe('')
          expect(remedy).not.toBe('')
        }
      }),
    )
  })
})

describe('three files make one configuration', () => {
  const defaults = readDefaults()
  const merge = (organisation: string | null, repository: string | null) =>
    mergeConfiguration(
      defaults,
      organisation === null ? null : read(organisation),
      repository === null ? null : read(repository),
    )

  it('is what the defaults say where nobody says otherwise', () => {
    expect(merge(null, null)).toEqual({
      timezone: 'UTC',
      language: 'en',
      digest: {
        enabled: true,
        day: 'monday',
        time: '09:00',
        title: 'Community digest, week {week} of {year}',
        label: 'community-digest',
        mode: 'new',
        to: ['issue'],
      },
      pullRequests: { summaries: true, drafts: false, insiders: false, milestones: true },
      commands: { enabled: true, reportOthers: 'write' },
      people: {
        ...{ insiders: [], bots: [], ai: [], humans: [], hidden: [] },
        organizations: {},
      },
      areas: {},
      forks: { milestones: false },
      waitingHours: 48,
      postsPerDay: 50,
      quietHours: null,
      rollUp: null,
    })
    expect(merge('', '')).toEqual(merge(null, null))
  })

  it('takes each value from the nearest file that has it', () => {
    const organisation =
      'timezone: CET\nwaiting-hours: 24\ndigest: { day: friday, time: 17:00 }\ncommands: { report-others: everyone }\n'
    const repository =
      'timezone: Asia/Tokyo\nposts-per-day: 0\ndigest: { day: sunday }\npull-requests: { drafts: true }\n'
    expect(merge(organisation, repository)).toMatchObject({
      timezone: 'Asia/Tokyo',
      waitingHours: 24,
      postsPerDay: 0,
      digest: { enabled: true, day: 'sunday', time: '17:00' },
      commands: { enabled: true, reportOthers: 'everyone' },
      pullRequests: { summaries: true, drafts: true },
    })
  })

  it('joins lists of people', () => {
    const organisation = 'people: { hidden: [mona], bots: [release-bot] }'
    const repository = 'people: { hidden: [octocat, Mona], bots: [docs-bot] }'
    expect(merge(organisation, repository).people).toMatchObject({
      hidden: ['mona', 'octocat'],
      bots: ['release-bot', 'docs-bot'],
    })
  })

  it('believes the nearer file about what somebody is', () => {
    const organisation = 'people: { bots: [helper, release-bot] }'
    const repository = 'people: { ai: [helper] }'
    expect(merge(organisation, repository).people).toMatchObject({
      bots: ['release-bot'],
      ai: ['helper'],
      humans: [],
    })
  })

  it('takes the domains of each organisation from the nearest file that has them', () => {
    const organisation =
      'organizations: { Example Lab: [example-lab.org], Other Lab: [other.example] }'
    const repository = 'organizations: { Example Lab: [Example-Lab.AI] }'
    expect(merge(organisation, repository).people.organizations).toEqual({
      'Example Lab': ['example-lab.ai'],
      'Other Lab': ['other.example'],
    })
  })

  it('takes the patterns of each area from the nearest file, whose names come first', () => {
    const organisation = 'areas: { docs: [docs], kernels: [kernels] }'
    const repository = 'areas: { engine: ["src/**"], kernels: ["csrc/**"] }'
    expect(Object.entries(merge(organisation, repository).areas)).toEqual([
      ['engine', ['src/**']],
      ['kernels', ['csrc/**']],
      ['docs', ['docs']],
    ])
  })

  it('leaves the defaults as they were', () => {
    merge('digest: { enabled: false }\npeople: { bots: [a] }', 'people: { bots: [b] }')
    expect(defaults).toEqual(readDefaults())
  })
})

it('has a JSON Schema for editors that says the same', async () => {
  const schema = z.toJSONSchema(partialOptions, { io: 'input' })
  for (const { from, to } of renamings) {
    const section = from.length === 1 ? schema : schema.properties?.[from[0]]
    const properties = typeof section === 'object' ? section.properties : undefined
    const described = { deprecated: true, description: `Write ${to.join('.')}.` }
    Object.assign(properties ?? {}, { [from.at(-1) ?? '']: described })
  }
  const document = { title: 'Configuration of Groundswell in a repository', ...schema }
  await expect(`${formatted(document)}\n`).toMatchFileSnapshot(
    '../../config/repository.schema.json',
  )
})

/** JSON as Biome formats it: short lists of words on one line. */
function formatted(document: object): string {
  return JSON.stringify(document, null, 2).replaceAll(
    /\[\s+("[^[\]{}]*")\s+\]/g,
    (_, words: string) => `[${words.replaceAll(/\s+/g, ' ')}]`,
  )
}
