import { isAutomated } from './contributions.ts'
import type { Activity, Thread } from './history.ts'

/** When a thread began to wait for people. Null for what is still a draft. */
export function startOf({ createdAt, readyAt, draft }: Thread): Date | null {
  return readyAt ?? (draft ? null : createdAt)
}

/** An answer by a person other than the author. A deleted account counts for nobody: it may have been the author, or a bot. */
export function isResponse({ person }: Activity, { author }: Thread): boolean {
  return person?.group === 'human' && person.id !== author?.id
}

/** The first response since the thread began to wait. Null: none, still a draft, or opened by a bot. */
export function firstResponse(thread: Thread): Activity | null {
  const start = startOf(thread)
  if (start === null || isAutomated(thread.author)) return null
  return (
    thread.responses.find(
      (response) => response.occurredAt >= start && isResponse(response, thread),
    ) ?? null
  )
}

/** Whether a thread was open at an instant. One that was reopened has no `closedAt`. */
export function isOpen({ createdAt, closedAt }: Thread, at: Date): boolean {
  return createdAt < at && (closedAt === null || closedAt >= at)
}
