import { z } from 'zod'
import type { AccountState, AccountType, AssociationState } from './fact.ts'

const accountTypes: readonly AccountType[] = ['User', 'Bot', 'Organization', 'Mannequin']

/** A user object, wherever it stands in a payload. Types that are new to us are users. */
export const User = z.object({
  id: z.int(),
  login: z.string(),
  type: z
    .string()
    .nullish()
    .transform((type): AccountType => accountTypes.find((known) => known === type) ?? 'User'),
})
export type User = z.output<typeof User>

/**
 * The user object of an author or sender. Null for a deleted account, which
 * GitHub shows as null in some payloads and as its stand-in "ghost" in others.
 */
export const Author = User.nullish().transform((user) =>
  user == null || user.login === 'ghost' ? null : user,
)
export type Author = z.output<typeof Author>

/** The accounts among these users, as they looked at an instant. */
export function accountStates(users: readonly Author[], seenAt: Date): AccountState[] {
  return users.flatMap((user) =>
    user === null ? [] : [{ id: user.id, login: user.login, type: user.type, seenAt }],
  )
}

/** Who wrote something, and what GitHub's `author_association` calls them. */
export interface Authorship {
  repositoryId: number
  author: Author
  association: string | null | undefined
  seenAt: Date
}

const insideAssociations: ReadonlySet<string> = new Set(['OWNER', 'MEMBER', 'COLLABORATOR'])

/** Nothing for bots: they belong to no side. */
export function associationStates(authorship: Authorship): AssociationState[] {
  const { repositoryId, author, association, seenAt } = authorship
  if (author === null || author.type === 'Bot' || association == null) return []
  const inside = insideAssociations.has(association)
  return [{ repositoryId, accountId: author.id, inside, seenAt }]
}
