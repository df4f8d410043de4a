import type { Evidence, Member } from '../events/fact.ts'
import { evidenceIn, type HashEmail, nameHash, signatureOf } from '../events/signature.ts'
import { fullNameOf } from '../events/signature-evidence.ts'

/** One line of a `.mailmap`: whoever signs as the one is properly the other. Null where it says nothing. */
export interface MailmapEntry {
  properName: string | null
  properEmail: string | null
  /** null: whatever the name */
  commitName: string | null
  commitEmail: string
}

/** Larger ones are made to be trouble. */
const mostEntries = 20_000
const longestLine = 1_000

/**
 * The entries of a `.mailmap`, read as git reads it: what is no entry is passed
 * over, and anything may follow an address.
 * https://git-scm.com/docs/gitmailmap
 */
export function readMailmap(text: string): MailmapEntry[] {
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .filter((line) => line.length <= longestLine && !line.startsWith('#'))
    .flatMap((line) => entryIn(line) ?? [])
    .slice(0, mostEntries)
}

function entryIn(line: string): MailmapEntry | null {
  const first = signedAt(line, 0)
  if (first === null || first.email === '') return null
  const second = signedAt(line, first.end)
  return second === null
    ? { properName: first.name, properEmail: null, commitName: null, commitEmail: first.email }
    : {
        properName: first.name,
        properEmail: first.email,
        commitName: second.name,
        commitEmail: second.email,
      }
}

/** The next `Name <address>` of a line, and where it ends. */
function signedAt(line: string, start: number) {
  const open = line.indexOf('<', start)
  const close = open === -1 ? -1 : line.indexOf('>', open + 1)
  if (close === -1) return null
  const name = line.slice(start, open).trim()
  return { name: name === '' ? null : name, email: line.slice(open + 1, close), end: close + 1 }
}

/**
 * What a repository's `.mailmap` says about who is who. An address that it maps
 * to several people, by their names, is shared by them and joins nobody.
 */
export function mailmapEvidence(
  repositoryId: number,
  entries: readonly MailmapEntry[],
  hashEmail: HashEmail,
): Evidence[] {
  const shared = sharedAddresses(entries)
  return entries
    .filter(({ commitEmail }) => !shared.has(commitEmail.toLowerCase()))
    .flatMap((entry) => entryEvidence(repositoryId, entry, hashEmail))
}

function entryEvidence(
  repositoryId: number,
  entry: MailmapEntry,
  hashEmail: HashEmail,
): Evidence[] {
  const { properName, properEmail, commitName, commitEmail } = entry
  const signed = (name: string | null, email: string) =>
    signatureOf({ name: name ?? properName ?? '', email, username: null }, hashEmail)
  const commit = signed(commitName, commitEmail)
  const proper = properEmail === null ? null : signed(properName, properEmail)
  if (commit === null || !commit.state.human || proper?.state.human === false) return []
  const member: Member = `signature:${commit.state.hash}`
  const fullName = properName === null ? null : fullNameOf(properName)
  const named: Evidence[] =
    fullName === null
      ? []
      : [{ repositoryId, member, by: 'name', value: nameHash(fullName, hashEmail) }]
  if (proper === null || proper.state.hash === commit.state.hash) return named
  const { hash: value } = proper.state
  const holders: Member[] = [member, `signature:${value}`]
  return [
    ...named,
    ...holders.map((holder): Evidence => ({ repositoryId, member: holder, by: 'mailmap', value })),
    // Here and not everywhere: it is told by this file alone.
    ...evidenceIn(repositoryId, proper).map((evidence) => ({ ...evidence, repositoryId })),
  ]
}

function sharedAddresses(entries: readonly MailmapEntry[]): Set<string> {
  const properOf = new Map<string, string>()
  const shared = new Set<string>()
  for (const { properName, properEmail, commitEmail } of entries) {
    const address = commitEmail.toLowerCase()
    const proper = (properEmail ?? properName ?? '').toLowerCase()
    const known = properOf.get(address)
    if (known !== undefined && known !== proper) shared.add(address)
    properOf.set(address, proper)
  }
  return shared
}
