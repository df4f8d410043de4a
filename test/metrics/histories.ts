import type { FactKind } from '../../src/events/fact.ts'
import type {
  Activity,
  Completeness,
  ContributorHistory,
  Person,
  PersonHistory,
  ProjectHistory,
  Thread,
} from '../../src/metrics/history.ts'
import { type Week, type WeekStart, weekNamed } from '../../src/metrics/window.ts'

/** 16 to 22 November 2026. */
export const week47 = namedWeek('2026-W47')

export function namedWeek(name: string, zone = 'UTC', start: WeekStart = 'monday'): Week {
  const week = weekNamed(name, { zone, start })
  if (week === null) throw new Error(`no such week: ${name}`)
  return week
}

export function at(instant: string): Date {
  return new Date(instant.length === 10 ? `${instant}T12:00:00Z` : instant)
}

export function person(login: string, rest: Partial<Person> = {}): Person {
  return {
    id: `account:${login}`,
    login,
    group: 'human',
    hidden: false,
    organization: null,
    ...rest,
  }
}

export const bot = person('dependabot[bot]', { group: 'bot' })
export const agent = person('copilot', { group: 'ai' })

/** Somebody from outside, on the Wednesday of week 47, unless said otherwise. */
export function activity(kind: FactKind, rest: Partial<Activity> = {}): Activity {
  const by = rest.person === undefined ? person('mona') : rest.person
  return {
    kind,
    occurredAt: at('2026-11-18'),
    outside: by?.group === 'human',
    thread: null,
    fullName: null,
    ...rest,
    person: by,
  }
}

/** An open pull request of an outsider, from the Wednesday of week 47. */
export function thread(number: number, rest: Partial<Thread> = {}): Thread {
  return {
    number,
    type: 'pull_request',
    title: `Change number ${number}`,
    open: (rest.closedAt ?? null) === null,
    draft: false,
    createdAt: at('2026-11-18'),
    readyAt: null,
    closedAt: null,
    mergedAt: null,
    author: person('mona'),
    outside: true,
    responses: [],
    areas: [],
    ...rest,
  }
}

export function response(instant: string, by: Person | null): Activity {
  return activity('issue_comment.created', { occurredAt: at(instant), person: by, outside: false })
}

export const completeness: Completeness = {
  trackedSince: at('2025-01-01'),
  deliveries: 1904,
  failedDeliveries: 0,
  missedDeliveries: 0,
  recoveredDeliveries: 0,
  foundFacts: 0,
  comparedTo: at('2026-11-22T22:00:00Z'),
  backfilledTo: at('2023-02-01'),
}

/** Everybody in `activities` who is not in `people` was first seen there. Their past is told as of week 47. */
export function history(rest: Partial<ProjectHistory> = {}): ProjectHistory {
  const activities = (rest.activities ?? []).toSorted(
    (a, b) => a.occurredAt.getTime() - b.occurredAt.getTime(),
  )
  const people = new Map<string, PersonHistory>()
  for (const { person: by, occurredAt } of activities) {
    if (by && !people.has(by.id)) {
      const before = activities.filter(
        (other) => other.person?.id === by.id && other.occurredAt < week47.from,
      )
      people.set(by.id, {
        firstAt: occurredAt,
        lastBeforeAt: before.at(-1)?.occurredAt ?? null,
        mergedBefore: before.filter(({ kind }) => kind === 'pull_request.merged').length,
      })
    }
  }
  return {
    span: { from: at('2019-01-01'), to: at('2028-01-01') },
    threads: [],
    counts: [],
    isKnownFromBeginning: true,
    arrivals: [],
    peopleAsOf: week47.from,
    completeness,
    ...rest,
    activities,
    people: new Map([...people, ...(rest.people ?? [])]),
  }
}

export function contributorHistory(rest: Partial<ContributorHistory> = {}): ContributorHistory {
  return {
    person: person('mona'),
    merged: [],
    opened: 0,
    reported: [],
    firstAt: null,
    lastAt: null,
    ...rest,
  }
}
