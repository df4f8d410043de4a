/** A name and an address, as git writes people. */
export interface Signature {
  name: string
  email: string
}

/** Something that two signatures of one person have in common. */
export interface SignatureEvidence {
  /** account and login are those of GitHub's noreply form */
  by: 'email' | 'account' | 'login' | 'name'
  /** the address, the account's number, the login or the full name; in small letters */
  value: string
}

/** `583231+octocat@users.noreply.github.com`, and without the number before 2017; also on GitHub Enterprise. */
const noreply = /^(?:(\d{1,15})\+)?([^@+]+)@users\.noreply\.[^@]+$/

/** Local parts that machines and instructions write: what they share is no person. */
const sharedLocalPart =
  /^(?:no-?reply|do-?not-?reply|root|admin|administrator|user|username|ubuntu|debian|ec2-user|git|jenkins|runner|you|your\.?(?:e?mail|name)|test|none|nobody|unknown)$/

/** Hosts that are no domain of anybody's: without a dot, of a local network, of a rented machine. */
const sharedHost =
  /^[^.]*$|\(none\)|\.(?:local|localdomain|localhost|internal|intranet|lan|home)$|^(?:ip-|ec2-)/

/** Names that stand for nobody in particular. */
const placeholders: ReadonlySet<string> = new Set([
  'anonymous user',
  'first last',
  'firstname lastname',
  'foo bar',
  'full name',
  'git user',
  'github actions',
  'github user',
  'jane doe',
  'john doe',
  'my name',
  'name surname',
  'no name',
  'root root',
  'super user',
  'system administrator',
  'system user',
  'test user',
  'the user',
  'ubuntu user',
  'unknown author',
  'unknown user',
  'user name',
  'your full name',
  'your github username',
  'your name',
])

/** Names of accounts on machines, with what tells one machine from another. */
const machineName =
  /^(?:ip|ec2)-|^(?:user|root|admin|test|ubuntu|debian|localhost|runner|node|vm|host)[\d_-]*$/

/** Some people give their address for a name. */
const anAddress = /[^\s@]@[^\s@]*\.[^\s@]/

/** Longer ones are made to be trouble. */
const longestName = 200
const longestAddress = 320

/**
 * What could show that a signature is somebody who also signs otherwise: an
 * address of their own, a full name, a login or number from GitHub's noreply
 * address. Empty for a signature that anybody could have.
 */
export function evidenceOf({ name, email }: Signature): SignatureEvidence[] {
  const address = email.trim().toLowerCase()
  const noreplyForm = noreplyParts(address)
  const fullName = fullNameOf(name)
  return [
    ...(noreplyForm === null && isOwnAddress(address)
      ? [{ by: 'email', value: address } as const]
      : []),
    ...(noreplyForm?.accountId == null
      ? []
      : [{ by: 'account', value: String(noreplyForm.accountId) } as const]),
    ...(noreplyForm === null ? [] : [{ by: 'login', value: noreplyForm.login } as const]),
    ...(fullName === null ? [] : [{ by: 'name', value: fullName } as const]),
  ]
}

/** What GitHub's noreply form of an address says; null for every other address. In small letters. */
export function noreplyParts(address: string): { accountId: number | null; login: string } | null {
  const [, id, login] = noreply.exec(address) ?? []
  return login === undefined ? null : { accountId: id === undefined ? null : Number(id), login }
}

/** Whether an address is somebody's own, and not one that machines, placeholders or many people sign with. In small letters. */
export function isOwnAddress(address: string): boolean {
  const at = address.lastIndexOf('@')
  if (at === -1 || address.length > longestAddress) return false
  return !isSharedLocalPart(address.slice(0, at)) && !isSharedHost(address.slice(at + 1))
}

/** `root`, `noreply`, `you`: whoever has it, what is before the @ says nothing about them. */
export function isSharedLocalPart(localPart: string): boolean {
  return sharedLocalPart.test(localPart)
}

/** `localhost`, `ip-10-0-0-1.ec2.internal`: a machine, and no domain of anybody's. */
export function isSharedHost(host: string): boolean {
  return sharedHost.test(host)
}

/**
 * What is before the @, if somebody made it up and it would be a coincidence to
 * meet it twice: `mona.lisa`, `mlisa42`. Null for "mona", "info" or "root".
 */
export function coinedLocalPart(address: string): string | null {
  const local = address.slice(0, Math.max(0, address.lastIndexOf('@')))
  if (local.length < 6 || isSharedLocalPart(local) || machineName.test(local)) return null
  return /\p{L}/u.test(local) && /[\d._-]/.test(local) ? local : null
}

/** A full name or one that somebody made up, in small letters; null for a name that many could bear. */
export function fullNameOf(name: string): string | null {
  if (name.length > longestName || anAddress.test(name)) return null
  const small = smallName(name)
  // Bytes that were no text: two such names can look the same.
  if (small.includes('\uFFFD') || placeholders.has(small)) return null
  if (small.includes(' ')) return small
  const word = name.normalize('NFC').trim()
  return isCoined(word) && !machineName.test(small) ? small : null
}

/** A name as it is compared: in small letters, with single spaces. Empty for one that holds an address, which is not ours to keep. */
export function smallName(name: string): string {
  if (anAddress.test(name)) return ''
  return name.normalize('NFC').trim().split(/\s+/).join(' ').toLowerCase()
}

/** A single word is the name of many ("David", "root") unless somebody made it up: `mona42`, `mona_l`, `mona-lisa`. */
function isCoined(word: string): boolean {
  return (/[\d_]/.test(word) && /\p{L}/u.test(word)) || /^\p{Ll}+(?:-\p{Ll}+)+$/u.test(word)
}
