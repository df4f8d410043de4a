import type { CommitTally, SignatureWork } from './commit-tally.ts'
import { monthOf } from './commit-tally.ts'
import { type Evidence, mergeSignatures } from './merge-signatures.ts'

/** How many people; `new` and `returning` add up to `total`, and are null where earlier history is not known. */
export interface PeopleCount {
  total: number
  new: number | null
  returning: number | null
  /** not part of `total` */
  bots: number
  /** AI agents, not part of `total` */
  ai: number
}

/** Somebody who signs in several ways, and why we think so. */
export interface JoinedPerson {
  name: string
  signatures: number
  evidence: Evidence[]
}

/** What the commits of a window say about the people who made them. */
export interface CommitSummary {
  commits: number
  /** who authored commits, without co-authors: what release notes usually count */
  authors: PeopleCount
  /** authors and co-authors */
  contributors: PeopleCount
  /** distinct `name <email>` of authors, as the commits have them, bots included */
  authorLines: number
  /** commits each person authored, the most first; without names */
  commitsByPerson: number[]
  /** by agent, the most first */
  agents: { agent: string; commits: number }[]
  /** oldest first, months without commits left out; `newAuthors` null as in `PeopleCount` */
  months: { month: string; commits: number; newAuthors: number | null }[]
  joined: JoinedPerson[]
}

interface CommitPerson {
  signatures: readonly SignatureWork[]
  evidence: readonly Evidence[]
  authored: number
  credited: number
  authoredBefore: boolean
  creditedBefore: boolean
  firstAuthoredAt: Date | null
}

/**
 * Contributors (CHAOSS): how many people contributed, each counted once
 * whatever they signed with. New is who is absent from all history before the
 * window, not only from the window before it; without `earlierHistory`, all that
 * came before, nobody can know.
 * https://chaoss.community/kb/metric-contributors/
 */
export function commitSummary(
  tally: CommitTally,
  { earlierHistory }: { earlierHistory: boolean },
): CommitSummary {
  const works = [...tally.signatures.values()]
  const people = mergeSignatures(works.filter(({ group }) => group === 'human')).map(personOf)
  const authors = people.filter(({ authored }) => authored > 0)
  const contributors = people.filter(({ credited }) => credited > 0)
  const newAuthors = authors.filter(({ authoredBefore }) => !authoredBefore)
  const newContributors = contributors.filter(({ creditedBefore }) => !creditedBefore)
  const count = (total: number, fresh: number) => ({
    total,
    new: earlierHistory ? fresh : null,
    returning: earlierHistory ? total - fresh : null,
  })
  return {
    commits: tally.commits,
    authors: {
      ...count(authors.length, newAuthors.length),
      ...automated(works.filter(({ authored }) => authored > 0)),
    },
    contributors: {
      ...count(contributors.length, newContributors.length),
      ...automated(works.filter(({ authored, coAuthored }) => authored + coAuthored > 0)),
      ai: tally.agents.size,
    },
    authorLines: tally.authorLines.size,
    commitsByPerson: authors.map(({ authored }) => authored).toSorted((a, b) => b - a),
    agents: ranked(tally.agents).map(([agent, commits]) => ({ agent, commits })),
    months: months(tally, earlierHistory ? newAuthors : null),
    joined: joined(contributors),
  }
}

function personOf(merged: { signatures: SignatureWork[]; evidence: Evidence[] }): CommitPerson {
  const { signatures, evidence } = merged
  const authored = sum(signatures.map((signature) => signature.authored))
  const authoredBefore = signatures.some((signature) => signature.authoredBefore)
  const dates = signatures.flatMap(({ firstAuthoredAt }) => firstAuthoredAt ?? [])
  return {
    signatures,
    evidence,
    authored,
    credited: authored + sum(signatures.map(({ coAuthored }) => coAuthored)),
    authoredBefore,
    creditedBefore: authoredBefore || signatures.some(({ coAuthoredBefore }) => coAuthoredBefore),
    firstAuthoredAt: dates.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null,
  }
}

/** Bots by the name they sign with, agents by what they are. */
function automated(works: readonly SignatureWork[]): { bots: number; ai: number } {
  const bots = works.filter(({ group }) => group === 'bot')
  return {
    bots: new Set(bots.map(({ name }) => name.trim().toLowerCase())).size,
    ai: new Set(works.flatMap(({ agent }) => agent ?? [])).size,
  }
}

function months(
  tally: CommitTally,
  newAuthors: readonly CommitPerson[] | null,
): CommitSummary['months'] {
  const firsts = (newAuthors ?? []).flatMap(({ firstAuthoredAt }) => firstAuthoredAt ?? [])
  const fresh = new Map<string, number>()
  for (const at of firsts) fresh.set(monthOf(at), (fresh.get(monthOf(at)) ?? 0) + 1)
  return [...tally.months]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([month, commits]) => ({
      month,
      commits,
      newAuthors: newAuthors === null ? null : (fresh.get(month) ?? 0),
    }))
}

/** By name, so that nobody is ranked. */
function joined(people: readonly CommitPerson[]): JoinedPerson[] {
  return people
    .filter(({ evidence }) => evidence.length > 0)
    .map(({ signatures, evidence }) => ({
      name: signatures[0]?.name ?? '',
      signatures: signatures.length,
      evidence: evidence.map(withoutLocalPart),
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

/** An address is nobody's business but its owner's: its domain says enough. */
function withoutLocalPart({ by, value }: Evidence): Evidence {
  return { by, value: by === 'email' ? value.slice(value.lastIndexOf('@') + 1) : value }
}

function ranked(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts].toSorted(([a, inA], [b, inB]) => inB - inA || (a < b ? -1 : 1))
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
