import { z } from 'zod'
import type { GitHubClient } from '../client.ts'
import { actorFragment } from '../history/actor.ts'
import { rateLimitFields } from '../history/document.ts'
import type { RateLimit } from '../history/request.ts'
import { type Answered, askForMany, hasFailedAt, type ManyAnswered } from './answered.ts'
import { type Fork, forkFields, toFork } from './fork.ts'

/** GitHub takes no more ids at once. */
export const mostIds = 100

export interface ForkFound {
  /** null: it is not to be kept, since it is private by now */
  fork: Fork | null
  /** null: it is a fork no more */
  parentId: number | null
}

/**
 * Asks for forks that no list showed: whether they are gone, or have another
 * parent by now.
 * @returns in the order of the ids; "absent" where GitHub shows no such fork
 */
export async function forksById(
  octokit: GitHubClient,
  nodeIds: readonly string[],
): Promise<{ found: Answered<ForkFound>[]; isPartial: boolean; rateLimit: RateLimit | null }> {
  const document = `query ForksById($ids: [ID!]!) {
    ${rateLimitFields}
    nodes(ids: $ids) { ... on Repository { ${forkFields} parent { databaseId } } }
  }
  ${actorFragment}`
  const answer = await askForMany(octokit, document, { ids: nodeIds })
  const nodes = z.array(z.unknown()).catch([]).parse(answer.data.nodes)
  return {
    found: nodeIds.map((_, index) => foundAt(answer, nodes[index], index)),
    isPartial: answer.isPartial,
    rateLimit: answer.rateLimit,
  }
}

const Parent = z.object({ parent: z.object({ databaseId: z.int().nullish() }).nullish() })

function foundAt(answer: ManyAnswered, node: unknown, index: number): Answered<ForkFound> {
  if (hasFailedAt(answer, ['nodes', index])) return { kind: 'failed' }
  if (node == null) return { kind: 'absent' }
  const { parent } = Parent.parse(node)
  return { kind: 'told', value: { fork: toFork(node), parentId: parent?.databaseId ?? null } }
}
