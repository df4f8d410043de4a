import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { forkNetworkReport } from '../../src/metrics/fork-network.ts'
import { halfAYear, network, work } from './fork-networks.ts'
import { at } from './histories.ts'

const now = at('2026-11-23')

describe('a fork network', () => {
  it('keeps its numbers apart: all of it, direct forks, new ones, and the change', () => {
    const report = forkNetworkReport(network(), now)
    expect(report).toMatchObject({ size: 1240, direct: 1190, made: 55, net: 40, known: 1190 })
    expect(report.growth).toBeCloseTo(40 / 1200)
    expect(report).toMatchObject({ untold: 30, gone: 12, states: { untouched: 1100, patched: 60 } })
  })

  it('has no change where the size before is not known', () => {
    expect(forkNetworkReport(network({ sizeBefore: null }), now)).toMatchObject({
      net: null,
      growth: null,
    })
  })

  it('shows first what several forks want, and after others what was offered already', () => {
    const rocm = { paths: ['kernels/rocm/a.cu'], areas: ['kernels/rocm/'] }
    const works = [
      work('large/engine', { originalCommits: 3 }),
      work('one/engine', rocm),
      work('two/engine', { ...rocm, pullRequests: [812] }),
    ]
    const report = forkNetworkReport(network({ works }), now)
    expect(report.themes.map(({ name }) => name)).toEqual(['ROCm'])
    expect(report.work.map(({ fullName }) => fullName)).toEqual([
      'one/engine',
      'large/engine',
      'two/engine',
    ])
  })

  it('takes nothing that only calls itself a fork for work on the project', () => {
    const works = [
      work('stranger/engine', { state: 'unrelated' }),
      work('gone/engine', { state: 'gone' }),
    ]
    expect(forkNetworkReport(network({ works }), now).work).toEqual([])
  })

  it('tells what is new: commits that were written lately', () => {
    const works = [
      work('new/engine'),
      work('old/engine', { writtenAt: [at('2026-09-20'), at('2026-09-19')] }),
      work('unread/engine', { writtenAt: null }),
      // More than are known, and all of those are of the window.
      work('huge/engine', { originalCommits: 3000, writtenAt: [at('2026-11-20')] }),
    ]
    const report = forkNetworkReport(network({ works }), now)
    const news = report.work.map(({ fullName, newCommits }) => [fullName, newCommits])
    expect(Object.fromEntries(news)).toEqual({
      'new/engine': 1,
      'old/engine': 0,
      'unread/engine': null,
      'huge/engine': null,
    })
  })

  it('has no such number of a time when forks had not been compared', () => {
    const report = (worksKnownSince: Date | null) =>
      forkNetworkReport(network({ works: [work('a/engine')], worksKnownSince }), now)
    const known = { withWork: 57, isWorkBeforeKnown: true }
    expect(report(at('2026-10-01'))).toMatchObject(known)
    const unknown = { isWorkBeforeKnown: false }
    expect(report(at('2026-11-01'))).toMatchObject({ withWork: 57, ...unknown })
    expect(report(at('2026-11-24'))).toMatchObject({ withWork: null, ...unknown })
    expect(report(null)).toMatchObject({ withWork: null, ...unknown })
  })

  it('counts every fork in one place', () => {
    const state = fc.constantFrom('untouched', 'patched', 'gone', 'hard fork', 'unrelated', null)
    fc.assert(
      fc.property(fc.array(fc.record({ state, forks: fc.nat(1000) })), (states) => {
        const report = forkNetworkReport(network({ states }), now)
        const all = Object.values(report.states).reduce((sum, forks) => sum + forks, 0)
        expect(all + report.untold).toBe(report.known)
        expect(report.known + report.gone).toBe(states.reduce((sum, { forks }) => sum + forks, 0))
      }),
    )
  })
})

it('tells where half a year leads, how far those came who forked, and that a week is out of the ordinary', () => {
  const { growthOfWeek, cohort, burst } = forkNetworkReport(network(halfAYear()), now)
  expect(growthOfWeek).toMatchObject({ total: 1240, made: 40, net: 40, usual: 10 })
  expect(growthOfWeek.rate).toMatchObject({ perWeek: 10, low: 10, high: 10, weeks: 8 })
  expect(growthOfWeek.projection?.milestone).toBe(1500)
  // Thirteen weeks of ten.
  expect(cohort).toMatchObject({ forked: 130, pushed: 65, opened: 39, merged: 39, daysToMerge: 12 })
  // Those who pushed took two days.
  expect(cohort?.daysToPush).toBe(2)
  expect(burst).toMatchObject({ count: 20, mean: 5, isBurst: true })
})

it('tells none of it of a network that was not looked at whole', () => {
  const { cohort, burst } = forkNetworkReport(network({ ...halfAYear(), knownSince: null }), now)
  expect({ cohort, burst }).toEqual({ cohort: null, burst: null })
})
