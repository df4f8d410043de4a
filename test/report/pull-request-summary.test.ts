import { describe, expect, it } from 'vitest'
import { contributorSummary, type SummaryInput } from '../../src/metrics/contributor-summary.ts'
import { renderPullRequestSummary } from '../../src/report/pull-request-summary.ts'
import { at, bot, contributorHistory, person } from '../metrics/histories.ts'
import { knownHistory, place, summaryInput } from './samples.ts'

function summaryOf(rest: Partial<SummaryInput> = {}): string | null {
  return renderPullRequestSummary(contributorSummary(summaryInput(undefined, rest)), place)
}

const open = summaryInput().pullRequest
const merged = { ...open, mergedAt: at('2026-11-23') }
const away = { ...knownHistory(3), firstAt: at('2021-03-03'), lastAt: at('2023-05-01') }
const shy = person('shy', { hidden: true })

describe('the comment on a pull request', () => {
  it.each<[string, Partial<SummaryInput>]>([
    ['opened-first', {}],
    ['opened-known', { history: knownHistory(6) }],
    ['opened-third', { history: { ...knownHistory(0), opened: 2 } }],
    ['opened-returning', { history: away }],
    ['opened-hidden', { history: contributorHistory({ person: shy, reported: [640] }) }],
    ['merged-first', { pullRequest: merged }],
    ['merged-seventh', { pullRequest: merged, history: knownHistory(6) }],
    ['merged-tenth', { pullRequest: merged, history: knownHistory(9), milestone: '10' }],
    ['merged-tenth-untold', { pullRequest: merged, history: knownHistory(9) }],
    ['merged-hundredth', { pullRequest: merged, history: knownHistory(211), milestone: '100' }],
    ['merged-after-a-year', { pullRequest: merged, history: knownHistory(4), milestone: 'year' }],
    ['merged-returning', { pullRequest: merged, history: away }],
    [
      'merged-hidden',
      { pullRequest: merged, history: { ...knownHistory(9), person: shy }, milestone: '10' },
    ],
  ])('%s', async (name, rest) => {
    await expect(summaryOf(rest)).toMatchFileSnapshot(`__snapshots__/pull-request.${name}.md`)
  })

  it('says nothing about bots, nor about somebody known who asked not to be named', () => {
    expect(summaryOf({ history: contributorHistory({ person: bot }) })).toBeNull()
    expect(summaryOf({ history: { ...knownHistory(6), person: shy } })).toBeNull()
  })

  it('calls nobody who comes back somebody who stayed for a year', () => {
    const told = summaryOf({ history: away, pullRequest: merged, milestone: 'year' })
    expect(told).toContain('good to have them back')
    expect(told).not.toContain('a year ago')
  })

  it('leaves out what it does not know', () => {
    expect(
      summaryOf({
        history: contributorHistory({ person: person('newcomer-a') }),
        recentThreads: [],
        reviewers: [],
      }),
    ).toMatch(/^\*\*A first pull request from \[newcomer-a\]\([^)]*\)\*\*\.\n\n<sub>/)
    expect(summaryOf({ pullRequest: merged, contributorsEver: null })).toBe(
      '**Merged: [newcomer-a](https://github.com/newcomer-a)’s first change here, after 5 days.**\n',
    )
  })
})
