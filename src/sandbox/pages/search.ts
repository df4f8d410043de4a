import type { Thread } from '../entities.ts'

/** One word of a search as GitHub writes it: `is:merged`, `merged:2026-11-16..2026-11-22`. */
type Test = (thread: Thread) => boolean

const words: Readonly<Record<string, Test>> = {
  'is:pr': ({ pull }) => pull !== null,
  'is:issue': ({ pull }) => pull === null,
  'is:open': ({ open }) => open,
  'is:closed': ({ open }) => !open,
  'is:merged': ({ pull }) => pull?.mergedAt != null,
  'is:unmerged': ({ pull }) => pull !== null && pull.mergedAt === null,
  'draft:false': ({ pull }) => pull !== null && !pull.draft,
  'draft:true': ({ pull }) => pull?.draft === true,
  'review:none': ({ pull }) => pull?.reviews.length === 0,
  'comments:0': ({ comments }) => comments.length === 0,
}

const instants: Readonly<Record<string, (thread: Thread) => Date | null>> = {
  created: ({ createdAt }) => createdAt,
  closed: ({ closedAt }) => closedAt,
  merged: ({ pull }) => pull?.mergedAt ?? null,
}

/** The threads that a search finds, newest first unless it sorts them. A word that means nothing here excludes nothing. */
export function search(threads: readonly Thread[], query: string): Thread[] {
  const asked = query.split(/\s+/)
  const tests = asked.flatMap((word) => testOf(word) ?? [])
  const found = threads
    .filter((thread) => tests.every((test) => test(thread)))
    .toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || a.number - b.number)
  return asked.includes('sort:created-asc') ? found : found.reverse()
}

function testOf(word: string): Test | null {
  if (Object.hasOwn(words, word)) return words[word] ?? null
  const [, name = '', value = ''] = /^(\w+):(.+)$/.exec(word) ?? []
  const instantOf = Object.hasOwn(instants, name) ? instants[name] : undefined
  const range = rangeOf(value)
  if (instantOf === undefined || range === null) return null
  return (thread) => {
    const at = instantOf(thread)
    return at !== null && at >= range.from && at < range.to
  }
}

const dayMs = 24 * 60 * 60_000
const always = { from: new Date(-8.64e15), to: new Date(8.64e15) }

/** Both ends belong to the range, and a bare date is the whole day in UTC; `<` names what lies before. */
function rangeOf(value: string): { from: Date; to: Date } | null {
  if (value.startsWith('<')) {
    const before = instantOf(value.slice(1))
    return before && { ...always, to: before }
  }
  const [first = '', last = first] = value.split('..')
  const [from, end] = [instantOf(first), instantOf(last)]
  if (from === null || end === null) return null
  const length = /^\d{4}-\d\d-\d\d$/.test(last) ? dayMs : 1000
  return { from, to: new Date(end.getTime() + length) }
}

function instantOf(text: string): Date | null {
  const instant = new Date(text)
  return Number.isNaN(instant.getTime()) ? null : instant
}
