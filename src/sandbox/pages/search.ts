import type { Thread } from '../entities.ts'

/** One word of a search as GitHub writes it: `is:merged`, `merged:2026-11-16..2026-11-22`. */
type Test = (thread: Thread) => boolean

const states: Readonly<Record<string, Test>> = {
  pr: ({ pull }) => pull !== null,
  issue: ({ pull }) => pull === null,
  open: ({ open }) => open,
  closed: ({ open }) => !open,
  merged: ({ pull }) => pull?.mergedAt != null,
  unmerged: ({ pull }) => pull !== null && pull.mergedAt === null,
}

const instants: Readonly<Record<string, (thread: Thread) => Date | null>> = {
  created: ({ createdAt }) => createdAt,
  closed: ({ closedAt }) => closedAt,
  merged: ({ pull }) => pull?.mergedAt ?? null,
}

/** The threads that a search finds. A word that means nothing here excludes nothing. */
export function search(threads: readonly Thread[], query: string): Thread[] {
  const tests = query.split(/\s+/).flatMap((word) => testOf(word) ?? [])
  return threads.filter((thread) => tests.every((test) => test(thread)))
}

function testOf(word: string): Test | null {
  const [, name = '', value = ''] = /^(\w+):(.+)$/.exec(word) ?? []
  if (name === 'is') return Object.hasOwn(states, value) ? (states[value] ?? null) : null
  const instantOf = Object.hasOwn(instants, name) ? instants[name] : undefined
  const range = rangeOf(value)
  if (instantOf === undefined || range === null) return null
  return (thread) => {
    const at = instantOf(thread)
    return at !== null && at >= range.from && at < range.to
  }
}

const dayMs = 24 * 60 * 60_000

/** Both ends belong to the range, and a bare date is the whole day in UTC. */
function rangeOf(value: string): { from: Date; to: Date } | null {
  const [first = '', last = first] = value.split('..')
  const [from, end] = [new Date(first), new Date(last)]
  if (Number.isNaN(from.getTime()) || Number.isNaN(end.getTime())) return null
  const length = /^\d{4}-\d\d-\d\d$/.test(last) ? dayMs : 1000
  return { from, to: new Date(end.getTime() + length) }
}
