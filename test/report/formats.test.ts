import fc from 'fast-check'
import type { RootContent } from 'mdast'
import { describe, expect, it } from 'vitest'
import { longDuration, shortDuration } from '../../src/report/duration.ts'
import { withinLimit } from '../../src/report/length.ts'
import { paragraph } from '../../src/report/markdown.ts'
import { count, growth, number, ordinal, percent } from '../../src/report/numbers.ts'
import { sparkline } from '../../src/report/sparkline.ts'

describe('numbers', () => {
  it.each([
    [number(12_402), '12,402'],
    [number(5.5), '5.5'],
    [number(35.5), '36'],
    [number(0), '0'],
    [number(null), '–'],
    [percent(0.45), '45 %'],
    [percent(null), '–'],
    [growth(0.0256), '+2.6 %'],
    [growth(-0.01), '-1 %'],
    [growth(0), '0 %'],
    [count(1, 'fork'), '1 fork'],
    [count(0, 'fork'), '0 forks'],
    [count(2, 'delivery', 'deliveries'), '2 deliveries'],
    [ordinal(1), '1st'],
    [ordinal(12), '12th'],
    [ordinal(22), '22nd'],
    [ordinal(103), '103rd'],
  ])('%s is written %s', (written, expected) => {
    expect(written).toBe(expected)
  })
})

describe('durations', () => {
  it.each([
    [0, '1 min', '1 minute'],
    [0.58, '35 min', '35 minutes'],
    [0.999, '1 h', '1 hour'],
    [6.2, '6 h', '6 hours'],
    [47.4, '47 h', '47 hours'],
    [47.6, '2 d', '2 days'],
    [100, '4 d', '4 days'],
  ])('%s hours', (hours, short, long) => {
    expect(shortDuration(hours)).toBe(short)
    expect(longDuration(hours)).toBe(long)
  })

  it('does not show what is unknown as nothing', () => {
    expect(shortDuration(null)).toBe('–')
  })
})

describe('a sparkline', () => {
  it.each([
    [[0, 5, 10], '▁▅█'],
    [[null, 1, null, 2], '·▅·█'],
    [[0, 0], '▁▁'],
    [[null, 3], '–'],
    [[], '–'],
  ])('of %j', (values, line) => {
    expect(sparkline(values)).toBe(line)
  })
})

describe('length', () => {
  const text = (value: string): RootContent[] => [paragraph(value)]
  const sections = [
    { name: null, importance: 0, content: text('first') },
    { name: 'forks', importance: 1, content: text('f'.repeat(100)) },
    { name: 'welcome', importance: 2, content: text('w'.repeat(100)) },
    { name: null, importance: 0, content: text('last') },
  ]
  const fitted = (characters: number, bytes = characters) =>
    withinLimit(sections, (names) => paragraph(`without ${names.join(', ')}`), {
      characters,
      bytes,
    })

  it('leaves everything in that fits', () => {
    expect(fitted(300)).not.toContain('without')
  })

  it('leaves out the least important first, and says so before the small print', () => {
    expect(fitted(150)).toBe(`first\n\n${'w'.repeat(100)}\n\nwithout forks\n\nlast\n`)
    expect(fitted(50)).toBe('first\n\nwithout forks, welcome\n\nlast\n')
  })

  it('counts bytes as well as characters', () => {
    expect(fitted(1000, 150)).toContain('without forks')
  })

  it('keeps within any limit that the fixed parts leave room for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 400 }), (characters) => {
        expect(fitted(characters).length).toBeLessThanOrEqual(characters)
      }),
    )
  })
})
