import { type SqlBool, sql } from 'kysely'
import type { FactKind } from '../events/fact.ts'
import {
  type Activity,
  type Completeness,
  creditedKinds,
  type DayCount,
  type PersonHistory,
  type ProjectHistory,
  type Thread,
} from '../metrics/history.ts'
import type { Window } from '../metrics/window.ts'
import type { Database } from './database.ts'
import { type Doer, loadPeople, type People, type PeopleOverrides } from './people.ts'

/** Comments and submitted reviews: what answers a person. */
const responseKinds: FactKind[] = [
  'issue_comment.created',
  'discussion_comment.created',
  'pull_request_review.submitted',
  'pull_request_review_comment.created',
]

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
    accountIdsOf(rows, responseRows, threadRows),
    overrides,
  )
  return {
    activities: rows.map((row) => toActivity(row, people)),
    threads: toThreads(threadRows, responseRows, people),
    people: await personHistories(db, { repositoryId, rows, people, since }),
    counts: await dayCounts(db, repositoryId, window),
    contributorsEver: null,
    completeness: await completenessOf(db, repositoryId, { from: since, to: window.to }),
  }
}

/** Facts that were not taken back, each with its doer: the author of a merged commit is the pull request's. */
function factRows(db: Database, repositoryId: number) {
  return db
    .selectFrom('facts')
    .leftJoin('retractions', (join) =>
      join
        .onRef('retractions.repository_id', '=', 'facts.repository_id')
        .onRef('retractions.kind', '=', 'facts.kind')
        .onRef('retractions.key', '=', 'facts.key'),
    )
    .leftJoin('signatures', 'signatures.hash', 'facts.signature')
    .leftJoin('threads as merged', (join) =>
      join
        .onRef('merged.repository_id', '=', 'facts.repository_id')
        .onRef('merged.merge_sha', '=', 'facts.key')
        .on('facts.kind', '=', 'commit.authored'),
    )
    .leftJoinLateral(
      (from) =>
        from
          .selectFrom('accounts')
          .select('accounts.id')
          .where(sql<SqlBool>`lower(accounts.login) = lower(signatures.login)`)
          .orderBy('accounts.seen_at', 'desc')
          .limit(1)
          .as('linked'),
      (join) => join.onTrue(),
    )
    .where('facts.repository_id', '=', repositoryId)
    .where('retractions.key', 'is', null)
    .select([
      'facts.kind',
      'facts.key',
      'facts.occurred_at',
      'facts.thread',
      'facts.detail',
      'facts.signature',
      'signatures.human',
      sql<
        number | null
      >`coalesce(facts.account_id, merged.author_id, signatures.account_id, linked.id)`.as(
        'doer_id',
      ),
    ])
}

type FactRow = Awaited<ReturnType<ReturnType<typeof factRows>['execute']>>[number]

/** The same person whether an account or only a signature is known. */
const doerOf = (row: FactRow): Doer => ({
  accountId: row.doer_id,
  signature: row.signature,
  human: row.human,
  agent: row.detail.agent ?? null,
})

function toActivity(row: FactRow, people: People): Activity {
  const person = people.person(doerOf(row))
  return {
    kind: row.kind,
    occurredAt: row.occurred_at,
    person,
    outside: people.isOutside(person, row.occurred_at),
    thread: row.thread,
    fullName: row.detail.fullName ?? null,
  }
}

/** Of the open threads only these are told of; reading every open one would cost what the history holds. */
const isUnanswered = sql<boolean>`not exists (
  select from facts as answers
  left join accounts on accounts.id = answers.account_id
  where answers.repository_id = threads.repository_id and answers.thread = threads.number
    and answers.kind in (${sql.join(responseKinds)})
    and answers.account_id is distinct from threads.author_id
    and accounts.type is distinct from 'Bot')`

async function threadRowsOf(
  db: Database,
  repositoryId: number,
  which: { numbers: number[]; openBefore: Date | null },
) {
  return await db
    .selectFrom('threads')
    .leftJoin('footprints', (join) =>
      join
        .onRef('footprints.repository_id', '=', 'threads.repository_id')
        .onRef('footprints.number', '=', 'threads.number'),
    )
    .leftJoinLateral(
      (from) =>
        from
          .selectFrom('facts')
          .select((select) => select.fn.min('facts.occurred_at').as('at'))
          .whereRef('facts.repository_id', '=', 'threads.repository_id')
          .whereRef('facts.thread', '=', 'threads.number')
          .where('facts.kind', '=', 'pull_request.ready_for_review')
          .as('ready'),
      (join) => join.onTrue(),
    )
    .where('threads.repository_id', '=', repositoryId)
    // A deleted or transferred issue is no thread of this repository any more.
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('retractions')
            .select('retractions.key')
            .whereRef('retractions.repository_id', '=', 'threads.repository_id')
            .where('retractions.kind', 'in', ['issues.opened', 'discussion.created'])
            .where(sql<boolean>`retractions.key = threads.number::text`),
        ),
      ),
    )
    .where((where) =>
      where.or([
        where('threads.number', 'in', which.numbers.length > 0 ? which.numbers : [-1]),
        ...(which.openBefore === null
          ? []
          : [
              where.and([
                where('threads.open', '=', true),
                where('threads.created_at', '<', which.openBefore),
                isUnanswered,
              ]),
            ]),
      ]),
    )
    .orderBy('threads.number')
    .selectAll('threads')
    .select(['footprints.areas', 'ready.at as ready_at'])
    .execute()
}

type ThreadRow = Awaited<ReturnType<typeof threadRowsOf>>[number]

