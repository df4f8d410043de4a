import { signatureOf } from '../events/signature.ts'
import type { Signature } from '../events/signature-evidence.ts'
import { helpersIn } from '../events/trailers.ts'

/** A commit as far as it tells who did what, and when it came in. */
export interface CreditableCommit {
  committedAt: Date
  parents: number
  name: string
  email: string
  /** as the commit has them, before `.mailmap` */
  givenName: string
  givenEmail: string
  message: string
}

/** Whom a commit credits, and for what. */
export interface CommitCredit {
  committedAt: Date
  parents: number
  author: Signature
  /** `name <email>` before `.mailmap` */
  authorLine: string
  coAuthors: readonly Signature[]
  /** tools that its message names */
  agents: readonly string[]
}

/** What stands behind one signature in the commits told so far. */
export interface SignatureWork extends Signature {
  group: 'human' | 'bot' | 'ai'
  /** the tool, where it is one */
  agent: string | null
  /** commits of the window */
  authored: number
  coAuthored: number
  firstAuthoredAt: Date | null
  /** seen in any commit from before the window */
  authoredBefore: boolean
  coAuthoredBefore: boolean
}

/** Commits of a window added up by signature: it grows with people, not with commits. */
export interface CommitTally {
  commits: number
  /** commits without a parent, of the window and from before it */
  roots: number
  firstAt: Date | null
  lastAt: Date | null
  signatures: Map<string, SignatureWork>
  /** each distinct `name <email>` of the window's authors */
  authorLines: Set<string>
  /** how many commits of the window an agent wrote or helped with, by agent */
  agents: Map<string, number>
  /** `2026-11` (UTC) → commits of the window */
  months: Map<string, number>
}

export function newTally(): CommitTally {
  return {
    commits: 0,
    roots: 0,
    firstAt: null,
    lastAt: null,
    signatures: new Map(),
    authorLines: new Set(),
    agents: new Map(),
    months: new Map(),
  }
}

/** Reads what a commit says about who made it. */
export function creditOf(commit: CreditableCommit): CommitCredit {
  const { committedAt, parents, name, email, givenName, givenEmail, message } = commit
  return {
    committedAt,
    parents,
    author: { name, email },
    authorLine: `${givenName} <${givenEmail}>`,
    // Reading a message line by line costs more than all else.
    ...(mayNameHelpers.test(message) ? helpersIn(message) : nobody),
  }
}

const mayNameHelpers = /-by:|generated (?:with|by)/i
const nobody = { coAuthors: [], agents: [] }

/** Adds a commit of the window, or one from before it: of those only the people count. */
export function addCommit(
  tally: CommitTally,
  credit: CommitCredit,
  period: 'before' | 'within',
): void {
  const author = workOf(tally, credit.author)
  const others = credit.coAuthors.map((coAuthor) => workOf(tally, coAuthor))
  const coAuthors = new Set(others.filter((work) => work !== null))
  if (author !== null) coAuthors.delete(author)
  if (credit.parents === 0) tally.roots += 1
  if (period === 'before') {
    if (author !== null) author.authoredBefore = true
    for (const work of coAuthors) work.coAuthoredBefore = true
    return
  }
  addDates(tally, credit.committedAt)
  tally.authorLines.add(credit.authorLine)
  if (author !== null) {
    author.authored += 1
    author.firstAuthoredAt = earlier(author.firstAuthoredAt, credit.committedAt)
  }
  for (const work of coAuthors) work.coAuthored += 1
  const named = [author, ...coAuthors].map((work) => work?.agent ?? null)
  for (const agent of new Set([...named, ...credit.agents])) {
    if (agent !== null) add(tally.agents, agent)
  }
}

function addDates(tally: CommitTally, committedAt: Date): void {
  tally.commits += 1
  tally.firstAt = earlier(tally.firstAt, committedAt)
  if (tally.lastAt === null || committedAt > tally.lastAt) tally.lastAt = committedAt
  add(tally.months, monthOf(committedAt))
}

/** `2026-11`, in UTC. */
export function monthOf(instant: Date): string {
  return `${instant.getUTCFullYear()}-${String(instant.getUTCMonth() + 1).padStart(2, '0')}`
}

/** Null for a signature without an address and a name: then nobody is known. */
function workOf({ signatures }: CommitTally, { name, email }: Signature): SignatureWork | null {
  const key = `${name}\0${email}`
  const known = signatures.get(key)
  if (known !== undefined) return known
  if (name.trim() === '' && email.trim() === '') return null
  const signature = signatureOf({ name, email: email || 'unknown', username: null }, (own) => own)
  const agent = signature?.agent ?? null
  const work: SignatureWork = {
    name,
    email,
    group: agent !== null ? 'ai' : signature?.state.human === false ? 'bot' : 'human',
    agent,
    authored: 0,
    coAuthored: 0,
    firstAuthoredAt: null,
    authoredBefore: false,
    coAuthoredBefore: false,
  }
  signatures.set(key, work)
  return work
}

function earlier(known: Date | null, other: Date): Date {
  return known === null || other < known ? other : known
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
