import { groupOf } from './account-group.ts'
import { agentOfSignature } from './ai-agent.ts'
import type { SignatureState } from './fact.ts'

/** Turns a lower-cased e-mail address into the keyed hash that stands for it. */
export type HashEmail = (address: string) => string

/** Who a commit says wrote it. */
export interface CommitIdentity {
  name: string
  /** empty where git had none */
  email: string
  /** the account that GitHub links to the address; null where it links none */
  username: string | null
}

/** What stands behind a signature: a state to record, and the tool that it is, if it is one. */
export interface Signature {
  state: SignatureState
  /** "claude", "copilot", …; null for people and bots */
  agent: string | null
}

/** `583231+octocat@users.noreply.github.com`, and without the number before 2017; also on GitHub Enterprise. */
const noreply = /^(?:(\d{1,15})\+)?([^@+]+)@users\.noreply\.[^@]+$/

/** What GitHub itself signs with when somebody presses a button on its pages. */
const githubItself = 'noreply@github.com'

/** An address that was replaced by its hash when the delivery was kept; see hashedAddress. */
const hashed = /^([0-9a-f]+)@(.+)\.hashed\.invalid$/

/** What stands in a kept delivery where an address was: the hash, and the domain. `.invalid` is nobody's (RFC 2606). */
export function hashedAddress(email: string, hashEmail: HashEmail): string {
  return hashed.test(email) ? email : `${hashEmail(email)}@${domainOf(email)}.hashed.invalid`
}

/** Null where there is no address: then nobody is known. */
export function signatureOf(identity: CommitIdentity, hashEmail: HashEmail): Signature | null {
  const { name, username } = identity
  const given = identity.email.trim().toLowerCase()
  if (given === '') return null
  const [, knownHash, knownDomain] = hashed.exec(given) ?? []
  const email = knownDomain === undefined ? given : `@${knownDomain}`
  const [isNoreply, id, noreplyLogin] = noreply.exec(email) ?? []
  const login = username ?? noreplyLogin ?? null
  const agent = agentOfSignature({ name, email, login })
  const isBot =
    email === githubItself ||
    isBotName(name) ||
    (login !== null && groupOf({ login, type: 'User' }) !== 'human')
  return {
    agent,
    state: {
      hash: knownHash ?? hashEmail(email),
      domain: isNoreply !== undefined || email === githubItself ? null : domainOf(email),
      accountId: id === undefined ? null : Number(id),
      login,
      human: agent === null && !isBot,
    },
  }
}

function isBotName(name: string): boolean {
  return name.trim().toLowerCase().endsWith('[bot]')
}

function domainOf(email: string): string | null {
  const at = email.lastIndexOf('@')
  return at === -1 || at === email.length - 1 ? null : email.slice(at + 1)
}
