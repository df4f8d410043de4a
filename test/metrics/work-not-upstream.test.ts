import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type UnsentWork, workNotUpstream } from '../../src/metrics/work-not-upstream.ts'
import { at } from './histories.ts'

const now = at('2026-11-20')

const work = (fork: string, rest: Partial<UnsentWork> = {}): UnsentWork => ({
  ...{
    fork,
    originalCommits: 9,
    lastAt: at('2026-11-18'),
    authors: 1,
    agreeing: 0,
    offered: false,
  },
  ...rest,
})

const order = (...works: UnsentWork[]) => workNotUpstream(works, now).map(({ fork }) => fork)

describe('work that is not upstream', () => {
  it('comes first where several forks agree, then where there is more of it', () => {
    const agreed = work('agreed', { agreeing: 2 })
    const large = work('large', { originalCommits: 38 })
    const shared = work('shared', { authors: 4 })
    expect(order(work('small'), large, shared, agreed)).toEqual([
      'agreed',
      'shared',
      'large',
      'small',
    ])
  })

  it('counts half of it after 90 days, and half where it is offered already', () => {
    const [fresh, old, offered] = workNotUpstream(
      [
        work('a', { lastAt: now }),
        work('b', { lastAt: at('2026-08-22') }),
        work('c', { lastAt: now, offered: true }),
      ],
      now,
    )
    expect(old?.interest).toBeCloseTo((fresh?.interest ?? 0) / 2)
    expect(offered?.interest).toBeCloseTo((fresh?.interest ?? 0) / 2)
  })

  it('leaves out who has none, and does not weigh thousands of commits', () => {
    expect(order(work('none', { originalCommits: 0 }))).toEqual([])
    const [a, b] = workNotUpstream(
      [work('a', { originalCommits: 255 }), work('b', { originalCommits: 80_000 })],
      now,
    )
    expect(a?.interest).toBe(b?.interest)
  })

  it('never falls for more commits, authors or agreement, nor for later work', () => {
    const some = fc.nat(500)
    const lastAt = fc.date({ min: at('2020-01-01'), max: now, noInvalidDate: true })
    const made = fc.record({ originalCommits: some, authors: some, agreeing: some, lastAt })
    fc.assert(
      fc.property(made, made, (a, b) => {
        const most = {
          originalCommits: Math.max(a.originalCommits, b.originalCommits) + 1,
          authors: Math.max(a.authors, b.authors),
          agreeing: Math.max(a.agreeing, b.agreeing),
          lastAt: new Date(Math.max(a.lastAt.getTime(), b.lastAt.getTime())),
        }
        const [interest = 0] = workNotUpstream([work('x', most)], now).map((each) => each.interest)
        const [less = 0] = workNotUpstream([work('x', a)], now).map((each) => each.interest)
        expect(interest).toBeGreaterThanOrEqual(less)
      }),
    )
  })
})
