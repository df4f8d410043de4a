import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readDefaults } from '../../config/defaults.ts'
import {
  mergeConfiguration,
  type PartialConfiguration,
  readConfiguration,
} from '../../config/repository.ts'

const path = '.github/groundswell.yml'

function read(text: string): PartialConfiguration {
  const result = readConfiguration(text, path)
  if ('problems' in result) expect.fail(JSON.stringify(result.problems))
  return result.configuration
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
      weekStart: 'monday',
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
