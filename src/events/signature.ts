import { groupOf } from './account-group.ts'
import { agentOfSignature } from './ai-agent.ts'
import type { Evidence, Member, SignatureState } from './fact.ts'
import {
  coinedLocalPart,
  fullNameOf,
  isOwnAddress,
  isSharedHost,
  noreplyParts,
  smallName,
} from './signature-evidence.ts'

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

/** What stands behind a signature: a state and evidence to record, and the tool that it is, if it is one. */
export interface Signature {
  state: SignatureState
  /** what its owner's other signatures and accounts would have in common with it */
  evidence: Pick<Evidence, 'by' | 'value'>[]
  /** "claude", "copilot", …; null for people and bots */
  agent: string | null
}

/** What GitHub itself signs with when somebody presses a button on its pages. */
const githubItself = 'noreply@github.com'

/** An address that was replaced by its hash when the delivery was kept; see hashedAddress. */
const hashed = /^([0-9a-f]+)(?:\.([0-9a-f]+))?@(.+)\.hashed\.invalid$/

/**
 * What stands in a kept delivery where an address was: its hash, that of a
 * coined part before the @, and the domain. `.invalid` is nobody's (RFC 2606).
 */
export function hashedAddress(email: string, hashEmail: HashEmail): string {
  if (hashed.test(email)) return email
  const { hash, localPart, domain } = addressParts(email, hashEmail)
  return `${hash}${localPart === null ? '' : `.${localPart}`}@${domain}.hashed.invalid`
}

/** Null where there is no address: then nobody is known. */
export function signatureOf(identity: CommitIdentity, hashEmail: HashEmail): Signature | null {
  const { name, username } = identity
  const email = identity.email.trim().toLowerCase()
  if (email === '') return null
  const { hash, localPart, domain, isOwn } = addressParts(email, hashEmail)
  const noreplyForm = noreplyParts(email)
  const login = username ?? noreplyForm?.login ?? null
  const agent = agentOfSignature({ name, email, login })
  const signsAsBot =
    email === githubItself ||
    name.trim().toLowerCase().endsWith('[bot]') ||
    agentOfSignature({ name, email, login: null }) !== null
  const human =
    agent === null &&
    !signsAsBot &&
    (login === null || groupOf({ login, type: 'User' }) === 'human')
  const fullName = human ? fullNameOf(name) : null
  return {
    agent,
    state: {
      // Many sign with such an address; with the name it is at most those of one name. What
      // GitHub links may not matter here: a git log does not know it.
      hash: isOwn || signsAsBot ? hash : hashEmail(`${smallName(name)}\n${hash}`),
      domain: noreplyForm !== null || email === githubItself ? null : domain,
      human,
    },
    evidence: [
      ...(noreplyForm?.accountId == null
        ? []
        : [{ by: 'account', value: String(noreplyForm.accountId) } as const]),
      ...(login === null ? [] : [{ by: 'login', value: login.toLowerCase() } as const]),
      ...(fullName === null ? [] : [{ by: 'name', value: nameHash(fullName, hashEmail) } as const]),
      ...(localPart === null || !human || !isOwn
        ? []
        : [{ by: 'local-part', value: localPart } as const]),
    ],
  }
}

/** What stands for a full name, which is nobody's business where it is not on an account's page. */
export function nameHash(fullName: string, hashEmail: HashEmail): string {
  return hashEmail(`name\n${fullName}`)
}

/**
 * What is found of a signature in one repository. A name says something in that
 * repository alone; everything else holds everywhere, and then the account holds it, too.
 */
export function evidenceIn(
  repositoryId: number,
  { state, evidence }: Pick<Signature, 'state' | 'evidence'>,
): Evidence[] {
  const member: Member = `signature:${state.hash}`
  return evidence.flatMap(({ by, value }): Evidence[] => [
    { repositoryId: by === 'name' ? repositoryId : null, member, by, value },
    ...(by === 'account' ? [accountEvidence(Number(value))] : []),
  ])
}

/** What an account has in common with the signatures that GitHub says are its own. */
function accountEvidence(accountId: number): Evidence {
  return {
    repositoryId: null,
    member: `account:${accountId}`,
    by: 'account',
    value: String(accountId),
  }
}

interface AddressParts {
  hash: string
  /** keyed hash of a coined local part; null for one that many have */
  localPart: string | null
  domain: string | null
  isOwn: boolean
}

/** The same for an address and for what stands in its place in a kept delivery. */
function addressParts(email: string, hashEmail: HashEmail): AddressParts {
  const [, hash, localPart, domain = ''] = hashed.exec(email) ?? []
  if (hash !== undefined) {
    return { hash, localPart: localPart ?? null, domain, isOwn: !isSharedHost(domain) }
  }
  const isNoreply = noreplyParts(email) !== null
  const coined = isNoreply ? null : coinedLocalPart(email)
  return {
    hash: hashEmail(email),
    localPart: coined === null ? null : hashEmail(`local part\n${coined}`),
    domain: domainOf(email),
    isOwn: isNoreply || isOwnAddress(email),
  }
}

function domainOf(email: string): string | null {
  const at = email.lastIndexOf('@')
  return at === -1 || at === email.length - 1 ? null : email.slice(at + 1)
}
