/** A name and an address, as git writes people. */
export interface Signature {
  name: string
  email: string
}

/** Something that two signatures of one person have in common. */
export interface Evidence {
  by: 'email' | 'name' | 'noreply'
  /** the address, the full name, or the GitHub login or #number; in small letters */
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

/** Longer ones are made to be trouble. */
const longestName = 200
const longestAddress = 320

/**
 * What could show that a signature is somebody who also signs otherwise: an
 * address of their own, a full name, a login or number from GitHub's noreply
 * address. Empty for a signature that anybody could have.
 */
export function evidenceOf({ name, email }: Signature): Evidence[] {
  const address = email.trim().toLowerCase()
  const [isNoreply, id, login] = noreply.exec(address) ?? []
  const numbers = [id === undefined ? undefined : `#${id}`, login].filter(
    (value) => value !== undefined,
  )
  const fullName = fullNameOf(name)
  return [
    ...(isNoreply === undefined && isOwn(address)
      ? [{ by: 'email', value: address } as const]
      : []),
    ...numbers.map((value) => ({ by: 'noreply', value }) as const),
    ...(fullName === null ? [] : [{ by: 'name', value: fullName } as const]),
  ]
}

function isOwn(address: string): boolean {
  const at = address.lastIndexOf('@')
  if (at === -1 || address.length > longestAddress) return false
  return !sharedLocalPart.test(address.slice(0, at)) && !sharedHost.test(address.slice(at + 1))
}

function fullNameOf(name: string): string | null {
  if (name.length > longestName) return null
  const words = name.normalize('NFC').trim().split(/\s+/)
  const small = words.join(' ').toLowerCase()
  // Bytes that were no text: two such names can look the same.
  if (small.includes('\uFFFD') || placeholders.has(small)) return null
  if (words.length > 1) return small
  return isCoined(words[0] ?? '') && !machineName.test(small) ? small : null
}

/** A single word is the name of many ("David", "root") unless somebody made it up: `mona42`, `mona_l`, `mona-lisa`. */
function isCoined(word: string): boolean {
  return (/[\d_]/.test(word) && /\p{L}/u.test(word)) || /^\p{Ll}+(?:-\p{Ll}+)+$/u.test(word)
}
