import { groupOf } from '../events/account-group.ts'
import type { Person } from '../metrics/history.ts'
import type { Database } from './database.ts'

/** Logins that a repository's configuration puts into a group, in lower case. */
export interface PeopleOverrides {
  insiders: string[]
  bots: string[]
  ai: string[]
  humans: string[]
  hidden: string[]
}

/** Who did a fact, as far as the ledger knows. */
export interface Doer {
  accountId: number | null
  signature: string | null
  /** false for signatures of tools */
  human: boolean | null
  agent: string | null
}

/** Finds the person behind facts of one repository, and whether they were outside at an instant. */
export interface People {
  person(doer: Doer): Person | null
  isOutside(person: Person | null, at: Date): boolean
}

interface Span {
  firstAt: Date
  lastAt: Date
}

/** Loads the accounts and associations of these ids once; what follows needs no query. */
export async function loadPeople(
  db: Database,
  repositoryId: number,
  accountIds: readonly number[],
  overrides: PeopleOverrides,
): Promise<People> {
  const ids = [...new Set(accountIds)]
  const [accounts, associations, hidden] =
    ids.length === 0
      ? [[], [], []]
      : await Promise.all([
          db.selectFrom('accounts').selectAll().where('id', 'in', ids).execute(),
          db
            .selectFrom('associations')
            .selectAll()
            .where('repository_id', '=', repositoryId)
            .where('account_id', 'in', ids)
            .execute(),
          db
            .selectFrom('hidden_accounts')
            .select('account_id')
            .where('account_id', 'in', ids)
            .execute(),
        ])
  const asked = new Set(hidden.map(({ account_id }) => account_id))
  const byId = new Map(accounts.map((account) => [account.id, account]))
  const spans = new Map<string, Span>(
    associations.map((row) => [
      `${row.account_id}/${row.inside}`,
      { firstAt: row.first_at, lastAt: row.last_at },
    ]),
  )
  const has = (list: readonly string[], login: string | null) =>
    login !== null && list.includes(login.toLowerCase())
  const people = new Map<string, Person>()

  function person({ accountId, signature, human, agent }: Doer): Person | null {
    if (agent !== null) return { id: `agent:${agent}`, login: agent, group: 'ai', hidden: false }
    const id = accountId === null ? signature && `signature:${signature}` : `account:${accountId}`
    if (id === null) return null
    const known = people.get(id)
    if (known !== undefined) return known
    const account = accountId === null ? undefined : byId.get(accountId)
    const login = account?.login ?? null
    const found: Person = {
      id,
      login,
      group:
        account === undefined ? (human === false ? 'bot' : 'human') : groupOf(account, overrides),
      hidden: has(overrides.hidden, login) || (accountId !== null && asked.has(accountId)),
    }
    people.set(id, found)
    return found
  }

  function isOutside(who: Person | null, at: Date): boolean {
    if (who === null || who.group !== 'human') return false
    if (has(overrides.insiders, who.login)) return false
    const account = who.id.replace('account:', '')
    const inside = spans.get(`${account}/true`)
    if (inside === undefined) return true
    const outside = spans.get(`${account}/false`)
    if (outside === undefined) return false
    // Both were seen: people join ("talent comes") and leave, and what they did before stays outside.
    return at < inside.firstAt || (outside.lastAt > inside.lastAt && at > inside.lastAt)
  }

  return { person, isOutside }
}

/** The account is named nowhere from now on; what it did still counts. */
export async function hideAccount(db: Database, accountId: number, at: Date): Promise<void> {
  await db
    .insertInto('hidden_accounts')
    .values({ account_id: accountId, hidden_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
