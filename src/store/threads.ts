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

/** Of the open threads only these are told of; reading every open one would cost what the history holds. */
const isUnanswered = sql<boolean>`not exists (
  select from facts as answers
  left join accounts on accounts.id = answers.account_id
  where answers.repository_id = threads.repository_id and answers.thread = threads.number
    and answers.kind in (${sql.join(responseKinds)})
    -- somebody whose account is deleted may have been the author
    and answers.account_id is not null
    and answers.account_id is distinct from threads.author_id
    and accounts.type is distinct from 'Bot')`

export async function threadRowsOf(
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

export async function responsesIn(db: Database, repositoryId: number, numbers: readonly number[]) {
  if (numbers.length === 0) return []
  return await factRows(db, repositoryId)
    .where('facts.thread', 'in', numbers)
    .where('facts.kind', 'in', responseKinds)
    .orderBy('facts.occurred_at')
    .execute()
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
  const threadRows = await threadRowsOf(db, repositoryId, { numbers, openBefore: null })
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
    responses.set(row.thread, [...(responses.get(row.thread) ?? []), row])
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
