import { describe, expect, it } from 'vitest'
import { changeRequestsAcceptedMetric } from '../../src/metrics/change-requests-accepted.ts'
import { contributorsMetric } from '../../src/metrics/contributors.ts'
import { inactiveContributorsMetric } from '../../src/metrics/inactive-contributors.ts'
import { issuesNewMetric } from '../../src/metrics/issues-new.ts'
import { joinHistories } from '../../src/metrics/join-histories.ts'
import { measure } from '../../src/metrics/measure.ts'
import { newContributorsMetric } from '../../src/metrics/new-contributors.ts'
import { newStarsMetric } from '../../src/metrics/project-popularity.ts'
import { forkNetworkMetric } from '../../src/metrics/technical-fork.ts'
import { timeToCloseMetric } from '../../src/metrics/time-to-close.ts'
import { weekAfter, windowsBefore } from '../../src/metrics/window.ts'
import {
  activity,
  at,
  completeness,
  history,
  namedWeek,
  person,
  thread,
  week47,
} from './histories.ts'

const issuesIn = (weeksAgo: number, count: number) =>
  Array.from({ length: count }, () =>
    activity('issues.opened', { occurredAt: weekAfter(week47, -weeksAgo).from }),
  )
const counts = [5, 4, 9, 0, 7, 1, 2, 3, 8]
const activities = counts.flatMap((count, weeksAgo) => issuesIn(weeksAgo, count))

describe('a measurement', () => {
  it('sets a window beside the one before and the median of eight', () => {
    expect(measure(issuesNewMetric, history({ activities }), week47)).toEqual({
      now: 5,
      before: 4,
      trailingMedian: 3.5,
      series: [8, 3, 2, 1, 7, 0, 9, 4, 5],
    })
  })

  it('compares any window with those of the same length before it', () => {
    const day = { from: at('2026-11-18T00:00:00Z'), to: at('2026-11-19T00:00:00Z') }
    const days = ['18', '17', '17', '14', '10', '10']
    const perDay = days.map((of) => activity('issues.opened', { occurredAt: at(`2026-11-${of}`) }))
    const { series } = measure(issuesNewMetric, history({ activities: perDay }), day)
    expect(series).toEqual([2, 0, 0, 0, 1, 0, 0, 2, 1])
  })

  it('follows the clock of the repository when its hours change', () => {
    const [before] = windowsBefore(namedWeek('2026-W44', 'Europe/Berlin'), 1)
    expect(before).toMatchObject({
      from: at('2026-10-18T22:00:00Z'),
      to: at('2026-10-25T23:00:00Z'),
    })
  })

  it('counts what happened on a Sunday night in the week that it was there', () => {
    const late = [activity('issues.opened', { occurredAt: at('2026-11-22T23:30:00Z') })]
    const inWeek = (name: string, zone: string) =>
      measure(issuesNewMetric, history({ activities: late }), namedWeek(name, zone)).now
    expect(inWeek('2026-W47', 'UTC')).toBe(1)
    expect(inWeek('2026-W47', 'Europe/Berlin')).toBe(0)
    expect(inWeek('2026-W48', 'Europe/Berlin')).toBe(1)
  })

  it('knows nothing of windows that the history does not hold, though the store might', () => {
    const span = { from: weekAfter(week47, -1).from, to: week47.to }
    expect(measure(issuesNewMetric, history({ activities, span }), week47)).toMatchObject({
      now: 5,
      before: 4,
      trailingMedian: null,
    })
    const early = { ...span, to: week47.from }
    expect(measure(issuesNewMetric, history({ activities, span: early }), week47).now).toBeNull()
  })

  it('has a beginning of a window that is known in part, and nothing before', () => {
    const part = { ...completeness, backfilledTo: null, trackedSince: at('2026-11-17') }
    expect(
      measure(issuesNewMetric, history({ activities, completeness: part }), week47),
    ).toMatchObject({ now: 5, before: null })
  })

  it('does not begin where it would have to look back further', () => {
    const since = (backfilledTo: Date) =>
      measure(
        inactiveContributorsMetric,
        history({ completeness: { ...completeness, backfilledTo } }),
        week47,
      ).now
    const needed = at('2026-05-16T00:00:00Z')
    expect(since(needed)).toBe(0)
    const tracked = { ...completeness, trackedSince: at('2026-06-01'), backfilledTo: null }
    expect(
      measure(inactiveContributorsMetric, history({ completeness: tracked }), week47).now,
    ).toBeNull()
  })

  it('reaches back for stars only as far as deliveries do', () => {
    const tracked = { ...completeness, trackedSince: weekAfter(week47, -1).from }
    const { before, series } = measure(newStarsMetric, history({ completeness: tracked }), week47)
    expect(before).toBe(0)
    expect(series.slice(0, 7)).toEqual(Array(7).fill(null))
  })
})