async function responsesIn(db: Database, repositoryId: number, numbers: readonly number[]) {
  if (numbers.length === 0) return []
  return await factRows(db, repositoryId)
    .where('facts.thread', 'in', numbers)
    .where('facts.kind', 'in', responseKinds)
    .orderBy('facts.occurred_at')
    .execute()
}

function accountIdsOf(
  facts: readonly FactRow[],
  responses: readonly FactRow[],
  threads: readonly ThreadRow[],
): number[] {
  return [
    ...facts.map(({ doer_id }) => doer_id),
    ...responses.map(({ doer_id }) => doer_id),
    ...threads.map(({ author_id }) => author_id),
  ].filter((id) => id !== null)
}

/** Threads that people from outside opened in a window, with every response: how long an answer takes here. */
export async function outsideThreads(
  db: Database,
  request: { repositoryId: number; window: Window; overrides: PeopleOverrides },
): Promise<Thread[]> {
  const { repositoryId, window, overrides } = request
  const opened = await db
    .selectFrom('threads')
    .select('number')
    .where('repository_id', '=', repositoryId)
    .where('created_at', '>=', window.from)
    .where('created_at', '<', window.to)
    .orderBy('created_at', 'desc')
    .limit(500)
    .execute()
  const numbers = opened.map(({ number }) => number)
  const threadRows = await threadRowsOf(db, repositoryId, { numbers, openBefore: null })
  const responseRows = await responsesIn(db, repositoryId, numbers)
  const people = await loadPeople(
    db,
    repositoryId,
    accountIdsOf([], responseRows, threadRows),
    overrides,
  )
  return toThreads(threadRows, responseRows, people).filter(({ outside }) => outside)
}

function toThreads(
  threadRows: readonly ThreadRow[],
  responseRows: readonly FactRow[],
  people: People,
): Thread[] {
  const responses = new Map<number | null, FactRow[]>()
  for (const row of responseRows) {
    responses.set(row.thread, [...(responses.get(row.thread) ?? []), row])
  }
  return threadRows.map((row) => {
    const author = people.person({
      accountId: row.author_id,
      signature: null,
      human: null,
      agent: null,
    })
    return {
      number: row.number,
      type: row.type,
      title: row.title,
      open: row.open,
      draft: row.draft,
      createdAt: row.created_at,
      readyAt: row.ready_at,
      closedAt: row.closed_at,
      mergedAt: row.merged_at,
      author,
      outside: people.isOutside(author, row.created_at),
      responses: (responses.get(row.number) ?? []).map((response) => toActivity(response, people)),
      areas: row.areas ?? [],
    }
  })
}

/** First and latest contributions of everybody in these rows, over the whole history. */
async function personHistories(
  db: Database,
  context: { repositoryId: number; rows: readonly FactRow[]; people: People; since: Date },
): Promise<Map<string, PersonHistory>> {
  const { repositoryId, rows, people, since } = context
  const doers = rows.map(doerOf).filter(({ agent }) => agent === null)
  const ids = [...new Set(doers.flatMap(({ accountId }) => accountId ?? []))]
  const signatures = [...new Set(doers.flatMap(({ signature }) => signature ?? []))]
  if (ids.length === 0 && signatures.length === 0) return new Map()

  const past = await factRows(db, repositoryId)
    .clearSelect()
    .where('facts.kind', 'in', [...creditedKinds])
    .where((where) =>
      where.or([
        ...(ids.length > 0 ? [where('facts.account_id', 'in', ids)] : []),
        ...(signatures.length > 0 ? [where('facts.signature', 'in', signatures)] : []),
      ]),
    )
    .select([
      sql<
        number | null
      >`coalesce(facts.account_id, merged.author_id, signatures.account_id, linked.id)`.as(
        'doer_id',
      ),
      sql<string | null>`case when facts.account_id is null then facts.signature end`.as(
        'signature',
      ),
      sql<Date>`min(facts.occurred_at)`.as('first_at'),
      sql<Date | null>`max(facts.occurred_at) filter (where facts.occurred_at < ${since})`.as(
        'last_before_at',
      ),
      sql<number>`count(*) filter (where facts.kind = 'pull_request.merged' and facts.occurred_at < ${since})::int`.as(
        'merged_before',
      ),
    ])
    .groupBy([sql`1`, sql`2`])
    .execute()

  const histories = new Map<string, PersonHistory>()
  for (const row of past) {
    const person = people.person({
      accountId: row.doer_id,
      signature: row.signature,
      human: null,
      agent: null,
    })
    if (person === null) continue
    histories.set(person.id, joined(histories.get(person.id), row))
  }
  return histories
}

function joined(
  other: PersonHistory | undefined,
  row: { first_at: Date; last_before_at: Date | null; merged_before: number },
): PersonHistory {
  if (other === undefined) {
    return {
      firstAt: row.first_at,
      lastBeforeAt: row.last_before_at,
      mergedBefore: row.merged_before,
    }
  }
  const lasts = [other.lastBeforeAt, row.last_before_at].filter((at) => at !== null)
  return {
    firstAt: new Date(Math.min(Number(other.firstAt), Number(row.first_at))),
    lastBeforeAt: lasts.length === 0 ? null : new Date(Math.max(...lasts.map(Number))),
    mergedBefore: other.mergedBefore + row.merged_before,
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
    .select('tracked_at')
    .where('id', '=', repositoryId)
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
  return {
    trackedSince: repository?.tracked_at ?? null,
    deliveries: counts.deliveries,
    failedDeliveries: counts.failed,
    backfilledTo: null,
  }
}
