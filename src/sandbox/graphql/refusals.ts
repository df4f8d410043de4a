import { GraphQLError } from 'graphql'
import type { Caller } from '../authentication.ts'
import type { Repository } from '../entities.ts'
import { covers } from '../world.ts'

/** @throws GraphQLError in GitHub's words, where an installation may not write in discussions */
export function requireDiscussions(caller: Caller, repository: Repository): void {
  const may =
    caller.kind === 'installation' &&
    caller.permissions.discussions === 'write' &&
    covers(caller.installation, repository)
  if (!may) throw refused('FORBIDDEN', 'Resource not accessible by integration')
}

export function unresolved(id: string): GraphQLError {
  return refused('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`)
}

export function refused(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } })
}
