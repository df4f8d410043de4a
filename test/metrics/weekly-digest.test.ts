import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FactKind } from '../../src/events/fact.ts'
import { creditedKinds } from '../../src/metrics/history.ts'
import { projectReport } from '../../src/metrics/project-report.ts'
import { forkNetwork, technicalForks } from '../../src/metrics/technical-fork.ts'
import { weeklyDigest } from '../../src/metrics/weekly-digest.ts'
import { weekAfter } from '../../src/metrics/window.ts'
import { activity, agent, at, bot, completeness, history, person, week47 } from './histories.ts'

const weeksAgo = (weeks: number) =>
  new Date(weekAfter(week47, -weeks).from.getTime() + 36 * 3_600_000)

describe('trends', () => {
  const forks = [3, 1, 2, 5, 4].flatMap((count, weeks) =>
    Array.from({ length: count }, (_, index) =>
      activity('fork', { person: person(`fan-${weeks}-${index}`), occurredAt: weeksAgo(weeks) }),
    ),
  )
  const trend = (trackedSince: Date) =>
    weeklyDigest(
      history({
        activities: forks,
        completeness: { ...completeness, trackedSince, backfilledTo: null },
      }),
      week47,
    ).trends.newForks

  it('take the usual from the median of the eight weeks before', () => {
    expect(trend(at('2025-01-01'))).toEqual({
      thisWeek: 3,
      lastWeek: 1,
      usual: 0.5,
      weeks: [0, 0, 0, 0, 4, 5, 2, 1, 3],
    })
  })

  it('know nothing of weeks that began before history did', () => {
    const since = new Date(weekAfter(week47, -3).from.getTime() + 1)
    expect(trend(since)).toEqual({
      thisWeek: 3,
      lastWeek: 1,
      usual: null,
      weeks: [null, null, null, null, null, null, 2, 1, 3],
    })
    expect(trend(weekAfter(week47, -3).from).usual).toBe(2)
  })

  it('tell what there is of a first week, and nothing of a week before the first', () => {
    expect(trend(at('2026-11-17')).thisWeek).toBe(3)
    expect(trend(week47.to).thisWeek).toBeNull()
  })

  it('reach back for stars only as far as deliveries do', () => {
    const { newStars, newForks } = weeklyDigest(
      history({ completeness: { ...completeness, trackedSince: at('2026-11-10') } }),
      week47,
    ).trends
    expect(newStars).toMatchObject({ thisWeek: 0, lastWeek: null })
    expect(newForks).toMatchObject({ thisWeek: 0, lastWeek: 0 })
  })
})

describe('forks', () => {
  it('counts somebody who forks again once, and every private fork', () => {
    const activities = [activity('fork'), activity('fork'), activity('fork', { person: null })]
    expect(technicalForks(activities, week47)).toBe(2)
  })

  it('measures net growth between the counts before and at the end of the week', () => {
    const counts = [
      { day: at('2026-11-10T00:00:00Z'), stars: 1, forks: 1000 },
      { day: at('2026-11-22T00:00:00Z'), stars: 1, forks: 1026 },
      { day: at('2026-11-23T00:00:00Z'), stars: 1, forks: 9999 },
    ]
    expect(forkNetwork(counts, week47)).toEqual({ total: 1026, growth: 0.026 })
    expect(forkNetwork(counts.slice(1), week47)).toEqual({ total: 1026, growth: null })
    expect(forkNetwork([], week47)).toEqual({ total: null, growth: null })
  })
})

describe('any history', () => {
  const kinds: FactKind[] = [
    'issues.opened',
    'pull_request.opened',
    'pull_request.merged',
    'issue_comment.created',
    'commit.authored',
    'star.created',
    'fork',
  ]
  const people = [person('mona'), person('hubot'), person('octocat'), bot, agent, null]
  const anyActivity = fc
    .record({
      kind: fc.constantFrom(...kinds),
      weeks: fc.integer({ min: 0, max: 8 }),
      by: fc.constantFrom(...people),
      outside: fc.boolean(),
    })
    .map(({ kind, weeks, by, outside }) =>
      activity(kind, {
        person: by,
        outside: outside && by?.group === 'human',
        occurredAt: weeksAgo(weeks),
        thread: 1,
      }),
    )

  it('is counted as a reader with a pencil would', () => {
    fc.assert(
      fc.property(fc.array(anyActivity, { maxLength: 60 }), (activities) => {
        const { trends, automated } = weeklyDigest(history({ activities }), week47)
        const weekly = trends.merged.weeks.map(
          (_, index) =>
            activities.filter(
              ({ kind, occurredAt, person: by }) =>
                kind === 'pull_request.merged' &&
                occurredAt.getTime() === weeksAgo(8 - index).getTime() &&
                by !== bot &&
                by !== agent,
            ).length,
        )
        expect(trends.merged.weeks).toEqual(weekly)

        const now = activities.filter(
          ({ occurredAt }) => occurredAt.getTime() === weeksAgo(0).getTime(),
        )
        const work = now.filter(({ kind }) => kind !== 'star.created' && kind !== 'fork')
        const humans = work.filter(({ person: by }) => by && by !== bot && by !== agent)
        expect(trends.contributors.thisWeek).toBe(new Set(humans.map((act) => act.person)).size)
        expect(trends.outsideContributors.thisWeek).toBe(
          new Set(humans.filter(({ outside }) => outside).map((act) => act.person)).size,
        )
        expect(automated.botActions).toBe(work.filter((act) => act.person === bot).length)
        expect(work.every(({ kind }) => creditedKinds.has(kind))).toBe(true)
      }),
    )
  })

  it('gives the same digest in any order of what happened at one instant', () => {
    fc.assert(
      fc.property(fc.array(anyActivity, { maxLength: 30 }), (activities) => {
        const { trends } = weeklyDigest(history({ activities }), week47)
        const reversed = weeklyDigest(history({ activities: activities.toReversed() }), week47)
        expect(reversed.trends).toEqual(trends)
      }),
    )
  })
})

describe('project report', () => {
  const window = { from: at('2026-10-26T00:00:00Z'), to: week47.to }

  it('compares four weeks with the four before', () => {
    const report = projectReport(
      history({
        activities: [
          activity('issues.opened'),
          activity('issues.opened', { occurredAt: at('2026-10-26T00:00:00Z') }),
          activity('issues.opened', { occurredAt: at('2026-10-25') }),
        ],
      }),
      window,
    )
    expect(report.compared.issuesNew).toEqual({ now: 2, before: 1 })
    expect(report.compared.contributors).toEqual({ now: 1, before: 1 })
    expect(report.absenceFactor).toBe(1)
  })

  it('calls nobody new where history is not known from its beginning', () => {
    const activities = [activity('pull_request.merged', { thread: 1 })]
    const newcomers = (isKnownFromBeginning: boolean) =>
      projectReport(history({ activities, isKnownFromBeginning }), window).compared.newContributors
        .now
    expect(newcomers(true)).toBe(1)
    expect(newcomers(false)).toBeNull()
  })

  it('does not compare with weeks of which nothing is known', () => {
    const report = projectReport(
      history({
        completeness: { ...completeness, trackedSince: at('2026-11-01'), backfilledTo: null },
      }),
      window,
    )
    expect(report.compared.issuesNew).toEqual({ now: 0, before: null })
    expect(report.absenceFactor).toBeNull()
  })
})
