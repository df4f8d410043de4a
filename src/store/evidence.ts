import { sql } from 'kysely'
import type { Evidence, Member } from '../events/fact.ts'
import { type Database, type EvidenceSource, type EvidenceTable, everywhere } from './database.ts'

/** Adds evidence, in the caller's transaction. Whoever holds something new is settled before the next report. */
export async function addEvidence(
  db: Database,
  evidence: readonly Evidence[],
  source: EvidenceSource,
): Promise<void> {
  const rows = sortedRows(evidence, source)
  // PostgreSQL takes 65,535 parameters a statement.
  for (let start = 0; start < rows.length; start += 5000) {
    await db
      .with('added', (query) =>
        query
          .insertInto('evidence')
          .values(rows.slice(start, start + 5000))
          .onConflict((conflict) => conflict.doNothing())
          .returning(['member', 'by']),
      )
      .insertInto('unsettled_members')
      .columns(['member'])
      .expression((query) =>
        query
          .selectFrom('added')
          .select('added.member')
          .distinct()
          // It only suggests.
          .where('added.by', '<>', 'local-part'),
      )
      .execute()
  }
}

/** Replaces all that a source said about a repository. */
export async function replaceEvidence(
  db: Database,
  evidence: readonly Evidence[],
  { repositoryId, source }: { repositoryId: number; source: EvidenceSource },
): Promise<void> {
  await withdraw(db, sql`repository_id = ${repositoryId} and source = ${source}`)
  await addEvidence(db, evidence, source)
}

/** Replaces what a source says about members themselves, wherever they are. */
export async function replaceEvidenceOf(
  db: Database,
  members: readonly Member[],
  { evidence, source }: { evidence: readonly Evidence[]; source: EvidenceSource },
): Promise<void> {
  await withdraw(db, sql`member = any(${[...members]}::text[]) and source = ${source}`)
  await addEvidence(db, evidence, source)
}

/** Takes back what is held in common by that value, whoever holds it. */
export async function withdrawEvidence(
  db: Database,
  { by, value }: Pick<Evidence, 'by' | 'value'>,
): Promise<void> {
  await withdraw(db, sql`evidence.by = ${by} and evidence.value = ${value}`)
}

/** Takes back what these members hold, and what leads to them. */
export async function withdrawEvidenceOf(db: Database, members: readonly Member[]): Promise<void> {
  const some = sql`${[...members]}::text[]`
  await withdraw(
    db,
    sql`(
      member = any(${some})
      or by = 'account' and 'account:' || value = any(${some})
      or by = 'person' and string_to_array(value, ' ') && ${some}
    )`,
  )
}

/** Takes back what leads to an account by a login. */
export async function withdrawLogin(db: Database, login: string): Promise<void> {
  await withdraw(db, sql`by = 'login' and value = ${login.toLowerCase()}`)
}

/** Without it they part, so each of those who held it is where one part begins. */
async function withdraw(db: Database, which: ReturnType<typeof sql>): Promise<void> {
  await sql`
    with gone as (delete from evidence where ${which} returning by, value)
    insert into unsettled_members (member)
    select evidence.member
    from gone join evidence on evidence.by = gone.by and evidence.value = gone.value
    union
    select 'account:' || accounts.id
    from gone join accounts on lower(accounts.login) = gone.value and gone.by = 'login'
  `.execute(db)
}

function sortedRows(evidence: readonly Evidence[], source: EvidenceSource): EvidenceTable[] {
  const rows = new Map<string, EvidenceTable>()
  for (const { repositoryId, member, by, value } of evidence) {
    const row = {
      repository_id: repositoryId ?? everywhere,
      member,
      by,
      value: value.replaceAll('\0', ''),
      source,
    }
    rows.set(JSON.stringify(row), row)
  }
  // In order, so that two transactions never wait for each other in a circle.
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}

/** Accounts that are new or called otherwise, and whoever had the login that they had: it may lead to somebody else now. */
export async function unsettleRenamed(
  db: Database,
  accounts: readonly { id: number; login: string }[],
): Promise<void> {
  await sql`
    insert into unsettled_members (member)
    select 'account:' || told.id
    from unnest(
      ${accounts.map(({ id }) => id)}::bigint[],
      ${accounts.map(({ login }) => login)}::text[]
    ) as told (id, login)
    left join accounts on accounts.id = told.id
    where accounts.login is distinct from told.login
    union
    select evidence.member
    from unnest(
      ${accounts.map(({ id }) => id)}::bigint[],
      ${accounts.map(({ login }) => login)}::text[]
    ) as told (id, login)
    join accounts on accounts.id = told.id and accounts.login <> told.login
    join evidence on evidence.value = lower(accounts.login) and evidence.by = 'login'
  `.execute(db)
}

/** Signatures that were taken for a person's until now: a name that a tool signs with joins nobody. */
export async function unsettleNonhuman(
  db: Database,
  signatures: readonly { hash: string; human: boolean }[],
): Promise<void> {
  const tools = signatures.filter(({ human }) => !human).map(({ hash }) => hash)
  if (tools.length === 0) return
  await sql`
    insert into unsettled_members (member)
    select distinct other.member
    from unnest(${tools}::text[]) as told (hash)
    -- A mailmap may name a signature before any commit has it.
    left join signatures on signatures.hash = told.hash
    join evidence as own on own.member = 'signature:' || told.hash
    join evidence as other on other.value = own.value and other.by = own.by
    where signatures.human is distinct from false
      and own.by in ('name', 'mailmap')
  `.execute(db)
}
