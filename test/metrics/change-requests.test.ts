import { describe, expect, it } from 'vitest'
import { changeRequestAcceptanceRatio } from '../../src/metrics/change-request-acceptance-ratio.ts'
import { changeRequests } from '../../src/metrics/change-requests.ts'
import { changeRequestsAccepted, outsideShare } from '../../src/metrics/change-requests-accepted.ts'
import { changeRequestsDeclined } from '../../src/metrics/change-requests-declined.ts'
import { changeRequestsDuration } from '../../src/metrics/change-requests-duration.ts'
import type { Activity } from '../../src/metrics/history.ts'
import { issueAge } from '../../src/metrics/issue-age.ts'
import { issuesClosed } from '../../src/metrics/issues-closed.ts'
import { issuesNew } from '../../src/metrics/issues-new.ts'
import { activity, agent, at, bot, history, person, thread, week47 } from './histories.ts'

const hubot = person('hubot')

describe('change requests', () => {
  it('count insiders and ghosts in the total, and neither bots nor agents', () => {
    const activities = [
      activity('pull_request.merged', { thread: 1 }),
      activity('pull_request.merged', { thread: 2, person: hubot, outside: false }),
      activity('pull_request.merged', { thread: 3, person: null }),
      activity('pull_request.merged', { thread: 4, person: bot }),
      activity('pull_request.merged', { thread: 5, person: agent }),
      activity('pull_request.opened', { thread: 6 }),
    ]
    expect(changeRequestsAccepted(activities, week47)).toEqual({ total: 3, outside: 1 })
    expect(changeRequests(activities, week47)).toEqual({ total: 1, outside: 1 })
    expect(outsideShare(activities, week47)).toBeCloseTo(1 / 3)
    expect(outsideShare([], week47)).toBeNull()
  })

  const closed = (day: number) => turn('pull_request.closed', day)
  const turn = (kind: Activity['kind'], day: number) =>
    activity(kind, { thread: 1, occurredAt: at(`2026-11-${day}`) })

  it.each<[string, Activity[], number]>([
    ['closed twice', [closed(16), turn('pull_request.reopened', 17), closed(18)], 1],
    ['reopened', [closed(16), turn('pull_request.reopened', 17)], 0],
    ['merged after all', [closed(16), turn('pull_request.merged', 17)], 0],
    ['reopened in the next week', [closed(16), turn('pull_request.reopened', 24)], 1],
    ['a bot’s', [{ ...closed(16), person: bot }], 0],
  ])('declined: %s', (_, activities, declined) => {
    expect(changeRequestsDeclined(history({ activities }), week47)).toBe(declined)
  })

  it('has a merge rate of merged among decided ones, and none when nothing was decided', () => {
    const activities = [
      activity('pull_request.merged', { thread: 1 }),
      activity('pull_request.closed', { thread: 2 }),
      activity('pull_request.closed', { thread: 3 }),
      activity('pull_request.closed', { thread: 4 }),
    ]
    expect(changeRequestAcceptanceRatio(history({ activities }), week47)).toBe(0.25)
    expect(changeRequestAcceptanceRatio(history(), week47)).toBeNull()
  })

  it('takes from opening to merging, of what people had merged in the window', () => {
    const merged = (number: number, from: string, to: string, rest = {}) =>
      thread(number, { createdAt: at(from), mergedAt: at(to), closedAt: at(to), ...rest })
    const threads = [
      merged(1, '2026-11-10', '2026-11-20'),
      merged(2, '2026-11-19', '2026-11-20'),
      merged(3, '2026-11-01', '2026-11-15'),
      merged(4, '2026-10-01', '2026-11-20', { author: bot }),
      thread(5, { closedAt: at('2026-11-20') }),
    ]
    expect(changeRequestsDuration(threads, week47)).toBe(((10 + 1) / 2) * 24)
    expect(changeRequestsDuration([], week47)).toBeNull()
  })
})

describe('issues', () => {
  it('count as new unless a bot opened them', () => {
    const activities = [activity('issues.opened'), activity('issues.opened', { person: bot })]
    expect(issuesNew(activities, week47)).toBe(1)
  })

  it('count as closed once, whoever closed them, unless a bot opened them or they were reopened', () => {
    const turn = (kind: Activity['kind'], number: number, day: number) =>
      activity(kind, { thread: number, person: bot, occurredAt: at(`2026-11-${day}`) })
    const activities = [
      turn('issues.closed', 1, 16),
      turn('issues.reopened', 1, 17),
      turn('issues.closed', 1, 18),
      turn('issues.closed', 2, 18),
      turn('issues.reopened', 2, 19),
      turn('issues.closed', 3, 18),
    ]
    const threads = [
      thread(1, { type: 'issue' }),
      thread(2, { type: 'issue' }),
      thread(3, { type: 'issue', author: bot }),
    ]
    expect(issuesClosed({ activities, threads }, week47)).toBe(1)
  })

  it('have the median age of those that are open', () => {
    const issue = (number: number, createdAt: string, rest = {}) =>
      thread(number, { type: 'issue', createdAt: at(createdAt), ...rest })
    const threads = [
      issue(1, '2026-11-20T00:00:00Z'),
      issue(2, '2026-11-22T00:00:00Z'),
      issue(3, '2026-01-01', { closedAt: at('2026-11-20') }),
      issue(4, '2026-01-01', { author: bot }),
      thread(5, { createdAt: at('2026-01-01') }),
    ]
    expect(issueAge(threads, week47.to)).toBe(48)
    expect(issueAge([], week47.to)).toBeNull()
  })
})
