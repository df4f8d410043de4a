import type { Completeness } from './history.ts'
import type { Window } from './window.ts'

/** The instant from which history is known: backfilled or tracked, whichever reaches further back. Null: nothing is known. */
export function knownSince({ backfilledTo, trackedSince }: Completeness): Date | null {
  if (backfilledTo === null || trackedSince === null) return backfilledTo ?? trackedSince
  return backfilledTo < trackedSince ? backfilledTo : trackedSince
}

/** Whether all of a window is known. */
export function isKnown({ from }: Window, since: Date | null): boolean {
  return since !== null && since <= from
}

/** Whether any of a window is known, so that its numbers are at least a beginning. */
export function isPartlyKnown({ to }: Window, since: Date | null): boolean {
  return since !== null && since < to
}
