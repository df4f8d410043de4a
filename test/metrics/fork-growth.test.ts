import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { forkGrowth, forkRate, nextMilestone } from '../../src/metrics/fork-growth.ts'
import { weekAfter } from '../../src/metrics/window.ts'
import { at, week47 } from './histories.ts'

/** The network at the end of week 47 and of the weeks before, the last number being week 47's. */
const countsOf = (...totals: number[]) =>
  totals.map((forks, index) => ({
    // Sunday: the last day of its week
    day: new Date(weekAfter(week47, index - totals.length + 2).from.getTime() - 86_400_000),
    stars: 0,
    forks,
  }))

/** Totals that end at `last`, having grown by these week after week. */
function grown(last: number, changes: readonly number[]): number[] {
  const totals = [last]
  for (const by of changes.toReversed()) totals.unshift((totals[0] ?? last) - by)
  return totals
}

describe('fork growth', () => {
  it('tells the week, what is usual, and when the next milestone comes', () => {
    const changes = [250, 300, 310, 290, 305, 2_000, 295, 300, 312]
    const madeAt = [at('2026-11-16T00:00:00Z'), at('2026-11-22'), at('2026-11-23T00:00:00Z')]
    const growth = forkGrowth({ counts: countsOf(...grown(12_402, changes)), madeAt }, week47)
    expect(growth).toMatchObject({
      ...{ total: 12_402, net: 312, made: 2, usual: 300 },
      rate: { perWeek: 302.5, low: 295, high: 312, weeks: 8 },
      projection: { milestone: 15_000 },
    })
    expect(growth.growth).toBeCloseTo(312 / 12_090)
    expect(growth.curve).toHaveLength(26)
    expect(growth.curve.at(-1)).toEqual({ week: '2026-W47', total: 12_402, made: 2 })
    const days = growth.projection
      ? [growth.projection.earliest, growth.projection.at, growth.projection.latest].map((day) =>
          day?.toISOString().slice(0, 10),
        )
      : []
    expect(days).toEqual(['2027-01-20', '2027-01-22', '2027-01-23'])
  })

  it('knows nothing of weeks from before it knew anything', () => {
    const growth = forkGrowth({ counts: countsOf(90, 100), madeAt: [] }, week47)
    expect(growth).toMatchObject({ total: 100, net: 10, usual: null, rate: null, projection: null })
    expect(growth.curve.slice(-3).map(({ total }) => total)).toEqual([null, 90, 100])
    expect(forkGrowth({ counts: [], madeAt: [] }, week47)).toMatchObject({ total: null, net: null })
  })

  it.each([
    ['shrinks', [-5, -5, -5, -5, -5, -5, -5, -5]],
    ['stands still', [0, 0, 0, 0, 0, 0, 0, 0]],
    ['takes more than a year', [1, 1, 1, 1, 1, 1, 1, 1]],
  ])('promises nothing where it %s', (_, changes) => {
    const { rate, projection } = forkGrowth(
      { counts: countsOf(...grown(1_100, changes)), madeAt: [] },
      week47,
    )
    expect(rate).not.toBeNull()
    expect(projection).toBeNull()
  })

  it('has no latest day where a usual week may bring nothing', () => {
    const counts = countsOf(...grown(1_400, [0, 0, 0, 30, 30, 30, 30, 30]))
    expect(forkGrowth({ counts, madeAt: [] }, week47).projection).toMatchObject({ latest: null })
  })

  it('has a rate within its interval, whatever one week brings', () => {
    const weeks = fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 6, maxLength: 8 })
    fc.assert(
      fc.property(weeks, (weekly) => {
        const rate = forkRate(weekly)
        expect(rate).not.toBeNull()
        if (rate === null) return
        expect(rate.low).toBeLessThanOrEqual(rate.perWeek)
        expect(rate.high).toBeGreaterThanOrEqual(rate.perWeek)
        expect(forkRate(weekly.toReversed())).toEqual(rate)
      }),
    )
    const quiet = [10, 11, 12, 13, 14, 15, 16]
    expect(forkRate([...quiet, 9_000])?.high).toBe(16)
    expect(forkRate([1, 2, 3, 4, 5])).toBeNull()
  })

  it('leads to a round number above', () => {
    expect([0, 7, 95, 123, 950, 999, 12_402, 15_000].map(nextMilestone)).toEqual([
      5, 10, 100, 150, 1_000, 1_000, 15_000, 20_000,
    ])
    fc.assert(
      fc.property(fc.nat(1_000_000), (total) => {
        expect(nextMilestone(total)).toBeGreaterThan(total)
      }),
    )
  })
})
