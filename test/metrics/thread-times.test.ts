import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeRequestClosureRatio } from '../../src/metrics/change-request-closure-ratio.ts'
import { changeRequestReviewDuration } from '../../src/metrics/change-request-review-duration.ts'
import { changeRequestReviews } from '../../src/metrics/change-request-reviews.ts'
import {
  changeRequestsDurationMetric,
  insideDurationMetric,
  outsideDurationMetric,
} from '../../src/metrics/change-requests-duration.ts'
import type { Activity, Thread } from '../../src/metrics/history.ts'
import { issueResolutionDuration } from '../../src/metrics/issue-resolution-duration.ts'
import { issueResponseTime } from '../../src/metrics/issue-response-time.ts'
import { projectVelocity } from '../../src/metrics/project-velocity.ts'
import { selfMergeRate } from '../../src/metrics/self-merge-rate.ts'
import { timeToClose } from '../../src/metrics/time-to-close.ts'
import {
  insideResponseMetric,
  slowestResponsesMetric,
  timeToFirstResponseMetric,
} from '../../src/metrics/time-to-first-response.ts'
import { waitingMetric } from '../../src/metrics/waiting.ts'
import { activity, agent, at, bot, history, person, response, thread, week47 } from './histories.ts'

const hubot = person('hubot')
const review = (instant: string, by: Parameters<typeof response>[1]): Activity => ({
  ...response(instant, by),
  kind: 'pull_request_review.submitted',
})
const turn = (kind: Activity['kind'], number: number, instant: string) =>
  activity(kind, { thread: number, occurredAt: at(instant) })
const issue = (number: number, rest: Partial<Thread> = {}) =>
  thread(number, { type: 'issue', createdAt: at('2026-11-10'), ...rest })

