import { type RawBuilder, sql } from 'kysely'
import type { Recording } from '../events/fact.ts'
import type { Database } from './database.ts'
import { addEvidence, unsettleNonhuman, unsettleRenamed } from './evidence.ts'
import { withoutForgotten } from './without-forgotten.ts'

/**
 * Records what a delivery, a page or a log line tells, in the caller's
 * transaction. Every statement merges so that order, repetition and overlap do
 * not matter: facts are a growing set, and states are decided by their instant,
 * then by their content. Rows are sorted, so that two transactions never wait
 * for each other in a circle. Nothing is recorded of who asked to be forgotten.
 */
export async function record(db: Database, told: Recording): Promise<void> {
  const recording = await withoutForgotten(db, told)
  await recordAccounts(db, recording.accounts)
  await recordSignatures(db, recording.signatures)
  await addEvidence(db, recording.evidence, 'commits')
  await recordAssociations(db, recording.associations)
  await recordRepositories(db, recording.repositories)
  await recordThreads(db, recording.threads)
  await recordFacts(db, recording.facts)
  await recordRetractions(db, recording.retractions)
}

async function recordFacts(db: Database, facts: Recording['facts']): Promise<void> {
  const rows = merge(
    facts.map((fact) => ({
      repository_id: fact.repositoryId,
      kind: fact.kind,
      key: text(fact.key),
      occurred_at: fact.occurredAt,
      account_id: fact.accountId,
      signature: fact.signature,
      thread: fact.thread,
      detail: json(fact.detail),
    })),
    (row) => [row.repository_id, row.kind, row.key],
    (row) => (row.account_id === null ? '' : 'known'),
  )
  for (const batch of batches(rows)) {
    await db
      .insertInto('facts')
      .values(batch)
      // A fact never changes; but an account may be deleted later, and then payloads name nobody.
      .onConflict((conflict) =>
        conflict.columns(['repository_id', 'kind', 'key']).doUpdateSet((set) => ({
          account_id: sql`greatest(facts.account_id, excluded.account_id)`,
          signature: sql`greatest(facts.signature, excluded.signature)`,
          occurred_at: sql`least(facts.occurred_at, excluded.occurred_at)`,
          thread: sql`greatest(facts.thread, excluded.thread)`,
          detail: set.fn('greatest', ['facts.detail', 'excluded.detail']),
        })),
      )
      .execute()
  }
}

async function recordRetractions(db: Database, retractions: Recording['retractions']) {
  const rows = merge(
    retractions.map(({ repositoryId, kind, key }) => ({
      repository_id: repositoryId,
      kind,
      key: text(key),
    })),
    (row) => [row.repository_id, row.kind, row.key],
    () => '',
  )
  if (rows.length === 0) return
  await db
    .insertInto('retractions')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

async function recordAccounts(db: Database, accounts: Recording['accounts']): Promise<void> {
  const rows = merge(
    accounts.map(({ id, login, type, seenAt }) => ({
      id,
      login: text(login),
      type,
      seen_at: seenAt,
    })),
    (row) => [row.id],
    (row) => [row.seen_at.toISOString(), row.login, row.type].join('\n'),
  )
  for (const batch of batches(rows)) {
    await unsettleRenamed(db, batch)
    await db
      .insertInto('accounts')
      .values(batch)
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet({
            login: sql`excluded.login`,
            type: sql`excluded.type`,
            seen_at: sql`excluded.seen_at`,
          })
          .where(
            sql<boolean>`(excluded.seen_at, excluded.login, excluded.type) > (accounts.seen_at, accounts.login, accounts.type)`,
          ),
      )
      .execute()
  }
}

async function recordSignatures(db: Database, signatures: Recording['signatures']): Promise<void> {
  const rows = merge(
    signatures.map(({ hash, domain, human }) => ({
      hash,
      domain: domain === null ? null : text(domain),
      human,
    })),
    (row) => [row.hash],
    (row) => [row.human ? '' : 'tool', row.domain ?? ''].join('\n'),
  )
  await unsettleNonhuman(db, rows)
  for (const batch of batches(rows)) {
    await db
      .insertInto('signatures')
      .values(batch)
      .onConflict((conflict) =>
        conflict.column('hash').doUpdateSet({
          domain: sql`greatest(signatures.domain, excluded.domain)`,
          human: sql`signatures.human and excluded.human`,
        }),
      )
      .execute()
  }
}

async function recordAssociations(db: Database, associations: Recording['associations']) {
  const byKey = new Map<string, { row: AssociationRow }>()
  for (const { repositoryId, accountId, inside, seenAt } of associations) {
    const key = `${repositoryId}/${accountId}/${inside}`
    const { first_at, last_at } = byKey.get(key)?.row ?? { first_at: seenAt, last_at: seenAt }
    const row = {
      repository_id: repositoryId,
      account_id: accountId,
      inside,
      first_at: new Date(Math.min(seenAt.getTime(), first_at.getTime())),
      last_at: new Date(Math.max(seenAt.getTime(), last_at.getTime())),
    }
    byKey.set(key, { row })
  }
  const rows = [...byKey].sort(([a], [b]) => compare(a, b)).map(([, { row }]) => row)
  for (const batch of batches(rows)) {
    await db
      .insertInto('associations')
      .values(batch)
      .onConflict((conflict) =>
        conflict.columns(['repository_id', 'account_id', 'inside']).doUpdateSet({
          first_at: sql`least(associations.first_at, excluded.first_at)`,
          last_at: sql`greatest(associations.last_at, excluded.last_at)`,
        }),
      )
      .execute()
  }
}

interface AssociationRow {
  repository_id: number
  account_id: number
  inside: boolean
  first_at: Date
  last_at: Date
}

