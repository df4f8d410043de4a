import type { Window } from '../../../metrics/window.ts'
import { lastInstant } from '../../dates.ts'
import { amountOf } from '../../duration.ts'
import { growth, number, unknown } from '../../numbers.ts'
import type { Words } from '../language.ts'

const units = { minute: '分钟', hour: '小时', day: '天' } as const

/** How numbers, times and days are written. */
export const formats: Words['formats'] = {
  between: '',
  listed: '、',
  aside: '，',
  number,
  percent: (share) => (share === null ? unknown : `${number(Math.round(share * 100))}%`),
  growth: (share) => growth(share).replace(' %', '%'),
  shortDuration: (hours) => (hours === null ? unknown : duration(hours)),
  longDuration: duration,
  date: (instant, zone) =>
    format(instant, zone, { year: 'numeric', month: 'long', day: 'numeric' }),
  shortDate: (instant, zone) => format(instant, zone, { month: 'long', day: 'numeric' }),
  month: (instant, zone) => format(instant, zone, { year: 'numeric', month: 'long' }),
  // Alone, the long form would be 十一月.
  monthAlone: (instant, zone) => format(instant, zone, { month: 'numeric' }),
  dateTime: (instant, zone) =>
    `${format(instant, zone, { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' })} ${format(instant, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })}（${zone}）`,
  days,
  somebody: '一位外部贡献者',
}

function format(instant: Date, zone: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('zh-CN', { timeZone: zone, ...options }).format(instant)
}

function duration(hours: number): string {
  const { value, unit } = amountOf(hours)
  return `${value} ${units[unit]}`
}

/** `2026年11月16日至22日`, `2026年11月30日至12月6日`: the days that a window covers, each part named once. */
function days(window: Window, zone: string): string {
  const [first, last] = [window.from, lastInstant(window)].map((instant) => ({
    year: format(instant, zone, { year: 'numeric' }),
    month: format(instant, zone, { month: 'numeric' }),
    day: format(instant, zone, { day: 'numeric' }),
  }))
  if (first === undefined || last === undefined) return ''
  const begin = `${first.year}${first.month}${first.day}`
  if (first.year !== last.year) return `${begin}至${last.year}${last.month}${last.day}`
  if (first.month !== last.month) return `${begin}至${last.month}${last.day}`
  return first.day === last.day ? begin : `${begin}至${last.day}`
}
