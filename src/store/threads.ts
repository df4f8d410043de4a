import { sql } from 'kysely'
import type { FactKind, Member } from '../events/fact.ts'
import type { Thread } from '../metrics/history.ts'
import type { Window } from '../metrics/window.ts'
import type { Database } from './database.ts'
import { type FactRow, factRows, toActivity } from './facts.ts'
import { loadPeople, type People, type PeopleOverrides } from './people.ts'
import { accountMember } from './person-members.ts'
import { settlePeople } from './settle-people.ts'

/** Comments and submitted reviews: what answers a person. */
const responseKinds: FactKind[] = [
  'issue_comment.created',
  'discussion_comment.created',
  'pull_request_review.submitted',
  'pull_request_review_comment.created',
]

/** The threads of these numbers, and those that may have waited for an answer at an instant; see `waitsUntil`. */
export async function threadRowsOf(
  db: Database,
  repositoryId: number,
  which: { numbers: readonly number[]; waitingAt: Date | null },
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
    .where(
      sql<boolean>`threads.number = any(array(
        select unnest(${[...which.numbers]}::int[])
        union
        select number from thread_waits
        where repository_id = ${repositoryId} and waits_until >= ${which.waitingAt}::timestamptz
      ))`,
    )
    .where(
      sql<boolean>`(threads.created_at < ${which.waitingAt}::timestamptz
        or threads.number = any(${[...which.numbers]}::int[]))`,
    )
    .orderBy('threads.number')
    .select([
      ...(['threads.number', 'threads.type', 'threads.title', 'threads.open'] as const),
      ...(['threads.draft', 'threads.created_at', 'threads.closed_at'] as const),
      ...(['threads.merged_at', 'threads.author_id'] as const),
      ...(['footprints.areas', 'ready.at as ready_at'] as const),
    ])
    .execute()
}

type ThreadRow = Awaited<ReturnType<typeof threadRowsOf>>[number]

export async function responsesIn(db: Database, repositoryId: number, numbers: readonly number[]) {
  return numbers.length === 0 ? [] : await responsesTo(db, repositoryId, numbers).execute()
}

interface ReadAlready {
  /** the facts of a window */
  rows: readonly FactRow[]
  window: Window
  /** whose responses are wanted */
  numbers: readonly number[]
}

/** The same, of which the facts of a window are read already. */
export async function responsesAround(
  db: Database,
  repositoryId: number,
  { rows, window, numbers }: ReadAlready,
): Promise<FactRow[]> {
  if (numbers.length === 0) return []
  const around = (edge: '<' | '>=', at: Date) =>
    responsesTo(db, repositoryId, numbers).where('facts.occurred_at', edge, at)
  return [
    ...(await around('<', window.from).execute()),
    ...rows.filter(isResponseRow),
    ...(await around('>=', window.to).execute()),
  ]
}

/**
 * Of these, what tells how long a thread waited in the window and at its end:
 * all of it while it waits, and else the answers after which it did not.
 */
export async function tellingResponses(
  db: Database,
  repositoryId: number,
  { rows, window, numbers }: ReadAlready,
): Promise<FactRow[]> {
  if (numbers.length === 0) return []
  const before = await responsesTo(db, repositoryId, numbers)
    .innerJoin('thread_waits', (join) =>
      join
        .onRef('thread_waits.repository_id', '=', 'facts.repository_id')
        .onRef('thread_waits.number', '=', 'facts.thread'),
    )
    .where('facts.occurred_at', '<', window.from)
    .where(
      sql<boolean>`(thread_waits.waits_until >= ${window.to}
        or facts.occurred_at in (thread_waits.waits_until, thread_waits.answered_at))`,
    )
    .execute()
  return [...before, ...rows.filter(isResponseRow)]
}

function isResponseRow({ kind }: FactRow): boolean {
  return responseKinds.includes(kind)
}

function responsesTo(db: Database, repositoryId: number, numbers: readonly number[]) {
  return factRows(db, repositoryId)
    .where(sql<boolean>`facts.thread = any(${[...numbers]}::int[])`)
    .where('facts.kind', 'in', responseKinds)
    .orderBy('facts.occurred_at')
    .orderBy('facts.kind')
    .orderBy('facts.key')
}

/** Everybody who did these facts, or opened these threads. */
export function doersOf(
  facts: readonly FactRow[],
  responses: readonly FactRow[],
  threads: readonly ThreadRow[],
): (Member | null)[] {
  return [
    ...facts.map(({ doer }) => doer),
    ...responses.map(({ doer }) => doer),
    ...threads.map(({ author_id: id }) => (id === null ? null : accountMember(id))),
  ]
}

/** Threads that people from outside opened in a window, with every response: how long an answer takes here. */
export async function outsideThreads(
  db: Database,
  request: { repositoryId: number; window: Window; overrides: PeopleOverrides },
): Promise<Thread[]> {
  const { repositoryId, window, overrides } = request
  await settlePeople(db)
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
  const threadRows = await threadRowsOf(db, repositoryId, { numbers, waitingAt: null })
  const responseRows = await responsesIn(db, repositoryId, numbers)
  const people = await loadPeople(
    db,
    repositoryId,
    doersOf([], responseRows, threadRows),
    overrides,
  )
  return toThreads(threadRows, responseRows, people).filter(({ outside }) => outside)
}

export function toThreads(
  threadRows: readonly ThreadRow[],
  responseRows: readonly FactRow[],
  people: People,
): Thread[] {
  const responses = new Map<number | null, FactRow[]>()
  for (const row of responseRows) {
    const known = responses.get(row.thread)
    if (known === undefined) responses.set(row.thread, [row])
    else known.push(row)
  }
  return threadRows.map((row) => {
    const author = people.person({
      member: row.author_id === null ? null : accountMember(row.author_id),
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
