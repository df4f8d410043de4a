import type { FactKind } from '../events/fact.ts'
import type { Activity } from './history.ts'
import { isWithin, type Window } from './window.ts'

/** The kinds that open and close a thread, and when to look. */
export interface Closing {
  kinds: readonly FactKind[]
  window: Window
}

/** Of each thread, what happened last among some kinds of activity in a window. */
export function lastInThread(
  activities: readonly Activity[],
  { kinds, window }: Closing,
): Activity[] {
  const last = new Map<number, Activity>()
  for (const activity of activities) {
    const { kind, thread, occurredAt } = activity
    if (thread === null || !kinds.includes(kind) || !isWithin(occurredAt, window)) continue
    const previous = last.get(thread)
    if (!previous || previous.occurredAt <= occurredAt) last.set(thread, activity)
  }
  return [...last.values()]
}
