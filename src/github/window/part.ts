import type { Recording } from '../../events/fact.ts'
import type { HistoryLane } from '../history/lanes.ts'

/** What is read of a window: lanes of history, and comments on threads where they come by themselves. */
export type WindowLane = HistoryLane | 'comments'

/** A piece of what changed in a repository, as it is read. */
export interface WindowPart {
  lane: WindowLane
  recording: Recording
  /** what changed since is read of this lane; null: as far back as it goes */
  reachedTo: Date | null
  points: number
  requests: number
}

export interface WindowReading {
  /** what changed before is not wanted */
  since: Date
  readAt: Date
}
