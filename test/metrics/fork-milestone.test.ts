import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { forkMilestone, milestonesPassed } from '../../src/metrics/fork-milestone.ts'
import { at } from './histories.ts'

describe('milestones of a fork network', () => {
  it('are powers of ten from a hundred on', () => {
    expect(milestonesPassed(0, 99)).toEqual([])
    expect(milestonesPassed(99, 100)).toEqual([100])
    expect(milestonesPassed(100, 999)).toEqual([])
    expect(milestonesPassed(80, 12_000)).toEqual([100, 1000, 10_000])
  })

  it('that were passed before anybody looked are none', () => {
    expect(milestonesPassed(null, 5000)).toEqual([])
  })

  it('are each passed once, however the network grows and shrinks', () => {
    const sizes = fc.array(fc.oneof(fc.nat(300), fc.nat(20_000)), { minLength: 1 })
    fc.assert(
      fc.property(sizes, ([first = 0, ...later]) => {
        let largest = first
        const passed: number[] = []
        for (const size of later) {
          passed.push(...milestonesPassed(largest, size))
          largest = Math.max(largest, size)
        }
        const due = [100, 1000, 10_000].filter((each) => each > first && each <= largest)
        expect(passed).toEqual(due)
      }),
    )
  })
})

describe('a milestone', () => {
  const rate = { perWeek: 90, low: 45, high: 180, weeks: 8 }
  const growth = { total: 1000, rate, to: at('2026-11-23') }
  const passed = { milestone: 1000, at: at('2026-11-21'), before: null, beforeByForks: null }

  it('says how long the last step took: as it was seen, or else by the forks that are known', () => {
    const before = at('2026-11-01')
    const told = (given: Partial<typeof passed> | { before: Date | null; beforeByForks: Date }) =>
      forkMilestone({ ...passed, ...given }, growth)
    expect(told({})).toMatchObject({ before: 100, days: null })
    expect(told({ before: null, beforeByForks: before })).toMatchObject({ days: 20, isSeen: false })
    expect(told({ before: at('2026-11-11'), beforeByForks: before })).toMatchObject({
      ...{ days: 10, isSeen: true },
    })
  })

  it('says when the next one comes, if that is within a year', () => {
    expect(forkMilestone(passed, growth)).toMatchObject({ next: 10_000, projection: null })
    const fast = { ...growth, rate: { ...rate, perWeek: 900, low: 450, high: 1800 } }
    expect(forkMilestone(passed, fast).projection).toMatchObject({
      ...{ milestone: 10_000, at: at('2027-02-01'), earliest: at('2026-12-28') },
    })
  })
})
