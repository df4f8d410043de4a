import { describe, expect, it } from 'vitest'
import { renamings } from '../../config/renamed-options.ts'
import { readConfiguration } from '../../config/repository.ts'
import { knownOptions } from '../../config/repository-options.ts'
import { faultInWords } from '../../src/report/configuration-fault.ts'

function read(text: string) {
  const result = readConfiguration(text, '.github/groundswell.yml')
  if ('problems' in result) expect.fail(JSON.stringify(result.problems))
  const notices = result.notices.map(({ line, fault }) => {
    return { line, ...faultInWords(fault, { language: 'en' }) }
  })
  return { configuration: result.configuration, notices }
}

describe('a file in an old spelling', () => {
  it.each<[string, string, object, [line: number, message: RegExp, remedy: RegExp][]]>([
    [
      'is read under the new name',
      'time-zone: CET\n',
      { timezone: 'CET' },
      [[1, /"time-zone" is an old name of "timezone"/, /Write "timezone"/]],
    ],
    [
      'is read in another section, which there was not',
      '# moved here\npublishDay: friday\n',
      { digest: { day: 'friday' } },
      [[2, /"publishDay" is an old name of "digest\.day"/, /Write "digest\.day"/]],
    ],
    [
      'is read beside what else a section says',
      'digest:\n  timezone: CET\n  time: "07:30"\n',
      { timezone: 'CET', digest: { time: '07:30' } },
      [[2, /"digest\.timezone" is an old name/, /Write "timezone"/]],
    ],
    [
      'gives way to the new name, and is told so',
      'publishDay: mon\ndigest: { day: friday }\n',
      { digest: { day: 'friday' } },
      [[1, /which the file gives too/, /Remove "publishDay"/]],
    ],
    [
      'may be old in name and value',
      'publishDay: 1\n',
      { digest: { day: 'monday' } },
      [
        [1, /old name/, /digest\.day/],
        [1, /given as 1\. It is read as "monday"/, /Write "monday"/],
      ],
    ],
    [
      'may count days and leave a nought out',
      'digest:\n  day: 0\n  time: 9:00\n',
      { digest: { day: 'sunday', time: '09:00' } },
      [
        [2, /digest\.day is given as 0\. It is read as "sunday"/, /"sunday"/],
        [3, /digest\.time is given as "9:00"/, /"09:00"/],
      ],
    ],
  ])('%s', (_, text, configuration, notices) => {
    const result = read(text)
    expect(result.configuration).toEqual(configuration)
    expect(result.notices).toEqual(
      notices.map(([line, message, remedy]) =>
        expect.objectContaining({
          line,
          message: expect.stringMatching(message),
          remedy: expect.stringMatching(remedy),
        }),
      ),
    )
  })

  it.each<[string, object, RegExp]>([
    ['week-start: Sun', { 'week-start': 'sunday' }, /week-start is given as "Sun".*"sunday"/],
    ['first-day-of-week: saturday', { 'week-start': 'saturday' }, /"first-day-of-week" is an old/],
    [
      'digest: { week-start: sunday }',
      { 'week-start': 'sunday' },
      /"digest\.week-start" is an old/,
    ],
    ['timezone: europe/berlin', { timezone: 'Europe/Berlin' }, /"Europe\/Berlin"/],
    ['language: zh', { language: 'zh-CN' }, /"zh-CN"/],
    ['language: zh_CN', { language: 'zh-CN' }, /"zh-CN"/],
    ['language: en-GB', { language: 'en' }, /"en"/],
    ['quiet-hours: false', { 'quiet-hours': 'none' }, /quiet-hours is given as false.*"none"/],
    ['roll-up: off', { 'roll-up': 'none' }, /"none"/],
  ])('means one thing only: %s', (text, configuration, words) => {
    const result = read(`${text}\n`)
    expect(result.configuration).toMatchObject(configuration)
    expect(result.notices.map(({ message, remedy }) => `${message} ${remedy}`)).toEqual([
      expect.stringMatching(words),
    ])
  })

  it.each([
    ['mon', 'monday'],
    ['Tue', 'tuesday'],
    ['WEDNESDAY', 'wednesday'],
    [4, 'thursday'],
    [7, 'sunday'],
  ])('calls %s a day of the week', (given, day) => {
    const { configuration, notices } = read(`digest: { day: ${given} }\n`)
    expect(configuration.digest?.day).toBe(day)
    expect(notices).toHaveLength(1)
  })

  it.each([
    'week-start: tue',
    'week-start: 1',
    'language: zh-TW',
    'digest: { day: m }',
    'digest: { day: -1 }',
    'digest: { day: 1.5 }',
    'publishDay: []',
  ])('is refused where it can mean nothing: %s', (text) => {
    expect(readConfiguration(text, 'x')).toMatchObject({ problems: [{ line: 1 }] })
  })

  it('is not mistaken for a section where a list stands', () => {
    expect(readConfiguration('publishDay: mon\ndigest: [day]\n', 'x')).toMatchObject({
      problems: expect.arrayContaining([
        expect.objectContaining({
          fault: expect.objectContaining({ option: 'digest', given: { is: 'a list' } }),
        }),
      ]),
    })
  })

  it('is not told of one in today’s', () => {
    expect(read('timezone: CET\ndigest: { day: monday, time: "09:00" }\n').notices).toEqual([])
  })
})

it('renames nothing that still exists, to something that does', () => {
  for (const { from, to } of renamings) {
    expect(knownOptions(from.slice(0, -1))).not.toContain(from.at(-1))
    expect(knownOptions(to.slice(0, -1))).toContain(to.at(-1))
  }
})
