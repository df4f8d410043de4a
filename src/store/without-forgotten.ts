import type { Evidence, Fact, Member, Recording, ThreadState } from '../events/fact.ts'
import type { Database } from './database.ts'
import { eraseSignatures } from './erase-signatures.ts'
import {
  beginForgetting,
  forgottenAmong,
  type Identity,
  letGo,
  loginIdentity,
  rememberForgotten,
} from './forgotten.ts'

/**
 * A recording without the people who asked to be forgotten: what they did stays
 * as GitHub shows what a deleted account did, by nobody. A signature that
 * GitHub says is theirs is forgotten with them from then on, also where it
 * stands already.
 */
export async function withoutForgotten(db: Database, recording: Recording): Promise<Recording> {
  const known = await forgottenAmong(db, identitiesIn(recording))
  if (known.size === 0) return recording
  const signatures = signaturesOf(known, recording.evidence)
  if (signatures.length > 0) {
    await beginForgetting(db)
    await rememberForgotten(db, signatures)
    await eraseSignatures(db, signatures.map(hashIn))
  }
  await letGo(db, loginsOfOthers(known, recording))
  const gone = new Set([...known, ...signatures])
  return without(recording, (one) => gone.has(one))
}

type IsGone = (identity: Identity) => boolean

function without(recording: Recording, isGone: IsGone): Recording {
  const isAccountGone = (id: number | null) => id !== null && isGone(`account:${id}`)
  return {
    ...recording,
    facts: recording.facts.flatMap((fact) => factWithout(fact, isGone)),
    accounts: recording.accounts.filter(({ id }) => !isAccountGone(id)),
    signatures: recording.signatures.filter(({ hash }) => !isGone(`signature:${hash}`)),
    evidence: recording.evidence.filter((one) => !identitiesOf(one).some(isGone)),
    associations: recording.associations.filter(({ accountId }) => !isAccountGone(accountId)),
    threads: recording.threads.map((thread) =>
      isAccountGone(thread.authorId) ? threadByNobody(thread) : thread,
    ),
  }
}

/** Nothing for a star: it is nothing but who gave it, and how many there are is counted by the day. */
function factWithout(fact: Fact, isGone: IsGone): Fact[] {
  const { kind, accountId, signature } = fact
  if (accountId !== null && isGone(`account:${accountId}`)) {
    const { fullName: _, ...detail } = fact.detail
    return kind === 'star.created' || kind === 'star.deleted'
      ? []
      : [{ ...fact, accountId: null, detail }]
  }
  if (signature !== null && isGone(`signature:${signature}`)) {
    return [{ ...fact, signature: null, key: keyByNobody(fact) }]
  }
  return [fact]
}

/** A co-author's key holds their signature. */
function keyByNobody({ kind, key }: Fact): string {
  return kind === 'commit.coauthored' ? `${key.split(':')[0]}:nobody` : key
}

function threadByNobody(thread: ThreadState): ThreadState {
  return { ...thread, authorId: null, headRepositoryId: null }
}

function identitiesIn({ facts, accounts, signatures, evidence, ...rest }: Recording) {
  const account = (id: number | null): Identity[] => (id === null ? [] : [`account:${id}`])
  return new Set<Identity>([
    ...facts.flatMap(({ accountId, signature }) => [
      ...account(accountId),
      ...(signature === null ? [] : [`signature:${signature}` as const]),
    ]),
    ...accounts.flatMap(({ id, login }) => [...account(id), loginIdentity(login)]),
    ...signatures.map(({ hash }) => `signature:${hash}` as const),
    ...evidence.flatMap(identitiesOf),
    ...rest.associations.flatMap(({ accountId }) => account(accountId)),
    ...rest.threads.flatMap(({ authorId }) => account(authorId)),
  ])
}

/** Whom a piece of evidence is about, and whom it leads to. */
function identitiesOf({ member, by, value }: Evidence): Identity[] {
  if (by === 'account') return [member, `account:${Number(value)}`]
  return by === 'login' ? [member, loginIdentity(value)] : [member]
}

type SignatureMember = Extract<Member, `signature:${string}`>
const isSignature = (member: Member): member is SignatureMember => member.startsWith('signature:')
const hashIn = (member: SignatureMember) => member.slice('signature:'.length)

/** By a number, or by a login where no number says whose it is: logins are recycled. */
function signaturesOf(
  known: ReadonlySet<Identity>,
  evidence: readonly Evidence[],
): SignatureMember[] {
  const numbered = new Set(evidence.flatMap(({ member, by }) => (by === 'account' ? member : [])))
  const found = evidence.flatMap(({ member, by, value }) => {
    const leadsToForgotten =
      (by === 'account' && known.has(`account:${Number(value)}`)) ||
      (by === 'login' && known.has(loginIdentity(value)) && !numbered.has(member))
    return leadsToForgotten && isSignature(member) && !known.has(member) ? member : []
  })
  return [...new Set(found)]
}

/** Logins of people who are forgotten that belong to others by now. */
function loginsOfOthers(known: ReadonlySet<Identity>, { accounts }: Recording): Identity[] {
  return accounts
    .filter(({ id }) => !known.has(`account:${id}`))
    .map(({ login }) => loginIdentity(login))
    .filter((login) => known.has(login))
}