async function recordThreads(db: Database, threads: Recording['threads']): Promise<void> {
  const sorted = threads.toSorted((a, b) => a.repositoryId - b.repositoryId || a.number - b.number)
  for (const once of eachOnce(sorted, (thread) => `${thread.repositoryId}/${thread.number}`)) {
    // At the same second closed beats open, and ready beats draft; after that the title decides.
    const newer = sql<boolean>`(excluded.updated_at, not excluded.open, not excluded.draft, excluded.title)
      > (threads.updated_at, not threads.open, not threads.draft, threads.title)`
    const latest = (column: string) =>
      sql`case when ${newer} then ${sql.ref(`excluded.${column}`)} else ${sql.ref(`threads.${column}`)} end`
    const known = (column: string) =>
      sql`greatest(${sql.ref(`threads.${column}`)}, ${sql.ref(`excluded.${column}`)})`
    await db
      .insertInto('threads')
      .values(
        once.map((thread) => ({
          repository_id: thread.repositoryId,
          number: thread.number,
          type: thread.type,
          updated_at: thread.updatedAt,
          title: text(thread.title),
          open: thread.open,
          draft: thread.draft,
          created_at: thread.createdAt,
          author_id: thread.authorId,
          closed_at: thread.closedAt,
          merged_at: thread.mergedAt,
          merge_sha: thread.mergeSha,
          head_repository_id: thread.headRepositoryId,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['repository_id', 'number']).doUpdateSet({
          type: sql`excluded.type`,
          updated_at: sql`greatest(threads.updated_at, excluded.updated_at)`,
          title: latest('title') as RawBuilder<string>,
          open: latest('open') as RawBuilder<boolean>,
          draft: latest('draft') as RawBuilder<boolean>,
          closed_at: latest('closed_at') as RawBuilder<Date | null>,
          created_at: sql`least(threads.created_at, excluded.created_at)`,
          author_id: known('author_id') as RawBuilder<number | null>,
          merged_at: known('merged_at') as RawBuilder<Date | null>,
          merge_sha: known('merge_sha') as RawBuilder<string | null>,
          head_repository_id: known('head_repository_id') as RawBuilder<number | null>,
        }),
      )
      .execute()
  }
}

async function recordRepositories(db: Database, repositories: Recording['repositories']) {
  const states = merge(
    repositories,
    ({ id }) => [id],
    (state) => [state.seenAt.toISOString(), state.ownerLogin, state.name].join('\n'),
  )
  for (const state of states) {
    const row = {
      owner_id: state.ownerId,
      owner_login: text(state.ownerLogin),
      owner_type: state.ownerType,
      name: text(state.name),
      default_branch: text(state.defaultBranch),
      private: state.private,
      archived: state.archived,
      stars: state.stars,
      forks: state.forks,
      seen_at: state.seenAt,
    }
    await db
      .insertInto('repositories')
      .values({ id: state.id, ...row })
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet(row)
          .where(
            sql<boolean>`(excluded.seen_at, excluded.private, excluded.archived, excluded.owner_login, excluded.name, excluded.stars, excluded.forks, excluded.default_branch)
              > (repositories.seen_at, repositories.private, repositories.archived, repositories.owner_login, repositories.name, repositories.stars, repositories.forks, repositories.default_branch)`,
          ),
      )
      .execute()
    await db
      .insertInto('day_counts')
      .values({
        repository_id: state.id,
        day: new Date(`${state.seenAt.toISOString().slice(0, 10)}T00:00:00Z`),
        stars: state.stars,
        forks: state.forks,
        seen_at: state.seenAt,
      })
      .onConflict((conflict) =>
        conflict
          .columns(['repository_id', 'day'])
          .doUpdateSet({
            stars: sql`excluded.stars`,
            forks: sql`excluded.forks`,
            seen_at: sql`excluded.seen_at`,
          })
          .where(
            // What a payload shows wins over what was worked out from the history of stars.
            sql<boolean>`day_counts.forks is null
              or (excluded.seen_at, excluded.forks, excluded.stars) > (day_counts.seen_at, day_counts.forks, day_counts.stars)`,
          ),
      )
      .execute()
  }
}

/** One row a key, the one with the greatest version, sorted by key: a statement may touch a row once. */
function merge<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => readonly (string | number)[],
  versionOf: (row: Row) => string,
): Row[] {
  const latest = new Map<string, Row>()
  for (const row of rows) {
    const key = JSON.stringify(keyOf(row))
    const other = latest.get(key)
    if (other === undefined || versionOf(row) > versionOf(other)) latest.set(key, row)
  }
  return [...latest].sort(([a], [b]) => compare(a, b)).map(([, row]) => row)
}

/**
 * In statements that touch each row once. Two states of one thread in one
 * recording are rare and partial: the second is merged by a second statement.
 */
function* eachOnce<Item>(items: readonly Item[], keyOf: (item: Item) => string): Generator<Item[]> {
  for (const batch of batches(items)) {
    let left = batch
    while (left.length > 0) {
      const seen = new Set<string>()
      const [now, later]: [Item[], Item[]] = [[], []]
      for (const item of left) {
        const isSecond = seen.has(keyOf(item))
        ;(isSecond ? later : now).push(item)
        seen.add(keyOf(item))
      }
      yield now
      left = later
    }
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

/** A push brings up to 2,048 commits; PostgreSQL takes 65,535 parameters a statement. */
function* batches<Row>(rows: readonly Row[], size = 1000): Generator<Row[]> {
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size)
}

/** PostgreSQL's text cannot hold NUL, and a title can. */
const text = (value: string): string => value.replaceAll('\0', '')

function json<Value extends object>(value: Value): RawBuilder<Value> {
  return sql`${text(JSON.stringify(value)).replaceAll('\\u0000', '')}::jsonb`
}
