import type { Access, Account, Repository, Thread } from './entities.ts'

/** What an account may do in a repository; null where it may not even look. */
export function accessOf(repository: Repository, account: Account): Access | null {
  const { owner, collaborators } = repository
  if (account === owner) return 'admin'
  const own = collaborators.get(account.id)
  if (own) return own
  return owner.members.has(account.id) || !repository.private ? 'read' : null
}

/**
 * `author_association` as an App without the Members permission sees it: a
 * concealed membership does not show, and the account looks like a stranger's.
 */
export function associationOf(repository: Repository, account: Account, thread?: Thread): string {
  if (account === repository.owner) return 'OWNER'
  if (repository.owner.members.get(account.id)?.public) return 'MEMBER'
  if (repository.collaborators.has(account.id)) return 'COLLABORATOR'
  const pulls = repository.pullsByAuthor.get(account.id) ?? []
  if (pulls.some(({ pull }) => pull?.mergedAt)) return 'CONTRIBUTOR'
  return thread?.pull && thread.author === account ? 'FIRST_TIME_CONTRIBUTOR' : 'NONE'
}
