import type { TrackedRepository } from '../store/repositories.ts'

/** One thing to publish. Publishing it again edits what is there, or changes nothing. */
export interface Post {
  repository: TrackedRepository
  /** `pull-request`, `digest`, `answer` */
  kind: string
  /** what it is about, unique within repository and kind: `812`, `2026-W47`, a comment's id */
  key: string
  /** without the marker */
  body: string
  target:
    | { type: 'comment'; thread: number }
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
  /** a person deleted it, edited it, or the day's budget is used up: nothing was written */
  | { state: 'left'; why: string }
  /** the repository has no such place: issues are turned off, or a category is missing */
  | { state: 'nowhere'; why: string }

export type Reaction = '+1' | 'confused' | 'eyes'

/** The only writes to GitHub. */
export interface Publisher {
  publish(post: Post): Promise<Outcome>
  /** Takes a comment back, for good: its author asked not to be named. */
  withdraw(repository: TrackedRepository, kind: string, key: string): Promise<void>
  /** Closes what was published before as an issue of this kind, if it is still open. */
  closeEarlier(repository: TrackedRepository, kind: string, key: string): Promise<void>
  react(repository: TrackedRepository, commentId: number, reaction: Reaction): Promise<void>
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
