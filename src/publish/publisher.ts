import type { TrackedRepository } from '../store/repositories.ts'

/** One thing to publish. Publishing it again edits what is there, or changes nothing. */
export interface Post {
  repository: TrackedRepository
  /** `pull-request`, `digest`, `answer` */
  kind: string
  /** what it is about, unique within repository and kind: `812`, `2026-W47`, what a request is known by */
  key: string
  /** without the marker */
  body: string
  target: /** on an issue or pull request */
    | { type: 'comment'; thread: number }
    /** in a discussion, in the thread of the comment whose global id is `to` */
    | { type: 'reply'; thread: number; to: string }
    | { type: 'issue'; title: string; label: string }
    /** category null: the one that suits announcements best */
    | { type: 'discussion'; title: string; category: string | null }
  /** new posts of a day in this repository; null: does not count */
  budget: number | null
  /** the other repositories that the body tells of, and so may lead to; none where it is left out */
  others?: readonly TrackedRepository[]
}

export type Outcome =
  | { state: 'posted' | 'updated' | 'unchanged'; thread: number; githubId: number }
  /** a person deleted it, edited it or locked the thread, or the day's budget is used up: nothing was written */
  | { state: 'left'; why: string }
  /** there is no such place for the App: issues are turned off, a category or a permission is missing */
  | { state: 'nowhere'; why: string }

/** What GitHub knows a comment by. */
export interface CommentId {
  id: number
  /** the global id of a comment in a discussion; null for all else */
  nodeId: string | null
}

export type Reaction = '+1' | 'confused' | 'eyes'

/** The only writes to GitHub. */
export interface Publisher {
  publish(post: Post): Promise<Outcome>
  /** Takes a comment back, for good: its author asked not to be named. */
  withdraw(repository: TrackedRepository, kind: string, key: string): Promise<void>
  /** Closes what was published before as an issue of this kind, if it is still open. */
  closeEarlier(repository: TrackedRepository, kind: string, key: string): Promise<void>
  react(repository: TrackedRepository, comment: CommentId, reaction: Reaction): Promise<void>
  /** A finished check on a commit; `problems` point at lines of `path`. */
  check(repository: TrackedRepository, check: Check): Promise<void>
}

export interface Check {
  sha: string
  name: string
  /** neutral: nothing is wrong, and somebody should look */
  conclusion: 'success' | 'neutral' | 'failure'
  title: string
  summary: string
  path: string
  problems: { line: number; message: string }[]
}
