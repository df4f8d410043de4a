import { sql } from 'kysely'
import type { Completeness, DayCount, ProjectHistory } from '../metrics/history.ts'
import type { Window } from '../metrics/window.ts'
import { contributorsEver } from './contributors-ever.ts'
import type { Database } from './database.ts'
import { factRows, toActivity } from './facts.ts'
import { missedIn } from './missed-deliveries.ts'
import { loadPeople, type PeopleOverrides } from './people.ts'
import { personHistories } from './person-histories.ts'
import { foundIn, reconciliationOf } from './reconciliations.ts'
import { settlePeople } from './settle-people.ts'
import { doersOf, responsesIn, threadRowsOf, toThreads } from './threads.ts'

interface HistoryRequest {
  repositoryId: number
  /** all windows that the report looks at, as one */
  window: Window
  /** when the window that people are new or returning in begins */
  since: Date
  overrides: PeopleOverrides
}

/** Everything that a report on this window needs; reads what the window holds, not the whole history. */
export async function projectHistory(
  db: Database,
  { repositoryId, window, since, overrides }: HistoryRequest,
): Promise<ProjectHistory> {
  await settlePeople(db)
  const rows = await factRows(db, repositoryId)
    .where('facts.occurred_at', '>=', window.from)
    .where('facts.occurred_at', '<', window.to)
    .orderBy('facts.occurred_at')
    .orderBy('facts.kind')
    .orderBy('facts.key')
    .execute()
  const numbers = [...new Set(rows.flatMap(({ thread }) => (thread === null ? [] : [thread])))]
  const threadRows = await threadRowsOf(db, repositoryId, { numbers, openBefore: window.to })
  const responseRows = await responsesIn(
    db,
    repositoryId,
    threadRows.map(({ number }) => number),
  )
  const people = await loadPeople(
    db,
    repositoryId,
    doersOf(rows, responseRows, threadRows),
    overrides,
  )
  return {
    span: window,
    activities: rows.map((row) => toActivity(row, people)),
    threads: toThreads(threadRows, responseRows, people),
    people: await personHistories(db, { repositoryId, rows, people, since }),
    peopleAsOf: since,
    counts: await dayCounts(db, repositoryId, window),
    // Who asks about no time at all wants to know how much is known.
    contributorsEver:
      window.from < window.to ? await contributorsEver(db, repositoryId, overrides) : null,
    completeness: await completenessOf(db, repositoryId, { from: since, to: window.to }),
  }
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
