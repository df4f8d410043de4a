import { sql } from 'kysely'
import type { Completeness, DayCount, Person, ProjectHistory } from '../metrics/history.ts'
import { monthEndedBefore, type Window } from '../metrics/window.ts'
import { arrivalsAmong, newMembers } from './arrivals.ts'
import { isKnownFromBeginning } from './contributors-ever.ts'
import type { Database } from './database.ts'
import { factRows, toActivity } from './facts.ts'
import { missedIn } from './missed-deliveries.ts'
import { loadSettledPeople, type PeopleOverrides } from './people.ts'
import { personHistories } from './person-histories.ts'
import { foundIn, reconciliationOf } from './reconciliations.ts'
import { rollUp } from './roll-up.ts'
import { doersOf, responsesAround, threadRowsOf, toThreads } from './threads.ts'

export interface HistoryRequest {
  repositoryId: number
  /** all windows that the report looks at, as one */
  window: Window
  /** when the window that people are new or returning in begins */
  since: Date
  overrides: PeopleOverrides
}

const dayMs = 86_400_000

/** The calendar month that was over at an instant, in whatever time zone: a day more on either side. */
function monthBefore(instant: Date): Window {
  const after = (days: number) => new Date(instant.getTime() + days * dayMs)
  const [first, last] = [after(-1), after(1)].map((from) => monthEndedBefore({ from, to: from }))
  if (first === undefined || last === undefined) return { from: instant, to: instant }
  return { from: new Date(first.from.getTime() - dayMs), to: new Date(last.to.getTime() + dayMs) }
}

/** Everything that a report on this window needs; reads what the window holds, not the whole history. */
export async function projectHistory(
  db: Database,
  request: HistoryRequest,
): Promise<ProjectHistory> {
  await rollUp(db, request)
  return await readHistory(db, request)
}

/** The same for whoever has rolled up, see `whenRolledUp`. */
export async function readHistory(
  db: Database,
  { repositoryId, window, since, overrides }: HistoryRequest,
  responsesOf = responsesAround,
): Promise<ProjectHistory> {
  const rows = await factRows(db, repositoryId)
    .where('facts.occurred_at', '>=', window.from)
    .where('facts.occurred_at', '<', window.to)
    .orderBy('facts.occurred_at')
    .orderBy('facts.kind')
    .orderBy('facts.key')
    .execute()
  const touched = [...new Set(rows.flatMap(({ thread }) => (thread === null ? [] : [thread])))]
  const threadRows = await threadRowsOf(db, repositoryId, {
    numbers: touched,
    waitingAt: window.to,
  })
  const numbers = threadRows.map(({ number }) => number)
  const responseRows = await responsesOf(db, repositoryId, { rows, window, numbers })
  const isWhole = await isKnownFromBeginning(db, repositoryId)
  const month = monthBefore(since)
  const newcomers = isWhole ? await newMembers(db, repositoryId, month) : []
  const doers = [
    ...doersOf(rows, responseRows, threadRows),
    ...newcomers.map(({ member }) => member),
  ]
  const people = await loadSettledPeople(db, repositoryId, doers, overrides)
  const activities = rows.map((row) => toActivity(row, people))
  const arrivals = {
    ...{ repositoryId, doers: newcomers, people },
    ...{ window: month, until: window.to },
  }
  return {
    span: window,
    activities,
    threads: toThreads(threadRows, responseRows, people),
    people: await personHistories(db, {
      ...{ repositoryId, people, since },
      persons: personsIn(activities.map(({ person }) => person)),
    }),
    peopleAsOf: since,
    counts: await dayCounts(db, repositoryId, window),
    isKnownFromBeginning: isWhole,
    arrivals: isWhole ? await arrivalsAmong(db, arrivals) : null,
    completeness: await completenessOf(db, repositoryId, { from: since, to: window.to }),
  }
}

function personsIn(doers: readonly (Person | null)[]): Person[] {
  const known = doers.filter((person) => person !== null)
  return [...new Map(known.map((person) => [person.id, person])).values()]
}

async function dayCounts(db: Database, repositoryId: number, { from, to }: Window) {
  // One day more than the window: the last count before it is what growth starts from.
  const before = await db
    .selectFrom('day_counts')
    .select(['day', 'stars', 'forks'])
    .where('repository_id', '=', repositoryId)
    .where('seen_at', '<', from)
    .orderBy('day', 'desc')
    .limit(1)
    .execute()
  const within: DayCount[] = await db
    .selectFrom('day_counts')
    .select(['day', 'stars', 'forks'])
    .where('repository_id', '=', repositoryId)
    .where('seen_at', '>=', from)
    .where('seen_at', '<', to)
    .orderBy('day')
    .execute()
  return [...before, ...within]
}

async function completenessOf(
  db: Database,
  repositoryId: number,
  { from, to }: Window,
): Promise<Completeness> {
  const repository = await db
    .selectFrom('repositories')
    .leftJoin('backfills', 'backfills.repository_id', 'repositories.id')
    .select(['tracked_at', 'reached_to'])
    .where('repositories.id', '=', repositoryId)
    .executeTakeFirst()
  const counts = await db
    .selectFrom('deliveries')
    .select([
      sql<number>`(count(*) filter (where repository_id = ${repositoryId}))::int`.as('deliveries'),
      // A parked delivery's repository is unknown: it counts against every report.
      sql<number>`(count(*) filter (where failed_at is not null))::int`.as('failed'),
    ])
    .where('received_at', '>=', from)
    .where('received_at', '<', to)
    .executeTakeFirstOrThrow()
  const { missed, recovered } = await missedIn(db, repositoryId, { from, to })
  return {
    trackedSince: repository?.tracked_at ?? null,
    deliveries: counts.deliveries,
    failedDeliveries: counts.failed,
    missedDeliveries: missed,
    recoveredDeliveries: recovered,
    foundFacts: await foundIn(db, repositoryId, { from, to }),
    comparedTo: (await reconciliationOf(db, repositoryId))?.comparedTo ?? null,
    backfilledTo: repository?.reached_to ?? null,
  }
}
