import { describe, expect, it } from 'vitest'
import { projectReport } from '../../src/metrics/project-report.ts'
import {
  type Refusal,
  renderForgotten,
  renderHelp,
  renderRefusal,
  renderStatus,
  type Status,
} from '../../src/report/answers.ts'
import { renderPersonReport, renderProjectReport } from '../../src/report/report-answers.ts'
import { at, bot, contributorHistory, history, person } from '../metrics/histories.ts'
import { firstWeekHistory, fullHistory, knownHistory, place } from './samples.ts'

const window = { from: at('2026-10-25T23:00:00Z'), to: at('2026-11-22T23:00:00Z') }

const status: Status = {
  trackedSince: at('2026-10-01'),
  backfilledTo: at('2023-02-01'),
  commits: { reachedTo: at('2022-11-14'), isWhole: true, isClosed: false },
  reading: null,
  closedLanes: [],
  deliveries: 1904,
  deliveryDays: 7,
  cost: { points: 38, requests: 1 },
  costDays: 7,
  failedDeliveries: 0,
  digestProblems: [],
  lastDigest: {
    week: 'week 46 of 2026',
    postedAt: at('2026-11-16'),
    url: 'https://github.com/example-lab/engine/issues/830',
  },
  nextDigestAt: at('2026-11-23T08:00:00Z'),
  paused: false,
  posts: { made: 12, allowed: 50 },
  rollUp: null,
  mutedThreads: 0,
  quietHours: null,
  configuration: 'valid',
}

describe('answers', () => {
  it.each([
    [
      'help',
      renderHelp(
        [
          'help',
          'status',
          'report',
          'report login',
          'digest',
          'pause',
          'resume',
          'mute',
          'unmute',
          'hide-me',
          'forget-me',
        ],
        place,
      ),
    ],
    ['forgotten', renderForgotten(place)],
    ['status', renderStatus(status, place)],
    [
      'status-troubled',
      renderStatus(
        {
          ...status,
          backfilledTo: null,
          commits: { reachedTo: at('2024-03-01'), isWhole: false, isClosed: true },
          reading: {
            spent: { points: 120, requests: 131 },
            planned: { points: 1100, requests: 1912 },
          },
          closedLanes: ['discussions', 'stars'],
          failedDeliveries: 3,
          lastDigest: null,
          paused: true,
          posts: { made: 0, allowed: 0 },
          mutedThreads: 3,
          quietHours: { from: '22:00', to: '07:00' },
          configuration: { problem: 'line 3: "digests" is not an option; did you mean "digest"?' },
        },
        place,
      ),
    ],
    [
      'status-new',
      renderStatus(
        {
          ...status,
          trackedSince: null,
          backfilledTo: null,
          commits: null,
          cost: { points: 0, requests: 0 },
          lastDigest: null,
          nextDigestAt: null,
          configuration: 'none',
        },
        place,
      ),
    ],
    ['report', renderProjectReport(projectReport(fullHistory(), window), place)],
    ['report-first-weeks', renderProjectReport(projectReport(firstWeekHistory(), window), place)],
    ['report-nothing', renderProjectReport(projectReport(history(), window), place)],
    ['person', renderPersonReport('newcomer-a', knownHistory(6), place)],
    [
      'person-reporter',
      renderPersonReport('newcomer-a', { ...knownHistory(0), opened: 0, reported: [640] }, place),
    ],
    ['person-unknown', renderPersonReport('nobody', null, place)],
    [
      'person-bot',
      renderPersonReport(
        'dependabot',
        contributorHistory({ person: bot, firstAt: at('2026-01-01') }),
        place,
      ),
    ],
  ])('%s', async (name, body) => {
    await expect(body).toMatchFileSnapshot(`__snapshots__/answer.${name}.md`)
  })

  it.each<Refusal>([
    { reason: 'unknown', text: 'make coffee' },
    { reason: 'needs write access', command: 'pause' },
    { reason: 'only about yourself' },
    { reason: 'failed' },
  ])('refuses: $reason', async (refusal) => {
    await expect(renderRefusal(refusal, place)).toMatchFileSnapshot(
      `__snapshots__/refusal.${refusal.reason.replaceAll(' ', '-')}.md`,
    )
  })

  it('says which command is also for authors of pull requests', () => {
    const refusal: Refusal = { reason: 'needs write access', command: 'mute' }
    expect(renderRefusal(refusal, place)).toMatch(
      /`\/groundswell mute` is for .* the author of a pull/,
    )
  })

  it('does not tell somebody who asked not to appear from somebody unknown', () => {
    const hidden = { ...knownHistory(6), person: person('shy', { hidden: true }) }
    expect(renderPersonReport('shy', hidden, place)).toBe(renderPersonReport('shy', null, place))
  })
})
