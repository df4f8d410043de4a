import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { automatedShare } from '../../src/metrics/bot-activity.ts'
import { burstFrom, burstiness, burstinessMetric } from '../../src/metrics/burstiness.ts'
import { measure } from '../../src/metrics/measure.ts'
import { deviation, mean } from '../../src/metrics/statistics.ts'
import { weekAfter } from '../../src/metrics/window.ts'
import { activity, agent, bot, completeness, history, person, week47 } from './histories.ts'

describe('burstiness', () => {
  it('is the distance from the mean in standard deviations', () => {
    expect(burstiness([2, 4, 4, 4, 5, 5, 7, 9], 15)).toBeCloseTo((15 - 5) / Math.sqrt(5))
    expect(burstiness([95, 105, 95, 105, 95, 105], 100)).toBe(0)
    expect(burstiness([80, 120, 80, 120, 80, 120], 50)).toBeCloseTo(-50 / Math.sqrt(480))
  })

  it('does not take chance for a burst where little happens', () => {
    expect(burstiness([0, 0, 0, 0, 0, 0, 0, 0], 1)).toBe(1)
    expect(burstiness([4, 4, 4, 4, 4, 4, 4, 4], 7)).toBeLessThan(burstFrom)
    expect(burstiness([0, 0, 0, 0, 0, 0, 0, 0], 40)).toBeGreaterThan(burstFrom)
  })

  it('is unknown with fewer than six windows to compare with', () => {
    expect(burstiness([1, 2, 3, 4, 5], 9)).toBeNull()
    expect(burstiness([], 9)).toBeNull()
  })

  it('is no burst when the last window is like the one that was like the others', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 6, max: 8 }), (count, length) => {
        expect(burstiness(Array<number>(length).fill(count), count)).toBe(0)
      }),
    )
  })

  it('compares with the windows before that are known, up to eight', () => {
    const perWeek = [40, 5, 3, 5, 3, 5, 3, 90, 90]
    const activities = perWeek.flatMap((count, weeksAgo) =>
      Array.from({ length: count }, () =>
        activity('commit.authored', { occurredAt: weekAfter(week47, -weeksAgo).from }),
      ),
    )
    const since = (weeksAgo: number) => {
      const backfilledTo = weekAfter(week47, -weeksAgo).from
      const known = { ...completeness, backfilledTo, trackedSince: null }
      return measure(burstinessMetric, history({ activities, completeness: known }), week47).now
    }
    expect(since(6)).toBe((40 - 4) / 2)
    expect(since(8)).toBeLessThan(1)
    expect(since(5)).toBeNull()

    const held = { from: weekAfter(week47, -6).from, to: week47.to }
    const { now } = measure(burstinessMetric, history({ activities, span: held }), week47)
    expect(now).toBe((40 - 4) / 2)
  })
})

describe('the share of bots', () => {
  it('is theirs of all contributions, deleted accounts left out', () => {
    const activities = [
      activity('issues.opened', { person: bot }),
      activity('commit.authored', { person: agent }),
      activity('issues.opened'),
      activity('issues.opened', { person: person('hubot') }),
      activity('issues.opened', { person: null }),
      activity('star.created'),
    ]
    expect(automatedShare(activities, week47)).toBe(0.5)
    expect(automatedShare([], week47)).toBeNull()
  })
})

describe('mean and deviation', () => {
  it('have nothing to say about too little', () => {
    expect(mean([])).toBeNull()
    expect(deviation([3])).toBeNull()
    expect(deviation([])).toBeNull()
    expect(deviation([1, 3])).toBeCloseTo(Math.SQRT2)
  })
})
