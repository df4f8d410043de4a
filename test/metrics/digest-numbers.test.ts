import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DigestMetric, digestMetrics } from '../../src/metrics/week-measures.ts'
import { weeklyDigest } from '../../src/metrics/weekly-digest.ts'
import { historyOf } from './any-history.ts'
import { week47 } from './histories.ts'
import { expectAgreement } from './slow/agreement.ts'
import { anyWorld } from './world.ts'

const digestMetricNames = Object.keys(digestMetrics) as DigestMetric[] // as: its own keys

describe('every number of a digest', () => {
  it('is what plain counting over the facts finds', () => {
    fc.assert(
      fc.property(anyWorld, (world) => {
        expectAgreement(weeklyDigest(historyOf(world), week47), world, true)
      }),
      { numRuns: 150 },
    )
  })

  it('is tried on projects where something of everything happens', () => {
    const digests = fc.sample(anyWorld, { numRuns: 600, seed: 47 }).map((world) => {
      return weeklyDigest(historyOf(world), week47)
    })
    const some = (holds: (digest: (typeof digests)[number]) => boolean) => digests.some(holds)
    const everyDay = digestMetricNames.filter((metric) => metric !== 'organizations')
    for (const metric of everyDay) {
      expect(
        some(({ trends }) => (trends[metric].thisWeek ?? 0) > 0),
        metric,
      ).toBe(true)
    }
    expect(some(({ waiting }) => waiting.length > 1)).toBe(true)
    expect(some(({ reviewsOwed }) => reviewsOwed.length > 0)).toBe(true)
    expect(some(({ cohort }) => (cohort?.cameBack ?? 0) > 0)).toBe(true)
    expect(some(({ returning }) => returning.length > 0)).toBe(true)
    expect(some(({ newcomers }) => newcomers.some(({ firstMerge }) => !firstMerge))).toBe(true)
    expect(some(({ automated }) => automated.agentCommits > 0)).toBe(true)
  })
})
