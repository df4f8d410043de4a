import type { FactKind } from '../events/fact.ts'
import { type Contribution, isContribution } from './contributions.ts'
import type { Activity, Person } from './history.ts'
import { earliest, latest } from './window.ts'

/**
 * Contributions of one kind by one person: a single one, or all of one UTC day
 * added up. Metrics that look back for months take these, so that they need
 * not read every fact: days can be added up as facts arrive.
 */
export interface Work {
  person: Person
  kind: FactKind
  /** all of it was done from outside */
  outside: boolean
  firstAt: Date
  lastAt: Date
  count: number
}

/** What people contributed, each contribution by itself, in the order given. */
export function worksOf(activities: readonly Activity[]): Work[] {
  return activities.filter(isContribution).map(workOf)
}

function workOf({ person, kind, outside, occurredAt }: Contribution): Work {
  return { person, kind, outside, firstAt: occurredAt, lastAt: occurredAt, count: 1 }
}

/**
 * The same added up by day, which loses nothing for windows that begin and end
 * at midnight UTC.
 */
export function byDay(works: readonly Work[]): Work[] {
  const days = new Map<string, Work>()
  for (const work of works) {
    const { person, kind, outside, lastAt } = work
    const key = `${lastAt.toISOString().slice(0, 10)} ${kind} ${outside} ${person.id}`
    const before = days.get(key)
    days.set(key, before === undefined ? work : added(before, work))
  }
  return [...days.values()]
}

function added(a: Work, b: Work): Work {
  return {
    ...a,
    firstAt: earliest([a.firstAt, b.firstAt]),
    lastAt: latest([a.lastAt, b.lastAt]),
    count: a.count + b.count,
  }
}
