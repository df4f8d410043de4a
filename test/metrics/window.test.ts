import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import {
  isWithin,
  monthEndedBefore,
  type WeekRule,
  type WeekStart,
  weekAfter,
  weekNamed,
  weekOf,
  weeksUpTo,
  windowsBefore,
} from '../../src/metrics/window.ts'
import { namedWeek } from './histories.ts'

const starts: readonly WeekStart[] = ['monday', 'sunday', 'saturday']
const zones = Intl.supportedValuesOf('timeZone')

/** Nights in which a day that a week may begin with begins late, twice, or after a part of the day before came again. */
const nights: readonly [zone: string, turned: string][] = [
  ['America/Havana', '2026-03-08T05:00:00Z'],
  ['America/Havana', '2026-11-01T05:00:00Z'],
  ['America/Santiago', '2026-04-05T03:00:00Z'],
  ['America/Sao_Paulo', '2018-11-04T03:00:00Z'],
  ['America/St_Johns', '2010-11-07T02:31:00Z'],
  ['Asia/Beirut', '2026-10-24T21:00:00Z'],
  ['Asia/Gaza', '2016-10-28T22:00:00Z'],
  ['Atlantic/Azores', '2024-10-27T01:00:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
  ['Pacific/Apia', '2011-12-30T10:00:00Z'],
]
const anyRule = fc.record({
  zone: fc.constantFrom(...zones),
  start: fc.constantFrom(...starts),
})
const anyInstant = fc.date({
  min: new Date('2008-01-01'),
  max: new Date('2037-12-31'),
  noInvalidDate: true,
})

const aroundANight = fc
  .record({
    night: fc.constantFrom(...nights),
    start: fc.constantFrom(...starts),
    minutes: fc.integer({ min: -150, max: 150 }),
  })
  .map(({ night: [zone, turned], start, minutes }) => ({
    rule: { zone, start },
    instant: new Date(Date.parse(turned) + minutes * 60_000),
  }))
const anywhere = fc.oneof(fc.record({ rule: anyRule, instant: anyInstant }), aroundANight)

describe('any instant, in any zone, with any first day', () => {
  it('lies in its week', () => {
    fc.assert(
      fc.property(anywhere, ({ rule, instant }) => {
        expect(isWithin(instant, weekOf(instant, rule))).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })

  it('lies in one of weeks that follow each other without gap or overlap', () => {
    fc.assert(
      fc.property(anywhere, ({ rule, instant }) => {
        const week = weekOf(instant, rule)
        const [before, after] = [weekAfter(week, -1), weekAfter(week)]
        expect(before.to).toEqual(week.from)
        expect(week.to).toEqual(after.from)
        expect(weekOf(week.from, rule)).toEqual(week)
        expect(weekOf(new Date(week.to.getTime() - 1), rule)).toEqual(week)
        expect(weekOf(week.to, rule)).toEqual(after)
        expect(weeksUpTo(week, 3)[1]).toEqual(before)
        expect(windowsBefore(week, 1)).toEqual([before])
        expect(before.name < week.name && week.name < after.name).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })

  it('lies in a week that is found again by its name', () => {
    fc.assert(
      fc.property(anywhere, ({ rule, instant }) => {
        const week = weekOf(instant, rule)
        expect(weekNamed(week.name, rule)).toEqual(week)
      }),
    )
  })

  it('lies in a week that begins on the day, ends before it, and has the number of its Monday', () => {
    const dayBefore = { monday: 'sunday', sunday: 'saturday', saturday: 'friday' }
    fc.assert(
      fc.property(anywhere, ({ rule, instant }) => {
        const { name, from, to } = weekOf(instant, rule)
        const local = (time: number) => DateTime.fromMillis(time, { zone: rule.zone, locale: 'en' })
        const first = local(from.getTime())
        expect(first.weekdayLong?.toLowerCase()).toBe(rule.start)
        // In 2011 Apia had no 30 December, a Friday.
        const isCut = local(to.getTime()).toISODate() === '2011-12-31'
        if (!isCut) {
          expect(local(to.getTime() - 1).weekdayLong?.toLowerCase()).toBe(dayBefore[rule.start])
        }
        const monday = [0, 1, 2]
          .map((days) => first.plus({ days }))
          .find(({ weekday }) => weekday === 1)
        expect(monday?.toFormat("kkkk-'W'WW")).toBe(name)
      }),
    )
  })
})

describe('a week by name', () => {
  const days = (name: string, rule: WeekRule) => {
    const { from, to } = weekNamed(name, rule) ?? expect.fail(name)
    return [from.toISOString(), to.toISOString()]
  }

  it.each<[WeekStart, string, string]>([
    ['monday', '2026-11-16', '2026-11-23'],
    ['sunday', '2026-11-15', '2026-11-22'],
    ['saturday', '2026-11-14', '2026-11-21'],
  ])('from %s is that of its Monday', (start, from, to) => {
    expect(days('2026-W47', { zone: 'UTC', start })).toEqual([
      `${from}T00:00:00.000Z`,
      `${to}T00:00:00.000Z`,
    ])
  })

  it('may begin in the year before, or belong to it', () => {
    const sunday = { zone: 'UTC', start: 'sunday' } as const
    expect(days('2026-W01', sunday)[0]).toBe('2025-12-28T00:00:00.000Z')
    expect(weekOf(new Date('2027-01-02T12:00:00Z'), sunday).name).toBe('2026-W53')
    expect(weekOf(new Date('2027-01-03T12:00:00Z'), sunday).name).toBe('2027-W01')
  })

  it.each(['2025-W53', '2026-W54', '2026-W00', '2026-W5', 'last week', '', '2026-W47 '])(
    'is none: %j',
    (name) => {
      for (const start of starts) expect(weekNamed(name, { zone: 'UTC', start })).toBeNull()
    },
  )
})

describe('a week in which clocks are turned', () => {
  const hours = ({ from, to }: { from: Date; to: Date }) =>
    (to.getTime() - from.getTime()) / 3_600_000

  it('has an hour more or less, in the week that its Sunday lies in', () => {
    // 1 November 2026 is a Sunday, on which the clocks of New York go back.
    const rules = (start: WeekStart) => [
      namedWeek('2026-W44', 'America/New_York', start),
      namedWeek('2026-W45', 'America/New_York', start),
    ]
    expect(rules('monday').map(hours)).toEqual([169, 168])
    expect(rules('sunday').map(hours)).toEqual([168, 169])
    expect(rules('saturday').map(hours)).toEqual([168, 169])
  })

  it('begins with the first of two midnights', () => {
    // In Havana the first hour of that Sunday comes twice.
    const { from } = namedWeek('2026-W45', 'America/Havana', 'sunday')
    expect(from.toISOString()).toBe('2026-11-01T04:00:00.000Z')
  })

  it('follows a month that ended with the first of two midnights', () => {
    const month = monthEndedBefore(namedWeek('2026-W47', 'America/Havana'))
    expect(month).toEqual({
      from: new Date('2026-10-01T04:00:00Z'),
      to: new Date('2026-11-01T04:00:00Z'),
    })
  })

  it('begins when clocks were put forward over midnight', () => {
    // In Havana 8 March 2026 begins at one.
    const { from } = namedWeek('2026-W11', 'America/Havana', 'sunday')
    expect(from.toISOString()).toBe('2026-03-08T05:00:00.000Z')
    expect(weekAfter(namedWeek('2026-W10', 'America/Havana', 'sunday')).from).toEqual(from)
    expect(weekAfter(namedWeek('2026-W11', 'America/Havana', 'sunday')).from.toISOString()).toBe(
      '2026-03-15T04:00:00.000Z',
    )
  })
})
