import { z } from 'zod'
import type { GitHubClient } from '../client.ts'
import { Actor, actorFragment } from '../history/actor.ts'
import { rateLimitFields } from '../history/document.ts'
import type { RateLimit } from '../history/request.ts'
import { type Answered, askForMany, hasFailedAt, type ManyAnswered } from './answered.ts'
import {
  type Compared,
  compareFields,
  toCompared,
  type Upstream,
  type UpstreamTips,
  upstreamIn,
} from './compared.ts'
import { type Fork, forkFields, toFork } from './fork.ts'

/** So many forks cost one point: four connections are fetched for each, and one for upstream. */
export const mostForks = 37
const branchesAFork = 20
const pullRequestsAFork = 20

/** What a fork is like from the inside. */
export interface ForkHeads {
  /** null: it is not to be kept, since it is private by now */
  fork: Fork | null
  parentId: number | null
  /** null: it is empty */
  defaultBranch: string | null
  /** at most twenty, the default branch among them */
  branches: Branch[]
  /** of how many */
  branchCount: number
  /** the default branch; null: it was not asked for, or cannot be told */
  compared: Compared | 'nothing in common' | null
  releases: number
  /** issues and pull requests of its own */
  threads: number
  /** people other than its owner whose pull requests were merged among the latest twenty */
  outsideContributors: number
}

export interface Branch {
  name: string
  sha: string
  committedAt: Date | null
}

/**
 * Asks for the branches of forks by node id, with what tells a fork that lives
 * on its own, and compares their default branches where `compare` says so.
 * A fork that is gone, renamed or broken costs no other.
 *
 * @returns in the order of the ids; "absent" where GitHub shows no such fork
 */
export async function forkHeads(
  octokit: GitHubClient,
  upstream: Upstream,
  { nodeIds, compare }: { nodeIds: readonly string[]; compare: boolean },
): Promise<{
  heads: Answered<ForkHeads>[]
  upstreamBranch: string | null
  isPartial: boolean
  rateLimit: RateLimit | null
}> {
  const document = `query ForkHeads($owner: String!, $name: String!, $upstream: String!, $ids: [ID!]!, $compare: Boolean!) {
    ${rateLimitFields}
    upstream: repository(owner: $owner, name: $name) {
      defaultBranchRef { name target { oid } }
      refs(refPrefix: "refs/heads/", first: 100) { nodes { name target { oid } } }
    }
    nodes(ids: $ids) { ... on Repository {
      ${forkFields}
      parent { databaseId }
      defaultBranchRef { name ...Branch compare(headRef: $upstream) @include(if: $compare) { ${compareFields} } }
      refs(refPrefix: "refs/heads/", first: ${branchesAFork}) { totalCount nodes { name ...Branch } }
      releases(first: 1) { totalCount }
      issues(first: 1) { totalCount }
      pullRequests(first: ${pullRequestsAFork}, orderBy: { field: CREATED_AT, direction: DESC }) {
        totalCount nodes { mergedAt author { ...Actor } }
      }
    } }
  }
  fragment Branch on Ref { target { oid ... on Commit { committedDate } } }
  ${actorFragment}`
  const { owner, name, defaultBranch } = upstream
  const answer = await askForMany(octokit, document, {
    owner,
    name,
    compare,
    upstream: `${owner}:${defaultBranch}`,
    ids: nodeIds,
  })
  const at = upstreamIn(answer.data.upstream, upstream)
  const nodes = z.array(z.unknown()).catch([]).parse(answer.data.nodes)
  return {
    heads: nodeIds.map((_, index) => headsAt(answer, nodes[index], { index, compare, at })),
    upstreamBranch: at.defaultBranch,
    isPartial: answer.isPartial,
    rateLimit: answer.rateLimit,
  }
}

const Target = z
  .object({ oid: z.string(), committedDate: z.string().optional() })
  .nullable()
  .catch(null)
const Ref = z.object({ name: z.string(), target: Target })
const Total = z.object({ totalCount: z.int() })

const HeadsNode = z.object({
  parent: z.object({ databaseId: z.int().nullish() }).nullish(),
  defaultBranchRef: Ref.extend({ compare: z.unknown().optional() }).nullish(),
  refs: Total.extend({ nodes: z.array(Ref.nullable()).nullish() }).nullish(),
  releases: Total,
  issues: Total,
  pullRequests: Total.extend({
    nodes: z
      .array(z.object({ mergedAt: z.string().nullish(), author: Actor }).nullable())
      .nullish(),
  }),
})

interface Place {
  index: number
  compare: boolean
  /** upstream's own branches, where GitHub compared with */
  at: UpstreamTips
}

function headsAt(answer: ManyAnswered, node: unknown, place: Place): Answered<ForkHeads> {
  if (hasFailedAt(answer, ['nodes', place.index])) return { kind: 'failed' }
  if (node == null) return { kind: 'absent' }
  const { parent, defaultBranchRef, refs, releases, issues, pullRequests } = HeadsNode.parse(node)
  const fork = toFork(node)
  const branches = [defaultBranchRef, ...(refs?.nodes ?? [])].flatMap((ref) => toBranch(ref))
  const merged = (pullRequests.nodes ?? []).flatMap((pull) =>
    pull?.mergedAt != null && pull.author?.type === 'User' ? [pull.author.id] : [],
  )
  return {
    kind: 'told',
    value: {
      fork,
      parentId: parent?.databaseId ?? null,
      defaultBranch: defaultBranchRef?.name ?? null,
      branches: ownBranches(branches, { keep: defaultBranchRef?.name, tips: place.at.tips }),
      branchCount: refs?.totalCount ?? 0,
      compared: place.compare ? toCompared(defaultBranchRef?.compare, place.at) : null,
      releases: releases.totalCount,
      threads: issues.totalCount + pullRequests.totalCount,
      outsideContributors: new Set(merged.filter((id) => id !== fork?.owner.id)).size,
    },
  }
}

function toBranch(ref: z.output<typeof Ref> | null | undefined): Branch[] {
  if (ref?.target == null) return []
  const { oid, committedDate } = ref.target
  const committedAt = committedDate === undefined ? null : new Date(committedDate)
  return [{ name: ref.name, sha: oid, committedAt }]
}

/** A new fork has copies of upstream's branches: where they still stand, there is nothing of its own. */
function ownBranches(
  branches: readonly Branch[],
  { keep, tips }: { keep: string | undefined; tips: ReadonlySet<string> },
): Branch[] {
  const byName = new Map(branches.map((branch) => [branch.name, branch]))
  return [...byName.values()].filter(({ name, sha }) => name === keep || !tips.has(sha))
}
