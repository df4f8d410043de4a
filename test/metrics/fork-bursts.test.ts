import { describe, expect, it } from 'vitest'
import { forkBurst, type MadeFork } from '../../src/metrics/fork-bursts.ts'
import { weekAfter } from '../../src/metrics/window.ts'
import { at, week47 } from './histories.ts'

const dayMs = 86_400_000
const longAgo = at('2025-01-01')

/** So many forks in each week, the last being week 47; pushed to after so many days, or never. */
const forksOf = (weekly: readonly number[], pushedAfterDays: number | null = null): MadeFork[] =>
  weekly.flatMap((count, index) => {
    const { from } = weekAfter(week47, index - weekly.length + 1)
    const pushedAt =
      pushedAfterDays === null ? null : new Date(from.getTime() + pushedAfterDays * dayMs)
    return Array.from({ length: count }, () => ({ madeAt: from, pushedAt }))
  })

describe('a burst of forks that nobody works on', () => {
  it('is more than two deviations above the mean of eight weeks', () => {
    const before = [90, 110, 100, 100, 90, 110, 100, 100]
    expect(forkBurst(forksOf([...before, 120]), week47, longAgo)).toEqual({
      ...{ count: 120, share: 1, mean: 100, deviation: 10, limit: 120, isBurst: false },
    })
    expect(forkBurst(forksOf([...before, 121]), week47, longAgo)?.isBurst).toBe(true)
  })

  it('is not one fork after quiet weeks', () => {
    expect(forkBurst(forksOf([1, 1, 1, 1, 1, 1, 1, 1, 19]), week47, longAgo)?.isBurst).toBe(false)
    expect(forkBurst(forksOf([1, 1, 1, 1, 1, 1, 1, 1, 20]), week47, longAgo)?.isBurst).toBe(true)
  })

  it('is not made of forks that are pushed to before their week ends', () => {
    const before = forksOf([5, 5, 5, 5, 5, 5, 5, 5, 0])
    const worked = forksOf([400], 3)
    expect(forkBurst([...before, ...worked], week47, longAgo)).toMatchObject({
      ...{ count: 0, share: 0, isBurst: false },
    })
    expect(forkBurst([...before, ...forksOf([400], 8)], week47, longAgo)?.isBurst).toBe(true)
  })

  it('is not told with fewer than six weeks to compare with', () => {
    const forks = forksOf([5, 5, 5, 5, 5, 5, 500])
    expect(forkBurst(forks, week47, weekAfter(week47, -6).from)?.isBurst).toBe(true)
    expect(forkBurst(forks, week47, weekAfter(week47, -5).from)).toBeNull()
  })

  it('has no share in a week without forks', () => {
    expect(forkBurst([], week47, longAgo)).toMatchObject({ count: 0, share: null, isBurst: false })
  })
})
