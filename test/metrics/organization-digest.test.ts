import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ProjectHistory } from '../../src/metrics/history.ts'
import {
  type OrganizationDigest,
  organizationDigest,
} from '../../src/metrics/organization-digest.ts'
import { type DigestMetric, digestMetrics } from '../../src/metrics/week-measures.ts'
import { weekAfter } from '../../src/metrics/window.ts'
import { historyOf } from './any-history.ts'
import { activity, at, completeness, history, person, thread, week47 } from './histories.ts'
import { Ledger } from './slow/ledger.ts'
import { weekOf } from './slow/weeks.ts'
import { anyWorld, type World } from './world.ts'

const metrics = Object.keys(digestMetrics) as DigestMetric[] // as: its own keys

function together(histories: Record<string, ProjectHistory>): OrganizationDigest<string> {
  const all = Object.entries(histories).map(([repository, history]) => {
    return { repository, history, forks: null }
  })
  const digest = organizationDigest(all, week47, { waitingHours: 48 })
  if (digest === null) throw new Error('nothing is known of any')
  return digest
}

/** The facts of several repositories as those of one, with its threads numbered apart. */
function inOne(worlds: readonly World[]): World {
  const apart = worlds.map(({ facts, threads }, index) => {
    const moved = (number: number) => number + 1000 * index
    return {
      facts: facts.map((fact) => ({
        ...fact,
        thread: fact.thread === null ? null : moved(fact.thread),
      })),
      threads: threads.map((state) => ({ ...state, number: moved(state.number) })),
    }
  })
  return {
    facts: apart.flatMap(({ facts }) => facts),
    threads: apart.flatMap((one) => one.threads),
  }
}

describe('the numbers of an organisation', () => {
  it('are what plain counting over the facts of all repositories finds', () => {
    const anyWorlds = fc.array(anyWorld, { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(anyWorlds, (worlds) => {
        const histories = worlds.map(historyOf)
        const named = Object.fromEntries(histories.map((each, index) => [`${index}`, each]))
        const { trends, waiting, repositories } = together(named)
        const all = new Ledger(inOne(worlds), week47.from)
        const apart = worlds.map((world) => new Ledger(inOne([world]), week47.from))
        for (const [index, ago] of [8, 7, 6, 5, 4, 3, 2, 1, 0].entries()) {
          const slow = weekOf(all, ago, false)
          const each = apart.map((ledger) => weekOf(ledger, ago, false))
          const added = (metric: 'newForks' | 'newStars') =>
            each.reduce((sum, week) => sum + (week[metric] ?? 0), 0)
          const expected = {
            ...slow,
            ...{ newForks: added('newForks'), newStars: added('newStars'), newContributors: null },
          }
          const told = metrics.map((metric) => [metric, trends[metric].weeks[index]])
          expect(Object.fromEntries(told), `${ago} weeks ago`).toEqual(expected)
        }
        for (const { repository, measures } of repositories) {
          const { contributors, merged, newForks } = weekOf(apart[Number(repository)]!, 0, false)
          expect(measures).toMatchObject({ contributors, merged, newForks })
        }
        expect(waiting.map(({ hours }) => hours)).toEqual(
          waiting.map(({ hours }) => hours).toSorted((a, b) => b - a),
        )
      }),
      { numRuns: 60 },
    )
  })

  it('count a person once, and a fork of each repository', () => {
    const forks = [activity('fork', { person: person('mona') })]
    const merges = [activity('pull_request.merged', { thread: 1 })]
    const { trends, newcomers } = together({
      engine: history({ activities: [...forks, ...merges] }),
      tools: history({ activities: [...forks, ...merges] }),
    })
    expect(trends.contributors.thisWeek).toBe(1)
    expect(trends.merged.thisWeek).toBe(2)
    expect(trends.newForks.thisWeek).toBe(2)
    expect(newcomers).toEqual({ merged: 1, others: 0 })
  })

  it('put the most active first, and count those that were quiet', () => {
    const busy = Array.from({ length: 3 }, () => activity('issues.opened'))
    const { repositories, quiet } = together({
      still: history(),
      forked: history({ activities: [activity('fork')] }),
      engine: history({ activities: busy }),
      waited: history({ threads: [thread(1, { createdAt: at('2026-11-01') })] }),
      starred: history({ activities: [activity('star.created')] }),
    })
    expect(repositories.map(({ repository }) => repository)).toEqual(['engine', 'forked', 'waited'])
    expect(quiet).toBe(2)
  })

  it('list who waits wherever it is, the longest first', () => {
    const waits = (...days: string[]) =>
      history({ threads: days.map((day, index) => thread(index + 1, { createdAt: at(day) })) })
    const { waiting } = together({
      engine: waits('2026-11-02', '2026-11-22'),
      tools: waits('2026-11-01'),
    })
    expect(waiting.map(({ repository, thread: { number } }) => [repository, number])).toEqual([
      ['tools', 1],
      ['engine', 1],
    ])
  })
})

describe('what is not known of each repository', () => {
  const since = (day: string) =>
    history({
      activities: [activity('issues.opened')],
      isKnownFromBeginning: false,
      completeness: { ...completeness, trackedSince: at(day), backfilledTo: null },
    })

  it('is named, and leaves out no more than it must', () => {
    const {
      trends,
      incomplete,
      since: known,
    } = together({
      engine: history({ activities: [activity('issues.opened')] }),
      tools: since('2026-11-03'),
      later: since('2026-11-24'),
    })
    expect(incomplete).toEqual([
      { repository: 'tools', since: at('2026-11-03') },
      { repository: 'later', since: at('2026-11-24') },
    ])
    expect(trends.issuesNew).toMatchObject({ thisWeek: 2, lastWeek: 0, usual: null })
    expect(known).toEqual(at('2026-11-03'))
  })

  it('is nothing where a repository is younger than the weeks it is compared with', () => {
    const born = { ...completeness, backfilledTo: at('2026-11-17'), trackedSince: at('2026-11-17') }
    const {
      trends,
      incomplete,
      since: known,
    } = together({
      engine: history({ activities: [activity('issues.opened')] }),
      young: history({ activities: [activity('issues.opened')], completeness: born }),
    })
    expect(incomplete).toEqual([])
    expect(known).toBeNull()
    expect(trends.issuesNew).toMatchObject({ thisWeek: 2, lastWeek: 0, usual: 0 })
  })

  it('are weeks before the first of them was there', () => {
    const born = weekAfter(week47, -1).from
    const young = { ...completeness, backfilledTo: born, trackedSince: born }
    const { trends } = together({ only: history({ completeness: young }) })
    expect(trends.issuesNew.weeks).toEqual([...Array(7).fill(null), 0, 0])
  })

  it('is everything, where nothing is known of any', () => {
    const all = [{ repository: 'later', history: since('2026-11-24'), forks: null }]
    expect(organizationDigest(all, week47, { waitingHours: 48 })).toBeNull()
  })

  it('counts a delivery that nobody could read once', () => {
    const one = () => history({ completeness: { ...completeness, failedDeliveries: 2 } })
    const { completeness: told } = together({ engine: one(), tools: one() })
    expect(told).toMatchObject({ failedDeliveries: 2, deliveries: 2 * 1904 })
  })
})
