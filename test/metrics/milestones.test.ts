import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { milestonesOf } from '../../src/metrics/milestones.ts'

const dayMs = 86_400_000
const start = Date.parse('2024-02-29T12:00:00Z')
const merge = (number: number, days: number) => ({
  number,
  mergedAt: new Date(start + days * dayMs),
})
const many = (count: number) => Array.from({ length: count }, (_, index) => merge(index + 1, 0.1))

describe('milestones of a person', () => {
  it.each([
    [0, {}],
    [9, {}],
    [10, { 10: 10 }],
    [49, { 10: 10 }],
    [120, { 10: 10, 50: 50, 100: 100 }],
  ])('of %i merged pull requests', (count, expected) => {
    expect(Object.fromEntries(milestonesOf(many(count)))).toEqual(expected)
  })

  it.each([
    ['a day short of a year', [0, 364], null],
    ['a year after the first, also from a leap day', [0, 200, 365, 500], 3],
    ['just short of two years', [0, 729], 2],
    ['after more than two years', [0, 732], null],
  ])('a year: %s', (_, days, expected) => {
    const merges = days.map((day, index) => merge(index + 1, day))
    expect(milestonesOf(merges).get('year') ?? null).toBe(expected)
  })

  it('belong to the same pull requests in whatever order these are known', () => {
    const merges = fc
      .uniqueArray(fc.record({ number: fc.nat(500), days: fc.nat(3) }), {
        selector: ({ number }) => number,
        maxLength: 60,
      })
      .map((all) => all.map(({ number, days }) => merge(number, days)))
    fc.assert(
      fc.property(
        merges.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        ([all, shuffled]) => {
          expect(milestonesOf(shuffled)).toEqual(milestonesOf(all))
        },
      ),
    )
  })
})
