import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { activeContributors } from '../../src/metrics/active-contributors.ts'
import { acceptanceByStanding } from '../../src/metrics/change-request-acceptance-ratio.ts'
import { committers } from '../../src/metrics/committers.ts'
import {
  engagementRateMetric,
  funnel,
  mergeConversionRateMetric,
} from '../../src/metrics/conversion-rate.ts'
import type { Activity } from '../../src/metrics/history.ts'
import { inactiveContributors } from '../../src/metrics/inactive-contributors.ts'
import { measure } from '../../src/metrics/measure.ts'
import {
  occasionalContributors,
  occasionalContributorsMetric,
} from '../../src/metrics/occasional-contributors.ts'
import { newcomerRetention, retention } from '../../src/metrics/retention.ts'
import { returningContributorsMetric } from '../../src/metrics/returning-contributors.ts'
import { isWithin, type Window } from '../../src/metrics/window.ts'
import { byDay, type Work, worksOf } from '../../src/metrics/work.ts'
import { activity, agent, at, bot, history, person, week47 } from './histories.ts'

const hubot = person('hubot')
const octocat = person('octocat')
const on = (day: string, by = person('mona'), kind: Activity['kind'] = 'issue_comment.created') =>
  activity(kind, { occurredAt: at(day), person: by })
const november: Window = { from: at('2026-11-01T00:00:00Z'), to: at('2026-12-01T00:00:00Z') }
const october: Window = { from: at('2026-10-01T00:00:00Z'), to: november.from }

describe('committers', () => {
  it('are people who wrote commits, each once, and not co-authors', () => {
    const activities = [
      activity('commit.authored'),
      activity('commit.authored'),
      activity('commit.authored', { person: bot }),
      activity('commit.authored', { person: null }),
      activity('commit.coauthored', { person: hubot }),
      activity('commit.authored', { person: octocat, occurredAt: week47.to }),
    ]
    expect(committers(activities, week47)).toBe(1)
  })
})

describe('active contributors', () => {
  it('did something in the ninety days before, the first instant of them included', () => {
    const activities = [
      on('2026-09-02T00:00:00Z'),
      on('2026-09-01T23:59:59Z', hubot),
      on('2026-12-01T00:00:00Z', octocat),
      on('2026-11-01', bot),
    ]
    expect(activeContributors(worksOf(activities), november.to)).toBe(1)
  })
})

describe('inactive contributors', () => {
  const silent = (activities: Activity[], window = november) =>
    inactiveContributors(worksOf(activities), window).map(({ login }) => login)

  it('fall silent in the window in which six months are over', () => {
    expect(silent([on('2026-05-01T00:00:00Z')])).toEqual(['mona'])
    expect(silent([on('2026-04-30T23:59:59Z')])).toEqual([])
    expect(silent([on('2026-06-01T00:00:00Z')])).toEqual([])
  })

  it('are not those who did something since, or were bots', () => {
    expect(silent([on('2026-05-10'), on('2026-11-30')])).toEqual([])
    expect(silent([on('2026-05-10'), on('2026-12-01T00:00:00Z')])).toEqual(['mona'])
    expect(silent([on('2026-05-10', bot), on('2026-05-10', agent)])).toEqual([])
  })

  it('fall silent after each time they were there', () => {
    const activities = [on('2026-01-10'), on('2026-05-10')]
    expect(silent(activities)).toEqual(['mona'])
    expect(silent(activities, { from: at('2026-07-01'), to: at('2026-08-01') })).toEqual([])
  })

  it('lie in one of two neighbouring windows, wherever the border is', () => {
    fc.assert(
      fc.property(
        anyWorks,
        fc.date({ min: october.from, max: november.to, noInvalidDate: true }),
        (works, border) => {
          const names = (window: Window) => inactiveContributors(works, window).map(({ id }) => id)
          const [first, second] = [
            names({ from: october.from, to: border }),
            names({ from: border, to: november.to }),
          ]
          const whole = names({ from: october.from, to: november.to })
          expect(whole.every((id) => first.includes(id) || second.includes(id))).toBe(true)
          expect(second.every((id) => whole.includes(id))).toBe(true)
          expect(first.filter((id) => second.includes(id))).toEqual([])
        },
      ),
    )
  })
})

