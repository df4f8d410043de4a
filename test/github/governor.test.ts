import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { failureOf } from '../../src/github/failure.ts'
import {
  type BudgetBook,
  backgroundPurposes,
  Governor,
  livePurposes,
  type Pause,
  verdict,
} from '../../src/github/governor.ts'
import { LimitReached } from '../../src/github/limit-reached.ts'

const at = new Date('2026-11-16T09:00:00Z')
const minutes = (count: number) => new Date(at.getTime() + count * 60_000)

const allowance = (remaining: number, resetsAt = minutes(30)) => ({
  resource: 'graphql' as const,
  allowed: 5000,
  remaining,
  resetsAt,
})

describe('what may be asked', () => {
  const ask = (purpose: 'posts' | 'backfill', remaining: number, resetsAt?: Date) =>
    verdict(
      { pause: null, allowances: [allowance(remaining, resetsAt)] },
      { purpose, resource: 'graphql', at },
    )

  it('is everything while nothing is known', () => {
    const budget = { pause: null, allowances: [] }
    expect(verdict(budget, { purpose: 'backfill', resource: 'graphql', at })).toBeNull()
  })

  it('leaves two fifths of an hour to what people wait for', () => {
    expect(ask('backfill', 2000)).toBeNull()
    expect(ask('backfill', 1999)?.until).toEqual(minutes(30))
    expect(ask('posts', 1)).toBeNull()
    expect(ask('posts', 0)?.until).toEqual(minutes(30))
  })

  it('is everything again in the next hour', () => {
    expect(ask('posts', 0, at)).toBeNull()
    expect(ask('backfill', 0, at)).toBeNull()
  })

  it('is nothing at all while GitHub wants quiet', () => {
    const pause = { until: minutes(1), reason: 'too fast', strikes: 1 }
    for (const purpose of [...livePurposes, ...backgroundPurposes]) {
      const refused = verdict({ pause, allowances: [] }, { purpose, resource: 'core', at })
      expect(refused).toMatchObject({ until: minutes(1), message: 'too fast' })
    }
  })

  it('never lets background work through where live work has to wait', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.integer({ min: -60, max: 60 }), (remaining, reset) => {
        const [live, background] = (['posts', 'backfill'] as const).map((purpose) =>
          ask(purpose, remaining, minutes(reset)),
        )
        expect(live === null || background !== null).toBe(true)
      }),
    )
  })
})

/** A budget kept in memory, and what it was told. */
function bookKeeping() {
  const kept: { pause: Pause | null; costs: object[]; remaining: number | null } = {
    pause: null,
    costs: [],
    remaining: null,
  }
  const book: BudgetBook = {
    read: async () => ({
      pause: kept.pause,
      allowances: kept.remaining === null ? [] : [allowance(kept.remaining)],
    }),
    keepAllowance: async (_, { remaining }) => {
      kept.remaining = remaining
    },
    pause: async (_, pause) => {
      kept.pause = pause
    },
    forgive: async () => {
      kept.pause = null
    },
    addCost: async (_, cost) => {
      kept.costs.push(cost)
    },
  }
  const clock = { now: at }
  const governor = new Governor(
    { installationId: 77, repositoryId: 1, purpose: 'posts' },
    { book, now: () => clock.now },
  )
  return { kept, governor, clock }
}

const headers = {
  'x-ratelimit-limit': '5000',
  'x-ratelimit-remaining': '4321',
  'x-ratelimit-reset': String(minutes(30).getTime() / 1000),
  'x-ratelimit-resource': 'graphql',
}

const asError = (response: object) => Object.assign(new Error('as Octokit throws it'), { response })
const secondary = (more: object = {}) =>
  asError({
    status: 403,
    headers: { ...headers, ...more },
    data: { message: 'You have exceeded a secondary rate limit.' },
  })

describe('a request', () => {
  it('is counted with what it cost, and what is left is remembered', async () => {
    const { governor, kept } = bookKeeping()
    const data = { data: { rateLimit: { cost: 3 } } }
    const response = { status: 200, headers, data }
    expect(await governor.govern('graphql', async () => response)).toBe(response)
    const failed = asError({ status: 502, headers: {}, data: '' })
    await expect(governor.govern('core', async () => await Promise.reject(failed))).rejects.toBe(
      failed,
    )
    expect(kept).toMatchObject({
      remaining: 4321,
      costs: [
        { points: 3, requests: 1 },
        { points: 0, requests: 1 },
      ],
    })
  })

  it.each(['RATE_LIMITED', 'RATE_LIMIT'])(
    'waits for the next hour after %s, asked once',
    async (type) => {
      const { governor, kept } = bookKeeping()
      const refusal = { errors: [{ type, message: 'API rate limit exceeded' }] }
      const response = {
        status: 200,
        headers: { ...headers, 'x-ratelimit-remaining': '0' },
        data: refusal,
      }
      let asked = 0
      const request = async () => {
        asked += 1
        return response
      }
      for (let time = 0; time < 3; time += 1) {
        const error = await governor.govern('graphql', request).catch((thrown: unknown) => thrown)
        expect(error).toBeInstanceOf(LimitReached)
        expect(failureOf(error, at)).toMatchObject({ kind: 'wait', ms: 30 * 60_000 })
      }
      expect(asked).toBe(1)
      expect(kept.pause).toBeNull()
    },
  )

  it('waits for as long as GitHub asks, or longer each time where it does not say', async () => {
    const { governor, clock } = bookKeeping()
    const refused = async (error: Error) =>
      await governor
        .govern('core', async () => await Promise.reject(error))
        .catch((thrown: unknown) => (thrown instanceof LimitReached ? thrown.until : thrown))
    expect(await refused(secondary({ 'retry-after': '7' }))).toEqual(new Date(at.getTime() + 7_000))
    clock.now = minutes(1)
    expect(await refused(secondary())).toEqual(minutes(3))
    clock.now = minutes(3)
    expect(await refused(secondary())).toEqual(minutes(7))
    clock.now = minutes(7)
    await governor.govern('core', async () => ({ status: 200, headers, data: {} }))
    expect(await refused(secondary())).toEqual(minutes(8))
  })

  it('waits a minute where GraphQL says that something was written too quickly', async () => {
    const { governor, kept } = bookKeeping()
    const error = { type: 'UNPROCESSABLE', message: 'was submitted too quickly' }
    const response = { status: 200, headers, data: { errors: [error] } }
    await expect(governor.govern('graphql', async () => response)).rejects.toBeInstanceOf(
      LimitReached,
    )
    expect(kept.pause?.until).toEqual(minutes(1))
    expect(failureOf({ errors: [error] }, at)).toMatchObject({ kind: 'wait', ms: 60_000 })
    const tooLong = { ...error, message: 'Body is too long' }
    expect(failureOf({ errors: [tooLong] }, at)).toMatchObject({ kind: 'refused' })
  })

  it('that gets no answer at all fails as it did', async () => {
    const { governor, kept } = bookKeeping()
    const failed = new Error('connection reset')
    await expect(governor.govern('core', async () => await Promise.reject(failed))).rejects.toBe(
      failed,
    )
    expect(kept).toEqual({ pause: null, costs: [], remaining: null })
  })
})