describe('an organisation', () => {
  const mona = person('mona')
  const engine = history({
    activities: [
      activity('pull_request.merged', { person: mona, thread: 1, occurredAt: at('2026-11-20') }),
    ],
    threads: [thread(1, { createdAt: at('2026-11-10'), closedAt: at('2026-11-20') })],
    counts: [
      { day: at('2026-11-10'), forks: 10, stars: 100 },
      { day: at('2026-11-19'), forks: 12, stars: 100 },
    ],
  })
  const tools = history({
    activities: [
      activity('pull_request.merged', { person: mona, thread: 1, occurredAt: at('2026-11-20') }),
      activity('issues.opened', { person: person('hubot'), thread: 2 }),
    ],
    threads: [thread(1, { createdAt: at('2026-11-18'), closedAt: at('2026-11-20') })],
    counts: [{ day: at('2026-11-12'), forks: 3, stars: 7 }],
  })

  it('counts a person once across its repositories', () => {
    expect(measure(contributorsMetric, [engine, tools], week47).now).toBe(2)
    expect(measure(contributorsMetric, engine, week47).now).toBe(1)
  })

  it('takes threads of the same number for different ones', () => {
    expect(measure(changeRequestsAcceptedMetric, [engine, tools], week47).now).toBe(2)
    expect(measure(timeToCloseMetric, [engine, tools], week47).now).toBe(((10 + 2) / 2) * 24)
  })

  it('adds up forks from the day on which all of its repositories have a count', () => {
    const { counts: sums } = joinHistories([engine, tools])
    expect(sums).toEqual([
      { day: at('2026-11-12'), forks: 13, stars: 107 },
      { day: at('2026-11-19'), forks: 15, stars: 107 },
    ])
    expect(measure(forkNetworkMetric, [engine, tools], week47)).toMatchObject({
      now: 15,
      before: 13,
    })
    const unknown = { ...tools, counts: [{ day: at('2026-11-12'), forks: null, stars: 7 }] }
    expect(measure(forkNetworkMetric, [engine, unknown], week47).now).toBeNull()
    expect(measure(forkNetworkMetric, [engine, { ...tools, counts: [] }], week47).now).toBeNull()
  })

  it('is known only as far back as each of its repositories is', () => {
    const young = history({
      completeness: {
        ...completeness,
        trackedSince: weekAfter(week47, -1).from,
        backfilledTo: null,
        comparedTo: null,
      },
    })
    expect(measure(issuesNewMetric, [tools, young], week47)).toMatchObject({
      now: 1,
      before: 0,
      trailingMedian: null,
    })
    const joined = joinHistories([tools, young]).completeness
    expect(joined).toMatchObject({ comparedTo: null, deliveries: 2 * 1904 })
    const strange = history({ completeness: { ...young.completeness, trackedSince: null } })
    expect(measure(issuesNewMetric, [tools, strange], week47).now).toBeNull()
  })

  it('holds only what each of its histories holds', () => {
    const short = history({ span: { from: week47.from, to: week47.to } })
    expect(measure(issuesNewMetric, [tools, short], week47)).toMatchObject({ now: 1, before: null })
  })

  it('calls nobody new, since an older repository may know them', () => {
    expect(measure(newContributorsMetric, engine, week47).now).toBe(1)
    expect(measure(newContributorsMetric, [engine, tools], week47).now).toBeNull()
  })

  it('tells a person’s past in all of its repositories', () => {
    const past = (firstAt: string, lastBeforeAt: string | null, mergedBefore: number) =>
      history({
        people: new Map([
          [
            mona.id,
            {
              firstAt: at(firstAt),
              lastBeforeAt: lastBeforeAt === null ? null : at(lastBeforeAt),
              mergedBefore,
            },
          ],
        ]),
      })
    const { people } = joinHistories([
      past('2025-03-01', '2026-01-01', 2),
      past('2024-01-01', '2025-01-01', 1),
      past('2026-11-18', null, 0),
    ])
    expect(people.get(mona.id)).toEqual({
      firstAt: at('2024-01-01'),
      lastBeforeAt: at('2026-01-01'),
      mergedBefore: 3,
    })
  })

  it('is not joined of nothing, nor of histories as of different instants', () => {
    expect(() => joinHistories([])).toThrow('no histories')
    const other = { ...tools, peopleAsOf: week47.to }
    expect(() => joinHistories([engine, other])).toThrow('one instant')
  })
})
