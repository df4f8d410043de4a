import type { Signature } from '../entities.ts'

/** One thing that somebody does on the double. */
export interface Happening {
  /** minutes since the midnight that begins the first Monday, by the clock on the project's wall */
  at: number
  deed: Deed
}

/**
 * Threads are named here, since their numbers are not known before they are
 * opened. `{#name}` in a text stands for the number of a thread opened before.
 */
export type Deed =
  | {
      kind: 'open-pull-request'
      thread: string
      by: string
      title: string
      body: string | null
      files: string[]
      draft: boolean
      /** comes from the author's own fork; otherwise from a branch of the repository */
      fromFork: boolean
      coAuthors: (string | Signature)[]
    }
  | { kind: 'mark-ready'; thread: string }
  | { kind: 'push-to-pull-request'; thread: string; message: string }
  | {
      kind: 'review'
      thread: string
      by: string
      verdict: 'approved' | 'changes_requested' | 'commented'
      says: string
    }
  | { kind: 'merge'; thread: string; by: string; squash: boolean }
  | { kind: 'close-pull-request'; thread: string; by: string }
  | { kind: 'open-issue'; thread: string; by: string; title: string; body: string | null }
  | { kind: 'close-issue'; thread: string; by: string }
  | { kind: 'comment'; thread: string; by: string; says: string }
  | { kind: 'thumbs-up'; thread: string; by: string }
  | { kind: 'open-discussion'; thread: string; by: string; title: string; body: string }
  | { kind: 'answer-discussion'; thread: string; by: string; says: string; accepted: boolean }
  | { kind: 'fork'; by: string }
  | { kind: 'push-to-fork'; by: string; message: string; file: string }
  | { kind: 'star'; by: string }
  | { kind: 'unstar'; by: string }
  | { kind: 'release'; by: string; tag: string }
  | { kind: 'push'; by: string; message: string; file: string; coAuthors: (string | Signature)[] }
  | { kind: 'configure'; by: string; message: string; text: string }

export const hourMinutes = 60
export const dayMinutes = 24 * hourMinutes
export const weekMinutes = 7 * dayMinutes
