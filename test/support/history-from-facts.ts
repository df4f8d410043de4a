import { isContribution } from '../../src/metrics/contributions.ts'
import {
  type Activity,
  type Arrival,
  creditedKinds,
  type PersonHistory,
  type ProjectHistory,
} from '../../src/metrics/history.ts'
import type { Database } from '../../src/store/database.ts'
import { factRows, toActivity } from '../../src/store/facts.ts'
import { type HistoryRequest, projectHistory } from '../../src/store/history.ts'
import { loadPeople, type People } from '../../src/store/people.ts'
import { doersOf, responsesIn, threadRowsOf, toThreads } from '../../src/store/threads.ts'

/** What `projectHistory` should answer, from every fact there is and nothing that is kept of them. */
export async function historyFromFacts(
  db: Database,
  request: HistoryRequest,
): Promise<ProjectHistory> {
  const { repositoryId, window, since, overrides } = request
  const rows = await factRows(db, repositoryId)
    .orderBy('facts.occurred_at')
    .orderBy('facts.kind')
    .orderBy('facts.key')
    .execute()
  const all = await db
    .selectFrom('threads')
    .select('number')
    .where('repository_id', '=', repositoryId)
    .execute()
  const numbers = all.map(({ number }) => number)
  const threadRows = await threadRowsOf(db, repositoryId, { numbers, waitingAt: null })
  const responseRows = await responsesIn(db, repositoryId, numbers)
  const doers = doersOf(rows, responseRows, threadRows)
  const people = await loadPeople(db, repositoryId, doers, overrides)
  const activities = rows.map((row) => toActivity(row, people))
  // Counts and how much is known are in no rollup.
  const { counts, completeness, isKnownFromBeginning } = await projectHistory(db, request)
  return {
    ...{ counts, completeness, isKnownFromBeginning, span: window, peopleAsOf: since },
    activities: activities.filter(
      ({ occurredAt }) => occurredAt >= window.from && occurredAt < window.to,
    ),
    threads: toThreads(threadRows, responseRows, people),
    people: pastsIn(activities, since),
    arrivals: isKnownFromBeginning
      ? arrivalsIn(activities, people, { since, to: window.to })
      : null,
  }
}

function pastsIn(activities: readonly Activity[], since: Date): Map<string, PersonHistory> {
  const pasts = new Map<string, PersonHistory>()
  for (const { person, kind, occurredAt } of activities) {
    if (person === null || !creditedKinds.has(kind)) continue
    const past = pasts.get(person.id) ?? {
      ...{ firstAt: occurredAt, lastBeforeAt: null, mergedBefore: 0 },
    }
    const isBefore = occurredAt < since
    pasts.set(person.id, {
      firstAt: past.firstAt,
      lastBeforeAt: isBefore ? occurredAt : past.lastBeforeAt,
      mergedBefore: past.mergedBefore + Number(isBefore && kind === 'pull_request.merged'),
    })
  }
  return pasts
}

function arrivalsIn(
  activities: readonly Activity[],
  people: People,
  { since, to }: { since: Date; to: Date },
): Arrival[] {
  const arrivals = new Map<string, Arrival>()
  for (const activity of activities.filter(({ occurredAt }) => occurredAt < to)) {
    if (!isContribution(activity)) continue
    const { person, occurredAt } = activity
    const outside = people.isOutside(person, occurredAt)
    const { firstAt, outside: cameOutside } = arrivals.get(person.id) ?? {
      firstAt: occurredAt,
      outside,
    }
    arrivals.set(person.id, { person, firstAt, lastAt: occurredAt, outside: cameOutside })
  }
  const thirteenWeeksMs = 13 * 7 * 86_400_000
  return [...arrivals.values()].filter(
    ({ firstAt }) => firstAt < since && since.getTime() - firstAt.getTime() <= thirteenWeeksMs,
  )
}
