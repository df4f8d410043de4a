import { describe, expect, it } from 'vitest'
import {
  contributorSummary,
  type SummarisedPullRequest,
  type SummaryInput,
} from '../../src/metrics/contributor-summary.ts'
import { at, contributorHistory, person, response, thread } from './histories.ts'

const pullRequest: SummarisedPullRequest = {
  number: 812,
  title: 'Fix RoPE scaling beyond 128k',
  createdAt: at('2026-11-18'),
  mergedAt: null,
  areas: ['src/rope/', 'src/loader/', 'docs/'],
}

function summary(rest: Partial<SummaryInput> = {}) {
  return contributorSummary({
    history: contributorHistory(),
    pullRequest,
    recentThreads: [],
    reviewers: [],
    contributorsEver: 1318,
    milestone: null,
    ...rest,
  })
}

const seen = (lastAt: string, rest = {}) =>
  contributorHistory({ firstAt: at('2020-01-01'), lastAt: at(lastAt), opened: 1, ...rest })

describe('contributor summary', () => {
  it.each([
    ['nothing before', contributorHistory(), 'first'],
    ['issues only', seen('2026-11-01', { opened: 0, reported: [640] }), 'first'],
    ['a pull request before', seen('2026-11-01'), 'known'],
    ['364 days away', seen('2025-11-19'), 'known'],
    ['365 days away', seen('2025-11-18'), 'returning'],
  ])('%s: %s', (_, history, standing) => {
    expect(summary({ history }).standing).toBe(standing)
  })

  it('counts a merge after those before it, and the days it took', () => {
    const merged = Array.from({ length: 9 }, (_, index) => ({
      number: index,
      mergedAt: at('2026-01-01'),
      areas: [],
    }))
    const history = seen('2026-11-01', { merged })
    expect(summary({ history }).merge).toBeNull()
    expect(
      summary({ history, pullRequest: { ...pullRequest, mergedAt: at('2026-11-23') } }).merge,
    ).toEqual({ nth: 10, hours: 120, milestone: null, contributorsEver: 1318 })
  })

  it('names the two areas that most merged work touched', () => {
    const touched = (...areas: string[]) => ({ number: 1, mergedAt: at('2026-01-01'), areas })
    const merged = [touched('b/', 'c/'), touched('c/', 'a/'), touched('c/', 'b/')]
    expect(summary({ history: seen('2026-11-01', { merged }) }).areas).toEqual(['c/', 'b/'])
  })

  it('calls an answer usual from three answers to outsiders on', () => {
    const answered = (number: number, hour: number, outside = true) =>
      thread(number, {
        outside,
        responses: [response(`2026-11-18T${hour}:00:00Z`, person('hubot'))],
      })
    const two = [answered(1, 13), answered(2, 16), thread(3), answered(4, 23, false)]
    expect(summary({ recentThreads: two }).usualHoursToFirstResponse).toBeNull()
    expect(summary({ recentThreads: [...two, answered(5, 14)] }).usualHoursToFirstResponse).toBe(2)
  })

  it('tells a newcomer only what half had, those who still wait among them', () => {
    const answered = [1, 2, 3].map((number) =>
      thread(number, { responses: [response('2026-11-18T15:00:00Z', person('hubot'))] }),
    )
    const waiting = [4, 5, 6].map((number) => thread(number, { createdAt: at('2026-11-17') }))
    const told = (recentThreads: SummaryInput['recentThreads']) =>
      summary({ recentThreads }).usualHoursToFirstResponse
    expect(told([...answered, ...waiting.slice(0, 2)])).toBe(3)
    expect(told([...answered, ...waiting])).toBeNull()
    const issues = answered.map((one) => ({ ...one, type: 'issue' as const }))
    expect(told(issues)).toBeNull()
  })

  it('names who reviews what is touched, but not the author', () => {
    const reviewers = [
      { area: 'src/rope/', login: 'mona', reviews: 99 },
      { area: 'src/rope/', login: 'maintainer-x', reviews: 3 },
      { area: 'src/rope/', login: 'maintainer-y', reviews: 7 },
      { area: 'src/rope/', login: 'maintainer-z', reviews: 1 },
      { area: 'elsewhere/', login: 'maintainer-z', reviews: 50 },
    ]
    expect(summary({ reviewers }).reviewers).toEqual([
      { area: 'src/rope/', logins: ['maintainer-y', 'maintainer-x'] },
    ])
  })
})
