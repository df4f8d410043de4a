import type { Thread } from './history.ts'
import { isResponse } from './responses.ts'
import { earliest, latest } from './window.ts'

/**
 * The instant after which a thread is neither waiting for its first answer nor,
 * as a pull request whose author had the last word, for the next one. Before
 * it, it may have been. Null: it waits still.
 */
export function waitsUntil(thread: Thread): Date | null {
  const answered = answeredFor(thread)
  const ends = [thread.closedAt, answered].filter((end) => end !== null)
  return ends.length === 0 ? null : earliest(ends)
}

/** The latest answer to what the author said last; null: there is none. */
function answeredFor(thread: Thread): Date | null {
  const { responses, author, type } = thread
  const answers = responses.filter((response) => isResponse(response, thread))
  const [first] = answers
  if (first === undefined) return null
  if (type !== 'pull_request') return first.occurredAt
  const own = responses.filter(
    ({ person, occurredAt }) =>
      person !== null && person.id === author?.id && occurredAt >= first.occurredAt,
  )
  if (own.length === 0) return first.occurredAt
  const lastOwn = latest(own.map(({ occurredAt }) => occurredAt))
  // At the same instant nobody knows who spoke last.
  const after = answers.filter(({ occurredAt }) => occurredAt > lastOwn)
  return after.length === 0 ? null : earliest(after.map(({ occurredAt }) => occurredAt))
}
