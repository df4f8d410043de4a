import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ForkPath, forkCohort } from '../../src/metrics/fork-cohorts.ts'
import { at } from './histories.ts'

const august = { from: at('2026-08-01T00:00:00Z'), to: at('2026-09-01T00:00:00Z') }

const path = (owner: string, rest: Partial<ForkPath> = {}): ForkPath => ({
  ...{ owner, madeAt: at('2026-08-10'), pushedAt: null, openedAt: null, mergedAt: null },
  ...rest,
})

describe('those who forked in a month', () => {
  it('are followed from fork to merge', () => {
    const paths = [
      path('a'),
      path('b', { pushedAt: at('2026-08-12') }),
      path('c', { pushedAt: at('2026-08-14'), openedAt: at('2026-08-20') }),
      // The push was not seen.
      path('d', { openedAt: at('2026-08-18'), mergedAt: at('2026-08-30') }),
      path('e', { madeAt: at('2026-09-01T00:00:00Z'), pushedAt: at('2026-09-02') }),
    ]
    expect(forkCohort(paths, august)).toEqual({
      ...{ forked: 4, pushed: 3, opened: 2, merged: 1, contributing: 0.5 },
      ...{ daysToPush: 4, daysToOpen: 9, daysToMerge: 20 },
    })
  })

  it('count once, in the month when they first forked', () => {
    const again = [
      path('a', { madeAt: at('2026-07-10') }),
      path('a', { pushedAt: at('2026-08-20') }),
      path('b'),
      path('b', { madeAt: at('2026-08-20'), openedAt: at('2026-08-21') }),
    ]
    expect(forkCohort(again, august)).toMatchObject({ forked: 1, opened: 1, daysToOpen: 11 })
  })

  it('are nobody in an empty month, and nothing is measured of nobody', () => {
    const nothing = { daysToPush: null, daysToOpen: null, daysToMerge: null, contributing: null }
    expect(forkCohort([], august)).toMatchObject({ forked: 0, merged: 0, ...nothing })
  })

  it('are at each step no more than at the step before', () => {
    const day = fc.option(
      fc.date({ min: at('2026-07-20'), max: at('2026-10-01'), noInvalidDate: true }),
    )
    const paths = fc.array(
      fc.record({
        owner: fc.constantFrom('a', 'b', 'c', 'd'),
        madeAt: fc.date({ min: at('2026-07-20'), max: at('2026-09-10'), noInvalidDate: true }),
        ...{ pushedAt: day, openedAt: day, mergedAt: day },
      }),
    )
    fc.assert(
      fc.property(paths, (made) => {
        const { forked, pushed, opened, merged } = forkCohort(made, august)
        expect([forked, pushed, opened, merged].toSorted((a, b) => b - a)).toEqual([
          forked,
          pushed,
          opened,
          merged,
        ])
        expect(forkCohort(made.toReversed(), august)).toEqual(forkCohort(made, august))
      }),
    )
  })
})
