import { z } from 'zod'
import { configurationOf } from '../../jobs/configuration.ts'
import type { Deps } from '../deps.ts'
import { UserError } from '../errors.ts'
import { explainedGroupOf } from '../events/account-group.ts'
import {
  type ExplainedAccount,
  groupReason,
  renderExplainedAccounts,
} from '../report/explained-accounts.ts'
import { accountNamed, hasContributed } from '../store/contributor.ts'
import type { AccountTable } from '../store/database.ts'
import { explainPerson, signaturesCalled } from '../store/explain-person.ts'
import { loadPeople, type PeopleOverrides } from '../store/people.ts'
import { keepApart, keepTogether } from '../store/person-decisions.ts'
import { accountMember } from '../store/person-members.ts'
import { type TrackedRepository, trackedRepositories } from '../store/repositories.ts'

export const ExplainRequest = z.object({
  command: z.literal('explain'),
  logins: z.array(z.string()),
  /** `owner/name`; null: wherever they are known */
  repository: z.string().nullable(),
  /** what a person says about the one login */
  decision: z
    .object({
      say: z.enum(['apart', 'together']),
      /** a login, or the first digits of a signature's hash */
      of: z.string(),
    })
    .nullable(),
})
type ExplainRequest = z.output<typeof ExplainRequest>

/**
 * What accounts are taken for, by what the store knows of them.
 * @throws UserError when a decision is about somebody who is not known
 */
export async function explainAccounts(
  { logins, decision }: ExplainRequest,
  repository: TrackedRepository | null,
  deps: Deps,
): Promise<{ text: string; data: ExplainedAccount[] }> {
  if (decision !== null) await decide(logins, decision, deps)
  const places = repository === null ? await trackedRepositories(deps.db) : [repository]
  const data: ExplainedAccount[] = []
  for (const login of logins) data.push(await explained(login, places, deps))
  return { text: renderExplainedAccounts(data), data }
}

async function explained(
  login: string,
  places: readonly TrackedRepository[],
  deps: Deps,
): Promise<ExplainedAccount> {
  const account = await accountNamed(deps.db, login)
  const known: TrackedRepository[] = []
  for (const place of places) {
    if (account === null) break
    if (places.length === 1 || (await hasContributed(deps.db, place.id, account.id))) {
      known.push(place)
    }
  }
  const [first, another] = known
  const overrides =
    first !== undefined && another === undefined
      ? configurationOf(first, deps.defaults).people
      : deps.defaults.people
  const { group, reason } = explainedGroupOf(account ?? { login, type: 'User' }, overrides)
  const repositories = []
  for (const place of known) {
    if (account === null) break
    repositories.push(await explainedIn(place, account, deps))
  }
  return { login, kind: group, reason: groupReason(reason), repositories }
}

async function explainedIn(place: TrackedRepository, account: AccountTable, deps: Deps) {
  const { db, now, defaults } = deps
  const overrides: PeopleOverrides = configurationOf(place, defaults).people
  const member = accountMember(account.id)
  const people = await loadPeople(db, place.id, [member], overrides)
  const person = people.person({ member, human: null, agent: null })
  const { inside, insideAt, by: insideBy } = people.standing(person, now())
  const { members, keptApart, suggestions } = await explainPerson(db, place.id, member)
  const shown = <One extends { member: unknown }>({ member: _, ...one }: One) => one
  return {
    repository: `${place.ownerLogin}/${place.name}`,
    ...{ inside, insideAt, insideBy },
    organization: person?.organization ?? null,
    members: members.map(shown),
    keptApart: keptApart.map(shown),
    suggestions: suggestions.map(shown),
  }
}

async function decide(
  logins: readonly string[],
  { say, of }: NonNullable<ExplainRequest['decision']>,
  { db, now }: Deps,
): Promise<void> {
  const [login, another] = logins
  if (login === undefined || another !== undefined) {
    throw new UserError(`--${say} is about one login: name one.`)
  }
  const account = await accountNamed(db, login)
  if (account === null) throw unknown(login)
  const one = accountMember(account.id)
  const other = await memberCalled(of, { db })
  if (other === one) throw new UserError(`--${say}: ${login} and ${of} are the same account.`)
  await db.transaction().execute(async (trx) => {
    if (say === 'apart') await keepApart(trx, [one, other], now())
    else await keepTogether(trx, [one, other])
  })
}

async function memberCalled(name: string, { db }: Pick<Deps, 'db'>) {
  const account = await accountNamed(db, name)
  if (account !== null) return accountMember(account.id)
  const [signature, another] = await signaturesCalled(db, name.toLowerCase())
  if (another !== undefined) {
    throw new UserError(`Several signatures begin with ${name}. Give more of its digits.`)
  }
  if (signature === undefined) throw unknown(name)
  return signature
}

function unknown(name: string): UserError {
  return new UserError(
    `Nothing is known of ${JSON.stringify(name)}. Name a login that the App has seen, or the digits of a signature that "explain" shows.`,
  )
}
