import { isAutomated } from './contributions.ts'
import type { Thread } from './history.ts'
import { type Metric, notKnown } from './metric.ts'
import { isOpen, isResponse } from './responses.ts'
import type { WaitingThread } from './waiting.ts'

/**
 * Pull requests of people from outside that were answered, and whose author has
 * had the last word for `hours` or more; the longest wait first. What the author
 * pushed is no word: GitHub tells of it only while it happens.
 */
export function reviewsOwed(threads: readonly Thread[], at: Date, hours: number): WaitingThread[] {
  return threads
    .filter((thread) => thread.type === 'pull_request' && thread.outside)
    .filter((thread) => !thread.draft && isOpen(thread, at))
    .flatMap((thread) => {
      const since = authorsLastWord(thread, at)
      return since === null ? [] : [{ thread, hours: (at.getTime() - since.getTime()) / 3_600_000 }]
    })
    .filter((owed) => owed.hours >= hours)
    .toSorted((a, b) => b.hours - a.hours || a.thread.number - b.thread.number)
}

/** When the author spoke after the latest answer; null where nobody answered, or somebody else spoke last. */
function authorsLastWord(thread: Thread, at: Date): Date | null {
  const said = thread.responses.filter(
    ({ occurredAt, person }) => occurredAt < at && person !== null && !isAutomated(person),
  )
  const answered = said.findLastIndex((response) => isResponse(response, thread))
  return answered === -1 ? null : (said[answered + 1]?.occurredAt ?? null)
}

export const reviewsOwedMetric: Metric = {
  name: 'Reviews Owed',
  definition:
    'How many open pull requests of people from outside were answered, and then their author had the last word.',
  chaossUrl: null,
  unit: 'pull requests',
  nullMeans: notKnown,
  choice:
    'A comment or a submitted review is a word; a push is none, since GitHub tells of pushes only while they happen. Drafts owe nobody anything. Words of bots, AI agents and deleted accounts are passed over.',
  measure: ({ threads }, window) => reviewsOwed(threads, window.to, 0).length,
}
