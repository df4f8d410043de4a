import { z } from 'zod'
import type { GitHubClient } from '../client.ts'
import { rateLimitFields } from '../history/document.ts'
import type { RateLimit } from '../history/request.ts'
import { type Answered, askForMany, hasFailedAt, type ManyAnswered } from './answered.ts'
import { type Compared, compareFields, toCompared, type Upstream, upstreamIn } from './compared.ts'

/** GitHub has been seen to compare so many in one request, for one point. */
export const mostBranches = 50

export interface ForkBranch {
  /** of the fork */
  nodeId: string
  branch: string
}

export interface ComparedBranch {
  /** where the branch stands now */
  sha: string
  /** null: it cannot be told */
  compared: Compared | 'nothing in common' | null
}

/**
 * Compares branches of forks with upstream's default branch, each from the side
 * of the fork: `owner:branch` from the side of upstream may be another fork of
 * the same owner, or one that is called otherwise by now.
 *
 * @returns in their order; "absent" where the branch or the fork is gone
 */
export async function compareBranches(
  octokit: GitHubClient,
  upstream: Upstream,
  branches: readonly ForkBranch[],
): Promise<{
  branches: Answered<ComparedBranch>[]
  upstreamBranch: string | null
  isPartial: boolean
  rateLimit: RateLimit | null
}> {
  const declared = branches.map((_, index) => `$id${index}: ID!, $ref${index}: String!`)
  const parts = branches.map(
    (_, index) => `branch${index}: node(id: $id${index}) { ... on Repository {
      ref(qualifiedName: $ref${index}) { target { oid } compare(headRef: $upstream) { ${compareFields} } }
    } }`,
  )
  const document = `query ForkBranches($owner: String!, $name: String!, $upstream: String!, ${declared.join(', ')}) {
    ${rateLimitFields}
    upstream: repository(owner: $owner, name: $name) { defaultBranchRef { name target { oid } } }
    ${parts.join('\n')}
  }`
  const { owner, name, defaultBranch } = upstream
  const variables = branches.flatMap(({ nodeId, branch }, index) => [
    [`id${index}`, nodeId],
    [`ref${index}`, `refs/heads/${branch}`],
  ])
  const answer = await askForMany(octokit, document, {
    ...{ owner, name, upstream: `${owner}:${defaultBranch}` },
    ...Object.fromEntries(variables),
  })
  const at = upstreamIn(answer.data.upstream, upstream)
  return {
    branches: branches.map((_, index) => branchAt(answer, `branch${index}`, at)),
    upstreamBranch: at.defaultBranch,
    isPartial: answer.isPartial,
    rateLimit: answer.rateLimit,
  }
}

const BranchNode = z.object({
  ref: z.object({ target: z.object({ oid: z.string() }), compare: z.unknown() }),
})

function branchAt(
  answer: ManyAnswered,
  name: string,
  at: { tip: string | null },
): Answered<ComparedBranch> {
  if (hasFailedAt(answer, [name])) return { kind: 'failed' }
  const { success, data } = BranchNode.safeParse(answer.data[name])
  if (!success) return { kind: 'absent' }
  const { target, compare } = data.ref
  return { kind: 'told', value: { sha: target.oid, compared: toCompared(compare, at) } }
}
