import { sql } from 'kysely'
import type { Database } from './database.ts'
import { eraseMembers, eraseSignatures } from './erase-signatures.ts'
import { withdrawLogin } from './evidence.ts'
import { beginForgetting, type Identity, loginIdentity, rememberForgotten } from './forgotten.ts'
import { eraseForks } from './forks.ts'
import { accountMember } from './person-members.ts'
import { commentedThreadsOf } from './publications.ts'
import { settlePeople } from './settle-people.ts'
import { wantWork } from './work.ts'

export interface ErasedAccount {
  /** facts that were theirs, and are nobody's now or gone */
  facts: number
  /** pull requests of theirs, whose comments are looked at again */
  threads: { repositoryId: number; number: number }[]
  /** signatures that were theirs */
  signatures: string[]
}

/**
 * Takes an account out of the store, and everything that leads to it, in one
 * transaction; from then on it is not let in again. What it did stays, by
 * nobody. Repeated, it changes nothing.
 *
 * @param login as it was last seen by whoever asks
 */
export async function eraseAccount(
  db: Database,
  account: { id: number; login: string },
  at: Date,
): Promise<ErasedAccount> {
  return await db.transaction().execute(async (trx) => {
    await beginForgetting(trx)
    const logins = await loginsOf(trx, account)
    const signatures = await signaturesOf(trx, account.id, logins)
    const threads = await commentedThreadsOf(trx, account.id)
    await rememberForgotten(trx, [
      `account:${account.id}`,
      ...logins.map(loginIdentity),
      ...signatures.map((hash): Identity => `signature:${hash}`),
    ])
    await eraseSignatures(trx, signatures)
    const facts = await eraseDoings(trx, account.id)
    for (const login of logins) await withdrawLogin(trx, login)
    await eraseMembers(trx, [accountMember(account.id)])
    await eraseStates(trx, account.id)
    await settlePeople(trx)
    for (const payload of threads) {
      const key = `${payload.repositoryId}/${payload.number}`
      await wantWork(trx, { job: 'summarise-pull-request', key, payload }, at)
    }
    return { facts, threads, signatures }
  })
}

async function loginsOf(
  db: Database,
  { id, login }: { id: number; login: string },
): Promise<string[]> {
  const row = await db
    .selectFrom('accounts')
    .select('login')
    .where('id', '=', id)
    .executeTakeFirst()
  return [...new Set([login, row?.login ?? login].map((each) => each.toLowerCase()))]
}

/** By the account's number, or by its login where no number says whose they are. */
async function signaturesOf(
  db: Database,
  accountId: number,
  logins: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ hash: string }>`
    select distinct substr(evidence.member, 11) as hash
    from evidence
    where evidence.member like 'signature:%' and (
      evidence.by = 'account' and evidence.value = ${String(accountId)}
      or evidence.by = 'login' and evidence.value = any(${[...logins]}::text[])
        and not exists (
          select from evidence as numbered
          where numbered.member = evidence.member and numbered.by = 'account'
        )
    )`.execute(db)
  return rows.map(({ hash }) => hash)
}

/** @returns how many facts were theirs */
async function eraseDoings(db: Database, accountId: number): Promise<number> {
  const { rows } = await sql<{ facts: number }>`
    with stars as (
      delete from facts
      where repository_id in (select id from repositories) and account_id = ${accountId}
        and kind in ('star.created', 'star.deleted')
      returning 1
    ), others as (
      update facts set account_id = null, detail = detail - 'fullName'
      where repository_id in (select id from repositories) and account_id = ${accountId}
        and kind not in ('star.created', 'star.deleted')
      returning 1
    )
    select ((select count(*) from stars) + (select count(*) from others))::int as facts`.execute(db)
  await db
    .updateTable('threads')
    .set({ author_id: null, head_repository_id: null })
    .where('author_id', '=', accountId)
    .execute()
  return rows[0]?.facts ?? 0
}

async function eraseStates(db: Database, accountId: number): Promise<void> {
  const forks = await db
    .selectFrom('forks')
    .select(['repository_id', 'fork_id'])
    .where('owner_id', '=', accountId)
    .execute()
  for (const { repository_id, fork_id } of forks) await eraseForks(db, repository_id, [fork_id])
  const tables = ['associations', 'author_histories', 'hidden_accounts', 'milestones'] as const
  for (const table of tables) {
    await db.deleteFrom(table).where('account_id', '=', accountId).execute()
  }
  await db.deleteFrom('accounts').where('id', '=', accountId).execute()
}
