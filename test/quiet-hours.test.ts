import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { quietUntil } from '../jobs/quiet-hours.ts'

const berlin = (from: string, to: string) => ({
  quietHours: { from, to },
  timezone: 'Europe/Berlin',
})
const until = (instant: string, hours: ReturnType<typeof berlin>) =>
  quietUntil(new Date(instant), hours)?.toISOString() ?? null

describe('quiet hours', () => {
  it.each([
    ['before they begin', '2026-11-16T20:59:59.999Z', null],
    ['as they begin', '2026-11-16T21:00:00Z', '2026-11-17T06:00:00.000Z'],
    ['after midnight', '2026-11-17T01:23:45Z', '2026-11-17T06:00:00.000Z'],
    ['just before they end', '2026-11-17T05:59:59.999Z', '2026-11-17T06:00:00.000Z'],
    ['as they end', '2026-11-17T06:00:00Z', null],
    // 02:00 becomes 03:00 on 29 March, 03:00 becomes 02:00 on 25 October.
    ['in the night that is short', '2026-03-28T21:30:00Z', '2026-03-29T05:00:00.000Z'],
    ['in the night that is long', '2026-10-24T20:30:00Z', '2026-10-25T06:00:00.000Z'],
  ])('over midnight: %s', (_, instant, expected) => {
    expect(until(instant, berlin('22:00', '07:00'))).toBe(expected)
  })

  it.each([
    ['within a day', berlin('12:00', '13:30'), '2026-11-16T11:30:00Z', '2026-11-16T12:30:00.000Z'],
    [
      'whose end comes twice',
      berlin('01:00', '02:30'),
      '2026-10-24T23:30:00Z',
      '2026-10-25T00:30:00.000Z',
    ],
    [
      'whose end came once',
      berlin('01:00', '02:30'),
      '2026-10-25T01:10:00Z',
      '2026-10-25T01:30:00.000Z',
    ],
    [
      'whose end does not come',
      berlin('01:00', '02:30'),
      '2026-03-29T00:30:00Z',
      '2026-03-29T01:00:00.000Z',
    ],
  ])('%s', (_, hours, instant, expected) => {
    expect(until(instant, hours)).toBe(expected)
  })

  it('are none unless somebody wants them', () => {
    expect(
      quietUntil(new Date('2026-11-16T23:00:00Z'), { quietHours: null, timezone: 'UTC' }),
    ).toBe(null)
  })

  it('end after less than a day, and not in quiet hours', () => {
    const time = fc
      .tuple(fc.nat(23), fc.nat(59))
      .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'))
    const times = fc.tuple(time, time).filter(([from, to]) => from !== to)
    const instants = fc.date({
      min: new Date('2026-01-01'),
      max: new Date('2027-01-01'),
      noInvalidDate: true,
    })
    const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'America/St_Johns')
    fc.assert(
      fc.property(times, instants, zones, ([from, to], instant, timezone) => {
        const hours = { quietHours: { from, to }, timezone }
        const end = quietUntil(instant, hours)
        if (end === null) return
        expect(quietUntil(end, hours)).toBe(null)
        expect(end.getTime() - instant.getTime()).toBeGreaterThan(0)
        expect(end.getTime() - instant.getTime()).toBeLessThanOrEqual(25 * 3_600_000)
        const clock = DateTime.fromJSDate(end, { zone: timezone })
        if (clock.offset === DateTime.fromJSDate(instant, { zone: timezone }).offset) {
          expect(clock.toFormat('HH:mm')).toBe(to)
        }
      }),
      { numRuns: 60 },
    )
  })
})
