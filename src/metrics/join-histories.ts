import { groupBy } from './group-by.ts'
import type { Activity, Completeness, DayCount, PersonHistory, ProjectHistory } from './history.ts'
import { knownSince } from './known-since.ts'
import { countAt } from './technical-fork.ts'
import { earliest, latest } from './window.ts'

/**
 * Several repositories as one, for the numbers of an organisation. People are
 * the same by their id and count once. Threads are numbered anew, since each
 * repository counts from one: the numbers of a join lead nowhere. It is known
 * and held only as far back as the shortest of its histories.
 *
 * Who contributed elsewhere before the span is in no history of a repository
 * they have not touched since, so of an organisation nobody is called new:
 * it is not known from its beginning.
 *
 * @throws Error for no histories, and for people whose past is told as of different instants
 */
export function joinHistories(histories: readonly ProjectHistory[]): ProjectHistory {
  const [first, ...others] = histories
  if (first === undefined) throw new Error('There are no histories to join')
  if (others.some(({ peopleAsOf }) => peopleAsOf.getTime() !== first.peopleAsOf.getTime())) {
    throw new Error('Histories can be joined only as of one instant')
  }
  const renumbered = withThreadsApart(histories)
  return {
    span: {
      from: latest(histories.map(({ span }) => span.from)),
      to: earliest(histories.map(({ span }) => span.to)),
    },
    activities: renumbered
      .flatMap(({ activities }) => activities)
      .toSorted((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime()),
    threads: renumbered.flatMap(({ threads }) => threads),
    people: joinPeople(histories),
    peopleAsOf: first.peopleAsOf,
    counts: joinCounts(histories.map(({ counts }) => counts)),
    isKnownFromBeginning: false,
    arrivals: null,
    completeness: joinCompleteness(histories.map(({ completeness }) => completeness)),
  }
}

function withThreadsApart(histories: readonly ProjectHistory[]) {
  const numbers = new Map<string, number>()
  return histories.map(({ activities, threads }, index) => {
    const numberOf = (thread: number) => {
      const key = `${index} ${thread}`
      const number = numbers.get(key) ?? numbers.size + 1
      numbers.set(key, number)
      return number
    }
    const apart = (activity: Activity): Activity =>
      activity.thread === null ? activity : { ...activity, thread: numberOf(activity.thread) }
    return {
      activities: activities.map(apart),
      threads: threads.map((thread) => ({
        ...thread,
        number: numberOf(thread.number),
        responses: thread.responses.map(apart),
      })),
    }
  })
}

function joinPeople(histories: readonly ProjectHistory[]): Map<string, PersonHistory> {
  const told = groupBy(
    histories.flatMap(({ people }) => [...people]),
    ([id]) => id,
  )
  return new Map(
    [...told].map(([id, entries]) => {
      const pasts = entries.map(([, past]) => past)
      const lasts = pasts.flatMap(({ lastBeforeAt }) => lastBeforeAt ?? [])
      return [
        id,
        {
          firstAt: earliest(pasts.map(({ firstAt }) => firstAt)),
          lastBeforeAt: lasts.length === 0 ? null : latest(lasts),
          mergedBefore: pasts.reduce((sum, { mergedBefore }) => sum + mergedBefore, 0),
        },
      ]
    }),
  )
}

/** Days from which every repository has a count, since a sum with a gap would be too small. */
function joinCounts(series: readonly (readonly DayCount[])[]): DayCount[] {
  const days = [...new Set(series.flat().map(({ day }) => day.getTime()))].toSorted((a, b) => a - b)
  return days.flatMap((time) => {
    const counts = series.map((counts) => countAt(counts, new Date(time + 1)))
    const known = counts.filter((count) => count !== null)
    if (known.length < counts.length) return []
    const forks = known.map((count) => count.forks)
    return [
      {
        day: new Date(time),
        stars: known.reduce((sum, { stars }) => sum + stars, 0),
        forks: forks.reduce((sum: number | null, each) => plus(sum, each), 0),
      },
    ]
  })
}

function plus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b
}

function joinCompleteness(all: readonly Completeness[]): Completeness {
  const sum = (of: (each: Completeness) => number) =>
    all.reduce((total, each) => total + of(each), 0)
  const whole = (of: (each: Completeness) => Date | null) => {
    const instants = all.map(of).filter((instant) => instant !== null)
    return instants.length < all.length ? null : instants
  }
  const tracked = whole(({ trackedSince }) => trackedSince)
  const known = whole(knownSince)
  const compared = whole(({ comparedTo }) => comparedTo)
  return {
    trackedSince: tracked && latest(tracked),
    backfilledTo: known && latest(known),
    comparedTo: compared && earliest(compared),
    deliveries: sum(({ deliveries }) => deliveries),
    failedDeliveries: sum(({ failedDeliveries }) => failedDeliveries),
    missedDeliveries: sum(({ missedDeliveries }) => missedDeliveries),
    recoveredDeliveries: sum(({ recoveredDeliveries }) => recoveredDeliveries),
    foundFacts: sum(({ foundFacts }) => foundFacts),
  }
}
