import { z } from 'zod'
import type { GitHubClient } from '../client.ts'
import { actorFragment } from '../history/actor.ts'
import { connectionOf, pageInfo } from '../history/connection.ts'
import { rateLimitFields } from '../history/document.ts'
import type { RateLimit } from '../history/request.ts'
import { type Answered, askForMany, hasFailedAt, type ManyAnswered } from './answered.ts'
import type { ForksPage } from './direct-forks.ts'
import { forkFields, publicForks, toForks } from './fork.ts'

/** So many parents cost one point. */
export const mostParents = 50
const forksAPage = 50

/** Whose forks to read, and from where on; null: from the first. */
export interface Parent {
  nodeId: string
  after: string | null
}

/** A page of the forks of each of these forks, in their order. */
export async function forksOfForks(
  octokit: GitHubClient,
  parents: readonly Parent[],
): Promise<{
  pages: Answered<ForksPage>[]
  isPartial: boolean
  rateLimit: RateLimit | null
}> {
  const declared = parents.map((_, index) => `$id${index}: ID!, $after${index}: String`)
  const parts = parents.map(
    (_, index) => `parent${index}: node(id: $id${index}) { ... on Repository {
      forks(first: ${forksAPage}, after: $after${index}, ${publicForks}, orderBy: { field: CREATED_AT, direction: ASC }) { ${pageInfo} nodes { ...Fork } }
    } }`,
  )
  const document = `query ForksOfForks(${declared.join(', ')}) { ${rateLimitFields} ${parts.join('\n')} }
  fragment Fork on Repository { ${forkFields} }
  ${actorFragment}`
  const variables = parents.flatMap(({ nodeId, after }, index) => [
    [`id${index}`, nodeId],
    [`after${index}`, after],
  ])
  const answer = await askForMany(octokit, document, Object.fromEntries(variables))
  return {
    pages: parents.map((_, index) => pageAt(answer, `parent${index}`)),
    isPartial: answer.isPartial,
    rateLimit: answer.rateLimit,
  }
}

const ParentNode = z.object({ forks: connectionOf(z.unknown()) })

function pageAt(answer: ManyAnswered, name: string): Answered<ForksPage> {
  const { success, data } = ParentNode.safeParse(answer.data[name])
  if (hasFailedAt(answer, [name])) return { kind: 'failed' }
  if (!success) return { kind: 'absent' }
  const { nodes, next } = data.forks
  return { kind: 'told', value: { forks: toForks(nodes), next } }
}
