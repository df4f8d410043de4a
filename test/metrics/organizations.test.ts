import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contributorAbsenceFactor } from '../../src/metrics/contributor-absence-factor.ts'
import { elephantFactor, elephantFactorMetric } from '../../src/metrics/elephant-factor.ts'
import { measure } from '../../src/metrics/measure.ts'
import {
  organizationalDiversity,
  organizationalDiversityMetric,
} from '../../src/metrics/organizational-diversity.ts'
import { activity, agent, history, person, week47 } from './histories.ts'

const of = (organization: string | null, count: number, login = `somebody at ${organization}`) =>
  Array.from({ length: count }, () =>
    activity('commit.authored', { person: person(login, { organization }) }),
  )

describe('the Elephant Factor', () => {
  it('agrees with the worked example in the CHAOSS definition', () => {
    const commits = [1000, 202, 90, 33, 332, 343, 42, 433].flatMap((count, index) =>
      of(`Company ${index}`, count),
    )
    expect(elephantFactor(commits, week47)).toEqual({ factor: 2, unknownShare: 0 })
  })

  it('takes half of the commits whose organisation is known, and tells how many are not', () => {
    const commits = [...of('Example Lab', 2), ...of('Example Corp', 2), ...of(null, 4)]
    expect(elephantFactor(commits, week47)).toEqual({ factor: 1, unknownShare: 0.5 })
  })

  it('is not told where more than half is unknown, nor of nothing', () => {
    expect(elephantFactor([...of('Example Lab', 2), ...of(null, 3)], week47)).toEqual({
      factor: null,
      unknownShare: 0.6,
    })
    expect(elephantFactor(of(null, 1), week47).factor).toBeNull()
    expect(elephantFactor([], week47)).toEqual({ factor: null, unknownShare: null })
  })

  it('looks at commits alone, of people alone', () => {
    const activities = [
      ...of('Example Lab', 1),
      activity('issues.opened', { person: person('b', { organization: 'Example Corp' }) }),
      activity('issues.opened', { person: person('c', { organization: 'Another Lab' }) }),
      activity('commit.authored', { person: { ...agent, organization: 'Example Corp' } }),
    ]
    expect(measure(elephantFactorMetric, history({ activities }), week47).now).toBe(1)
  })
})

describe('organizational diversity', () => {
  it('tells how much each organisation contributed, by how many people', () => {
    const activities = [
      ...of('Example Lab', 2, 'ada'),
      ...of('Example Lab', 1, 'mona'),
      ...of('Example Corp', 1),
      ...of('Another Lab', 1),
      ...of(null, 5),
    ]
    expect(organizationalDiversity(activities, week47)).toEqual({
      organizations: [
        { name: 'Example Lab', people: 2, contributions: 3, share: 0.6 },
        { name: 'Another Lab', people: 1, contributions: 1, share: 0.2 },
        { name: 'Example Corp', people: 1, contributions: 1, share: 0.2 },
      ],
      unknownShare: 0.5,
    })
    expect(measure(organizationalDiversityMetric, history({ activities }), week47).now).toBe(3)
  })

  it('says nothing where more than half is unknown', () => {
    const activities = [...of('Example Lab', 1), ...of(null, 2)]
    expect(measure(organizationalDiversityMetric, history({ activities }), week47).now).toBeNull()
    expect(organizationalDiversity([], week47).unknownShare).toBeNull()
  })
})

describe('the factors', () => {
  const anyCounts = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 12 })

  it('depend on how many each made, and not on the order', () => {
    fc.assert(
      fc.property(anyCounts, fc.integer({ min: 2, max: 9 }), (counts, times) => {
        const factor = contributorAbsenceFactor(counts)
        expect(contributorAbsenceFactor(counts.toReversed())).toBe(factor)
        expect(contributorAbsenceFactor(counts.map((count) => count * times))).toBe(factor)
        expect(contributorAbsenceFactor([...counts, 0])).toBe(factor)
      }),
    )
  })

  it('are the smallest number that makes half', () => {
    fc.assert(
      fc.property(anyCounts, (counts) => {
        const factor = contributorAbsenceFactor(counts)
        const total = counts.reduce((sum, count) => sum + count, 0)
        expect(factor === null).toBe(total === 0)
        if (factor === null) return
        const most = counts.toSorted((a, b) => b - a)
        const made = (people: number) => most.slice(0, people).reduce((sum, each) => sum + each, 0)
        expect(2 * made(factor)).toBeGreaterThanOrEqual(total)
        expect(2 * made(factor - 1)).toBeLessThan(total)
      }),
    )
  })
})