describe('time to close', () => {
  const pull = thread(1, { createdAt: at('2026-11-10') })

  it.each<[string, Activity[], number | null]>([
    ['merged', [turn('pull_request.merged', 1, '2026-11-17')], 7 * 24],
    ['closed', [turn('pull_request.closed', 1, '2026-11-18')], 8 * 24],
    [
      'reopened and closed twice',
      [
        turn('pull_request.closed', 1, '2026-11-16'),
        turn('pull_request.reopened', 1, '2026-11-17'),
        turn('pull_request.closed', 1, '2026-11-19'),
      ],
      9 * 24,
    ],
    [
      'reopened and still open',
      [
        turn('pull_request.closed', 1, '2026-11-16'),
        turn('pull_request.reopened', 1, '2026-11-17'),
      ],
      null,
    ],
    [
      'reopened in the next week',
      [
        turn('pull_request.closed', 1, '2026-11-22T23:59:59Z'),
        turn('pull_request.reopened', 1, '2026-11-23T00:00:00Z'),
      ],
      13 * 24 - 12 - 1 / 3600,
    ],
    [
      'closed as the next week begins',
      [turn('pull_request.closed', 1, '2026-11-23T00:00:00Z')],
      null,
    ],
    ['of a thread that is gone', [turn('pull_request.closed', 9, '2026-11-18')], null],
  ])('%s', (_, activities, hours) => {
    const { median, p90, closed } = timeToClose({ activities, threads: [pull] }, week47)
    expect(median).toEqual(hours === null ? null : expect.closeTo(hours))
    expect(p90).toBe(median)
    expect(closed).toBe(hours === null ? 0 : 1)
  })

  it('takes issues and pull requests together, and leaves out those of bots and agents', () => {
    const threads = [pull, issue(2, { createdAt: at('2026-11-14') }), issue(3, { author: bot })]
    const activities = [
      turn('pull_request.merged', 1, '2026-11-18'),
      turn('issues.closed', 2, '2026-11-18'),
      turn('issues.closed', 3, '2026-11-18'),
      turn('pull_request.merged', 4, '2026-11-18'),
    ]
    const all = [...threads, thread(4, { author: agent })]
    expect(timeToClose({ activities, threads: all }, week47)).toMatchObject({
      median: 6 * 24,
      closed: 2,
    })
    expect(timeToClose({ activities: [], threads: all }, week47).median).toBeNull()
  })

  it('is never below zero, and nine in ten are faster than p90', () => {
    const hours = fc.array(fc.integer({ min: 0, max: 160 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(hours, (durations) => {
        const threads = durations.map((_, index) => issue(index, { createdAt: week47.from }))
        const activities = durations.map((duration, index) =>
          activity('issues.closed', {
            thread: index,
            occurredAt: new Date(week47.from.getTime() + duration * 3_600_000),
          }),
        )
        const { median, p90, closed } = timeToClose({ activities, threads }, week47)
        expect(closed).toBe(durations.length)
        expect(median).toBeGreaterThanOrEqual(0)
        expect(p90).toBeGreaterThanOrEqual(median ?? 0)
        const slower = durations.filter((duration) => duration > (p90 ?? 0)).length
        expect(slower).toBeLessThanOrEqual(Math.ceil(durations.length / 10))
      }),
    )
  })
})

describe('issue resolution', () => {
  it('has a median and a mean over issues alone', () => {
    const activities = [
      turn('issues.closed', 1, '2026-11-17'),
      turn('issues.closed', 2, '2026-11-17'),
      turn('issues.closed', 3, '2026-11-18'),
      turn('pull_request.closed', 4, '2026-11-20'),
    ]
    const old = issue(3, { createdAt: at('2026-01-02') })
    const threads = [issue(1), issue(2), old, thread(4)]
    expect(issueResolutionDuration({ activities, threads }, week47)).toEqual({
      median: 7 * 24,
      mean: ((7 + 7 + 320) / 3) * 24,
    })
    expect(issueResolutionDuration({ activities: [], threads }, week47)).toEqual({
      median: null,
      mean: null,
    })
  })
})

describe('the first answer', () => {
  const answer = (hour: number, by = hubot) => response(`2026-11-18T${hour}:00:00Z`, by)

  it('to issues counts insiders’ too, and nothing but issues', () => {
    const opened = { createdAt: at('2026-11-18') }
    const threads = [
      issue(1, { ...opened, responses: [answer(13)] }),
      issue(2, { ...opened, outside: false, author: person('member'), responses: [answer(15)] }),
      issue(3, { ...opened, responses: [answer(13, person('mona'))] }),
      thread(4, { responses: [answer(23)] }),
    ]
    expect(issueResponseTime(threads, week47)).toBe(2)
    expect(issueResponseTime([threads[3] ?? thread(4)], week47)).toBeNull()
  })

  it('is compared between outsiders and insiders, and ghosts are neither', () => {
    const threads = [
      thread(1, { responses: [answer(13)] }),
      thread(2, { responses: [answer(23)] }),
      thread(3, { outside: false, author: person('member'), responses: [answer(16)] }),
      thread(4, { outside: false, author: null, responses: [answer(22)] }),
    ]
    const project = history({ threads })
    expect(timeToFirstResponseMetric.measure(project, week47)).toBe(6)
    expect(slowestResponsesMetric.measure(project, week47)).toBe(10)
    expect(insideResponseMetric.measure(project, week47)).toBe(4)
  })

  it('never comes by labels, closing or a reaction, which are no responses', () => {
    const threads = [thread(1)]
    const activities = [turn('pull_request.ready_for_review', 1, '2026-11-19')]
    expect(timeToFirstResponseMetric.measure(history({ threads, activities }), week47)).toBeNull()
    expect(waitingMetric.measure(history({ threads, activities }), week47)).toBe(1)
  })
})

describe('reviews', () => {
  it('count when they are of others’ pull requests, by people', () => {
    const submitted = (number: number, by: Activity['person']) =>
      activity('pull_request_review.submitted', { thread: number, person: by })
    const activities = [
      submitted(1, hubot),
      submitted(1, hubot),
      submitted(1, person('mona')),
      submitted(1, bot),
      submitted(2, hubot),
    ]
    expect(changeRequestReviews({ activities, threads: [thread(1)] }, week47)).toBe(3)
  })

  it('take from readiness to the first one, whatever was said before', () => {
    const draft = { readyAt: at('2026-11-19') }
    const threads = [
      thread(1, {
        ...draft,
        responses: [
          review('2026-11-18T18:00:00Z', hubot),
          response('2026-11-19T13:00:00Z', hubot),
          review('2026-11-19T14:00:00Z', bot),
          review('2026-11-19T15:00:00Z', hubot),
        ],
      }),
      issue(2, { responses: [review('2026-11-19', hubot)] }),
      thread(3, { mergedAt: at('2026-11-19') }),
    ]
    expect(changeRequestReviewDuration(threads, week47)).toBe(3)
    expect(changeRequestReviewDuration(threads.slice(1), week47)).toBeNull()
  })
})

describe('the self-merge rate', () => {
  const merged = (number: number, responses: Activity[], rest: Partial<Thread> = {}) =>
    thread(number, { mergedAt: at('2026-11-20'), responses, ...rest })

  it('is the share of merges that nobody else reviewed before', () => {
    const threads = [
      merged(1, [review('2026-11-19', hubot)]),
      merged(2, [review('2026-11-19', person('mona')), review('2026-11-19', bot)]),
      merged(3, [response('2026-11-19', hubot), review('2026-11-21', hubot)]),
      merged(4, [], { author: bot }),
      merged(5, [], { mergedAt: week47.to }),
      thread(6),
    ]
    expect(selfMergeRate(threads, week47)).toBeCloseTo(2 / 3)
    expect(selfMergeRate([], week47)).toBeNull()
  })
})

describe('the closure ratio', () => {
  it('sets what was merged or closed against what was opened', () => {
    const activities = [
      turn('pull_request.opened', 1, '2026-11-17'),
      turn('pull_request.opened', 2, '2026-11-17'),
      turn('pull_request.merged', 1, '2026-11-18'),
      turn('pull_request.closed', 8, '2026-11-18'),
      turn('pull_request.closed', 9, '2026-11-18'),
    ]
    expect(changeRequestClosureRatio(history({ activities }), week47)).toBe(1.5)
    expect(changeRequestClosureRatio(history(), week47)).toBeNull()
  })
})

describe('the time to a merge', () => {
  it('is told of all, of outsiders and of insiders', () => {
    const merged = (number: number, days: number, rest: Partial<Thread> = {}) =>
      thread(number, {
        createdAt: new Date(at('2026-11-20').getTime() - days * 86_400_000),
        mergedAt: at('2026-11-20'),
        ...rest,
      })
    const threads = [
      merged(1, 6),
      merged(2, 2, { outside: false, author: person('member') }),
      merged(3, 40, { outside: false, author: null }),
      merged(4, 1, { outside: false, author: bot }),
    ]
    const hours = [changeRequestsDurationMetric, outsideDurationMetric, insideDurationMetric].map(
      (metric) => metric.measure(history({ threads }), week47),
    )
    expect(hours).toEqual([6 * 24, 6 * 24, 2 * 24])
  })
})

describe('project velocity', () => {
  it('is four numbers beside each other', () => {
    const activities = [
      turn('issues.closed', 1, '2026-11-17'),
      turn('pull_request.merged', 2, '2026-11-17'),
      activity('pull_request_review.submitted', { thread: 2, person: hubot }),
      activity('commit.authored'),
    ]
    const threads = [issue(1), thread(2)]
    expect(projectVelocity(history({ activities, threads }), week47)).toEqual({
      issuesClosed: 1,
      reviews: 1,
      changeRequestsAccepted: 1,
      committers: 1,
    })
  })
})
