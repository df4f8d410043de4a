import { type Author, accountStates, associationStates } from './account.ts'
import type { Fact, FactKind, Recording, ThreadState } from './fact.ts'
import { recording } from './recording.ts'

/** What an issue, pull request or discussion says of itself in any payload that carries it. */
export interface ThreadShown {
  state: ThreadState
  author: Author
  /** GitHub's `author_association` */
  association: string | null | undefined
  facts: Fact[]
}

export function threadRecording({ state, author, association, facts }: ThreadShown): Recording {
  const { repositoryId, updatedAt: seenAt } = state
  return recording({
    facts,
    threads: [state],
    accounts: accountStates([author], seenAt),
    associations: associationStates({ repositoryId, author, association, seenAt }),
  })
}

/** A thread that was deleted or moved away: all that its object told is taken back. */
export function goneRecording({ facts, accounts, associations }: Recording): Recording {
  const retractions = facts.map(({ kind, repositoryId, key }) => ({ kind, repositoryId, key }))
  return recording({ retractions, accounts, associations })
}

/** Something that befell a thread once. It is credited to the thread's author, whoever pressed the button. */
export function onceFact(kind: FactKind, thread: ThreadState, occurredAt: Date): Fact {
  return {
    kind,
    repositoryId: thread.repositoryId,
    key: String(thread.number),
    occurredAt,
    accountId: thread.authorId,
    signature: null,
    thread: thread.number,
    detail: {},
  }
}

/** Something that can befall a thread again and again: the instant is part of its key. */
export function repeatableFact(kind: FactKind, thread: ThreadState, occurredAt: Date): Fact {
  return { ...onceFact(kind, thread, occurredAt), key: momentKey(thread.number, occurredAt) }
}

/** `812@2026-11-16T09:00:00.000Z` */
export function momentKey(id: number, instant: Date): string {
  return `${id}@${instant.toISOString()}`
}