describe('occasional contributors', () => {
  const pull = (day: string, by = person('mona')) => on(day, by, 'pull_request.opened')
  const count = (...activities: Activity[]) => occasionalContributors(worksOf(activities), november)

  it('opened something in the window, and nothing in the three months before', () => {
    expect(count(pull('2026-11-10'))).toBe(1)
    expect(count(pull('2026-11-10'), pull('2026-11-20'))).toBe(1)
    expect(count(pull('2026-11-10'), pull('2026-07-31'))).toBe(1)
    expect(count(pull('2026-11-10'), pull('2026-08-01T00:00:00Z'))).toBe(0)
    expect(count(on('2026-11-10'), pull('2026-12-01T00:00:00Z', hubot))).toBe(0)
  })

  it('opened twelve before at most', () => {
    const earlier = (length: number) => Array.from({ length }, () => pull('2025-01-01'))
    expect(count(pull('2026-11-10'), ...earlier(12))).toBe(1)
    expect(count(pull('2026-11-10'), ...earlier(13))).toBe(0)
  })

  it('are unknown unless all of history was read', () => {
    const activities = [pull('2026-11-18')]
    const span = { from: at('2023-02-01'), to: week47.to }
    const now = (rest: Parameters<typeof history>[0]) =>
      measure(occasionalContributorsMetric, history({ activities, span, ...rest }), week47).now
    expect(now({})).toBe(1)
    expect(now({ isKnownFromBeginning: false })).toBeNull()
    expect(now({ span: { ...span, from: at('2023-02-02') } })).toBeNull()
  })
})

describe('retention', () => {
  it('is the share of those before who are there now', () => {
    const activities = [
      on('2026-10-05'),
      on('2026-11-05'),
      on('2026-10-06', hubot),
      on('2026-11-07', octocat),
      on('2026-11-08', bot),
      on('2026-10-08', bot),
    ]
    const window = { from: at('2026-11-01T00:00:00Z'), to: at('2026-12-02T00:00:00Z') }
    expect(retention(worksOf(activities), window)).toBe(0.5)
    expect(retention([], window)).toBeNull()
  })

  it('of newcomers looks at those who began in the window before', () => {
    const week46 = '2026-11-11'
    const activities = [
      on(week46),
      on('2026-11-18'),
      on(week46, hubot),
      on(week46, octocat),
      on('2026-11-18', octocat),
      { ...on(week46, person('member')), outside: false },
    ]
    const people = new Map([
      [octocat.id, { firstAt: at('2024-01-01'), lastBeforeAt: at(week46), mergedBefore: 0 }],
    ])
    expect(newcomerRetention(history({ activities, people }), week47)).toBe(0.5)
    expect(
      newcomerRetention(history({ activities, people, isKnownFromBeginning: false }), week47),
    ).toBeNull()
    expect(newcomerRetention(history(), week47)).toBeNull()
  })
})

describe('returning contributors', () => {
  it('are told of the window that people’s past was read for, and of no other', () => {
    const people = new Map([
      [
        'account:mona',
        { firstAt: at('2020-01-01'), lastBeforeAt: at('2026-01-01'), mergedBefore: 0 },
      ],
    ])
    const project = history({ activities: [on('2026-11-18')], people })
    expect(measure(returningContributorsMetric, project, week47)).toMatchObject({
      now: 1,
      before: null,
    })
  })
})

