import type { Fact } from '../../src/events/fact.ts'
import {
  type Activity,
  type Arrival,
  creditedKinds,
  type Person,
  type PersonHistory,
  type ProjectHistory,
  type Thread,
} from '../../src/metrics/history.ts'
import { weekAfter } from '../../src/metrics/window.ts'
import { completeness, week47 } from './histories.ts'
import { anyWorld, dwellers, type World } from './world.ts'

/** What the store would answer for a digest of week 47. */
export function historyOf({ facts, threads }: World): ProjectHistory {
  const all = facts.map(toActivity).toSorted((a, b) => +a.occurredAt - +b.occurredAt)
  const span = { from: weekAfter(week47, -8).from, to: week47.to }
  return {
    span,
    activities: all.filter(({ occurredAt }) => occurredAt >= span.from),
    threads: threads.map((state): Thread => {
      const author = personOf(state.authorId)
      const own = all.filter(({ thread }) => thread === state.number)
      const ready = own.find(({ kind }) => kind === 'pull_request.ready_for_review')
      return {
        ...state,
        ...{ readyAt: ready?.occurredAt ?? null, author, outside: isOutside(state.authorId) },
        responses: own.filter(({ kind }) => /comment\.|review\.|review_comment\./.test(kind)),
        areas: [],
      }
    }),
    people: pastsIn(all),
    peopleAsOf: week47.from,
    counts: [],
    isKnownFromBeginning: true,
    arrivals: arrivalsIn(all),
    completeness: { ...completeness, backfilledTo: new Date(0), trackedSince: new Date(0) },
  }
}

/** Of any project. */
export const anyHistory = anyWorld.map(historyOf)

function toActivity({ kind, occurredAt, accountId, thread, detail }: Fact): Activity {
  const agent = detail.agent
  return {
    ...{ kind, occurredAt, thread, fullName: null, outside: isOutside(accountId) },
    person: agent === undefined ? personOf(accountId) : person(`agent:${agent}`, agent, 'ai'),
  }
}

function personOf(id: number | null): Person | null {
  const dweller = dwellers.find((each) => each.id === id)
  return dweller ? person(`account:${id}`, dweller.login, dweller.group) : null
}

function person(id: string, login: string, group: Person['group']): Person {
  return { id, login, group, hidden: false, organization: null }
}

function isOutside(id: number | null): boolean {
  return dwellers.some((each) => each.id === id && each.group === 'human' && !each.inside)
}

function pastsIn(all: readonly Activity[]): Map<string, PersonHistory> {
  const pasts = new Map<string, PersonHistory>()
  for (const { person, kind, occurredAt } of all) {
    if (person === null || !creditedKinds.has(kind)) continue
    const past = pasts.get(person.id) ?? {
      firstAt: occurredAt,
      lastBeforeAt: null,
      mergedBefore: 0,
    }
    const isBefore = occurredAt < week47.from
    pasts.set(person.id, {
      firstAt: past.firstAt,
      lastBeforeAt: isBefore ? occurredAt : past.lastBeforeAt,
      mergedBefore: past.mergedBefore + (isBefore && kind === 'pull_request.merged' ? 1 : 0),
    })
  }
  return pasts
}

function arrivalsIn(all: readonly Activity[]): Arrival[] {
  const since = new Date(week47.from.getTime() - 91 * 86_400_000)
  const contributed = all.filter(
    ({ person, kind }) => person?.group === 'human' && creditedKinds.has(kind),
  )
  const first = new Map<string, Arrival>()
  for (const { person, occurredAt, outside } of contributed) {
    if (person === null) continue
    const known = first.get(person.id) ?? {
      person,
      firstAt: occurredAt,
      lastAt: occurredAt,
      outside,
    }
    first.set(person.id, { ...known, lastAt: occurredAt })
  }
  return [...first.values()].filter(({ firstAt }) => firstAt >= since && firstAt < week47.from)
}
