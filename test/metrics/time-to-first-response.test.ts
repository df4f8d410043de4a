import { describe, expect, it } from 'vitest'
import type { Activity, Thread } from '../../src/metrics/history.ts'
import { timeToFirstResponse } from '../../src/metrics/time-to-first-response.ts'
import { waiting } from '../../src/metrics/waiting.ts'
import { at, bot, person, response, thread, week47 } from './histories.ts'

const hubot = person('hubot')

function answered(responses: Activity[], rest: Partial<Thread> = {}) {
  return timeToFirstResponse([thread(1, { responses, ...rest })], week47)
}

describe('time to first response', () => {
  it('runs from creation to the first answer of somebody else', () => {
    const responses = [
      response('2026-11-18T12:30:00Z', person('mona')),
      response('2026-11-18T13:00:00Z', bot),
      response('2026-11-18T14:00:00Z', null),
      response('2026-11-18T15:00:00Z', hubot),
      response('2026-11-18T18:00:00Z', hubot),
    ]
    expect(answered(responses)).toEqual({ median: 3, p90: 3, answered: 1, unanswered: 0 })
  })

  it('takes anybody for somebody else when the author is gone', () => {
    expect(answered([response('2026-11-18T13:00:00Z', hubot)], { author: null }).median).toBe(1)
  })

  it('starts when a draft becomes ready, and never for what is still a draft', () => {
    const responses = [
      response('2026-11-18T13:00:00Z', hubot),
      response('2026-11-19T13:00:00Z', hubot),
    ]
    expect(answered(responses, { readyAt: at('2026-11-19') }).median).toBe(1)
    expect(answered(responses, { draft: true })).toMatchObject({ median: null, unanswered: 0 })
  })

  it('counts in the week of the answer', () => {
    expect(answered([response('2026-11-23T00:00:00Z', hubot)])).toMatchObject({
      median: null,
      unanswered: 1,
    })
    const before = { createdAt: at('2026-11-14') }
    expect(answered([response('2026-11-16T00:00:00Z', hubot)], before).median).toBe(36)
  })

  it('is null, not zero, when nothing was answered', () => {
    expect(timeToFirstResponse([], week47)).toEqual({
      median: null,
      p90: null,
      answered: 0,
      unanswered: 0,
    })
  })

  it('calls only what is open unanswered', () => {
    expect(answered([]).unanswered).toBe(1)
    expect(answered([], { closedAt: at('2026-11-20') }).unanswered).toBe(0)
    expect(answered([], { closedAt: at('2026-11-25') }).unanswered).toBe(1)
  })
})

describe('waiting', () => {
  const numbers = (threads: Thread[], hours = 48) =>
    waiting(threads, week47.to, hours).map(({ thread: { number } }) => number)

  it('lists the longest wait first, from the threshold on', () => {
    const threads = [
      thread(1, { createdAt: at('2026-11-20T00:00:00Z') }),
      thread(2, { createdAt: at('2026-11-17') }),
      thread(3, { createdAt: at('2026-11-21T00:00:01Z') }),
      thread(4, { createdAt: at('2026-11-21T00:00:00Z') }),
    ]
    expect(numbers(threads)).toEqual([2, 1, 4])
  })

  it('leaves out insiders, drafts, what is closed and what has an answer', () => {
    const threads = [
      thread(1, { outside: false }),
      thread(2, { draft: true }),
      thread(3, { draft: true, readyAt: at('2026-11-18') }),
      thread(4, { closedAt: at('2026-11-19') }),
      thread(5, { responses: [response('2026-11-19', hubot)] }),
      thread(6, { responses: [response('2026-11-19', bot), response('2026-11-19', null)] }),
      thread(7, { responses: [response('2026-11-24', hubot)] }),
    ]
    expect(numbers(threads)).toEqual([6, 7])
  })
})
