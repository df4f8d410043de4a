import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contributorAbsenceFactor } from '../../src/metrics/contributor-absence-factor.ts'
import { median, percentile, ratio } from '../../src/metrics/statistics.ts'

describe('statistics', () => {
  it('has nothing to say about nothing', () => {
    expect(median([])).toBeNull()
    expect(percentile([], 0.9)).toBeNull()
    expect(ratio(1, 0)).toBeNull()
    expect(ratio(null, 3)).toBeNull()
    expect(ratio(3, null)).toBeNull()
  })

  it('sorts by number, and takes the mean of the middle two', () => {
    expect(median([10, 9, 100])).toBe(10)
    expect(median([4, 1, 3, 2])).toBe(2.5)
    expect(percentile([0, 10], 0.9)).toBe(9)
    expect(ratio(0, 4)).toBe(0)
  })

  it('keeps every percentile between the smallest and the largest value', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { minLength: 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, share) => {
          const found = percentile(values, share) ?? Number.NaN
          expect(found).toBeGreaterThanOrEqual(Math.min(...values))
          expect(found).toBeLessThanOrEqual(Math.max(...values))
        },
      ),
    )
  })
})

describe('Contributor Absence Factor', () => {
  it('agrees with the worked example in the CHAOSS definition', () => {
    expect(contributorAbsenceFactor([1000, 202, 90, 33, 332, 343, 42, 433])).toBe(2)
  })

  it.each([
    ['exactly half is enough', [5, 5], 1],
    ['ties do not enlarge it', [1, 1, 1, 1], 2],
    ['one person', [7], 1],
    ['nobody', [], null],
    ['no contribution', [0, 0], null],
  ])('%s', (_, contributions, factor) => {
    expect(contributorAbsenceFactor(contributions)).toBe(factor)
  })
})