describe('conversion', () => {
  const activities = [
    activity('star.created', { person: person('fan') }),
    activity('fork', { person: hubot }),
    activity('issues.opened', { person: hubot }),
    activity('pull_request.merged', { person: octocat }),
    activity('star.created', { person: bot }),
    activity('pull_request.merged', { person: person('member'), outside: false }),
    activity('star.created', { person: person('late'), occurredAt: week47.to }),
  ]

  it('counts whoever took a later step for the earlier ones', () => {
    expect(funnel(activities, week47)).toEqual({ interested: 3, engaged: 2, merged: 1 })
  })

  it('has rates from step to step, and none of nobody', () => {
    expect(measure(engagementRateMetric, history({ activities }), week47).now).toBeCloseTo(2 / 3)
    expect(measure(mergeConversionRateMetric, history({ activities }), week47).now).toBe(0.5)
    expect(measure(engagementRateMetric, history(), week47).now).toBeNull()
    expect(measure(mergeConversionRateMetric, history(), week47).now).toBeNull()
  })

  it('narrows from step to step, whatever happened', () => {
    const kinds = ['star.created', 'fork', 'issues.opened', 'pull_request.merged'] as const
    const anything = fc.record({
      kind: fc.constantFrom(...kinds),
      by: fc.constantFrom(person('mona'), hubot, octocat, bot, null),
    })
    fc.assert(
      fc.property(fc.array(anything), (done) => {
        const { interested, engaged, merged } = funnel(
          done.map(({ kind, by }) => activity(kind, { person: by })),
          week47,
        )
        expect(interested).toBeGreaterThanOrEqual(engaged)
        expect(engaged).toBeGreaterThanOrEqual(merged)
      }),
    )
  })
})

describe('the merge rate by standing', () => {
  const old = { firstAt: at('2024-01-01'), lastBeforeAt: at('2026-01-01'), mergedBefore: 3 }
  const decided = (
    kind: Activity['kind'],
    thread: number,
    by = person('mona'),
    day = '2026-11-18',
  ) => activity(kind, { thread, person: by, occurredAt: at(day) })

  it('sets authors without a merge beside those with one', () => {
    const activities = [
      decided('pull_request.merged', 1, hubot),
      decided('pull_request.closed', 2),
      decided('pull_request.merged', 3, person('mona'), '2026-11-19'),
      decided('pull_request.merged', 4, person('mona'), '2026-11-20'),
      decided('pull_request.closed', 5, person('mona'), '2026-11-21'),
      decided('pull_request.closed', 6, bot),
      decided('pull_request.closed', 7, octocat),
    ]
    const people = new Map([[hubot.id, old]])
    expect(acceptanceByStanding(history({ activities, people }), week47)).toEqual({
      newcomers: 1 / 3,
      regulars: 2 / 3,
    })
  })

  it('is unknown where somebody’s first merge may lie before what is known', () => {
    const activities = [decided('pull_request.merged', 1)]
    expect(
      acceptanceByStanding(history({ activities, isKnownFromBeginning: false }), week47),
    ).toEqual({
      newcomers: null,
      regulars: null,
    })
    expect(acceptanceByStanding(history({ activities }), week47)).toEqual({
      newcomers: 1,
      regulars: null,
    })
  })
})

const anyWorks: fc.Arbitrary<Work[]> = fc
  .array(
    fc.record({
      by: fc.constantFrom(person('mona'), hubot, octocat, person('ada')),
      kind: fc.constantFrom<Activity['kind'][]>('issue_comment.created', 'pull_request.opened'),
      at: fc.date({ min: at('2026-01-01'), max: at('2026-12-31'), noInvalidDate: true }),
    }),
    { maxLength: 40 },
  )
  .map((done) =>
    worksOf(done.map(({ by, kind, at: occurredAt }) => activity(kind, { person: by, occurredAt }))),
  )

describe('work added up by day', () => {
  it('says the same as each contribution by itself, for windows from midnight to midnight', () => {
    fc.assert(
      fc.property(anyWorks, (works) => {
        const days = byDay(works)
        expect(days.length).toBeLessThanOrEqual(works.length)
        expect(inactiveContributors(days, november).length).toBe(
          inactiveContributors(works, november).length,
        )
        expect(occasionalContributors(days, november)).toBe(occasionalContributors(works, november))
        expect(activeContributors(days, november.to)).toBe(activeContributors(works, november.to))
        expect(retention(days, november)).toBe(retention(works, november))
        const total = (all: readonly Work[]) =>
          all
            .filter(({ lastAt }) => isWithin(lastAt, november))
            .reduce((sum, { count }) => sum + count, 0)
        expect(total(days)).toBe(total(works))
      }),
    )
  })
})
