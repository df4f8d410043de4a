import { z } from 'zod'
import type { GitHubClient } from '../client.ts'
import { actorFragment } from '../history/actor.ts'
import { connectionOf, pageInfo } from '../history/connection.ts'
import { rateLimitFields } from '../history/document.ts'
import type { Where } from '../history/read-history.ts'
import { ask, type HistoryAnswer, type RateLimit, TooMuch } from '../history/request.ts'
import { type Fork, forkFields, publicForks, toForks } from './fork.ts'

/** How GitHub describes a network as such. */
export interface Network {
  /** everything that descends from the repository, private forks included */
  size: number
  /** its public children */
  direct: number
  /** `owner/name` of what the repository itself was forked from */
  parent: string | null
  description: string | null
  /** null: the repository is empty */
  defaultBranch: string | null
}

export interface ForksPage {
  forks: Fork[]
  /** where the next page begins; null: there is none */
  next: string | null
}

interface Asked {
  /** null: from the beginning */
  after: string | null
  size: number
}

const networkFields = `forkCount description parent { nameWithOwner } defaultBranchRef { name }
  direct: forks(first: 1, ${publicForks}) { totalCount }`
const forksPage = `${pageInfo} nodes { ${forkFields} }`

/**
 * A page of the oldest and a page of the newest direct forks, for one point:
 * read on from both ends until they meet, a network takes half as many requests.
 * Neither order moves when forks are made, pushed to, renamed or deleted meanwhile.
 * @throws what GitHub said where it shows no repository
 */
export async function forksFromBothEnds(
  octokit: GitHubClient,
  { owner, name }: Where,
  { oldest, newest, size }: { oldest: string | null; newest: string | null; size: number },
): Promise<{
  network: Network
  oldest: ForksPage
  newest: ForksPage
  rateLimit: RateLimit | null
}> {
  const document = `query ForksFromBothEnds($owner: String!, $name: String!, $oldest: String, $newest: String, $size: Int!) {
    ${rateLimitFields}
    repository(owner: $owner, name: $name) {
      ${networkFields}
      oldest: forks(first: $size, after: $oldest, ${publicForks}, orderBy: { field: CREATED_AT, direction: ASC }) { ${forksPage} }
      newest: forks(first: $size, after: $newest, ${publicForks}, orderBy: { field: CREATED_AT, direction: DESC }) { ${forksPage} }
    }
  }
  ${actorFragment}`
  const asked = { owner, name, oldest, newest, size }
  const answer = await askInPart(octokit, document, { asked, size })
  const found = BothEnds.parse(repositoryIn(answer))
  return {
    network: toNetwork(found),
    oldest: toPage(found.oldest),
    newest: toPage(found.newest),
    rateLimit: answer.rateLimit,
  }
}

/**
 * Direct forks, the one that was pushed to last first. One that nobody pushed to
 * stands where upstream was pushed to last before it was made.
 * @throws what GitHub said where it shows no repository
 */
export async function forksByPush(
  octokit: GitHubClient,
  { owner, name }: Where,
  { after, size }: Asked,
): Promise<ForksPage & { network: Network; rateLimit: RateLimit | null }> {
  const document = `query ForksByPush($owner: String!, $name: String!, $after: String, $size: Int!) {
    ${rateLimitFields}
    repository(owner: $owner, name: $name) {
      ${networkFields}
      pushed: forks(first: $size, after: $after, ${publicForks}, orderBy: { field: PUSHED_AT, direction: DESC }) { ${forksPage} }
    }
  }
  ${actorFragment}`
  const asked = { owner, name, after, size }
  const answer = await askInPart(octokit, document, { asked, size })
  const found = ByPush.parse(repositoryIn(answer))
  const { rateLimit } = answer
  return { ...toPage(found.pushed), network: toNetwork(found), rateLimit }
}

const ForksConnection = connectionOf(z.unknown())
const NetworkNode = z.object({
  forkCount: z.int(),
  description: z.string().nullish(),
  parent: z.object({ nameWithOwner: z.string() }).nullish(),
  defaultBranchRef: z.object({ name: z.string() }).nullish(),
  direct: z.object({ totalCount: z.int() }),
})
const BothEnds = NetworkNode.extend({ oldest: ForksConnection, newest: ForksConnection })
const ByPush = NetworkNode.extend({ pushed: ForksConnection })
const Answer = z.object({ repository: z.unknown() })

/** At the smallest size, what GitHub gives in part has to do: one monstrous fork must not hold up all others. */
async function askInPart(
  octokit: GitHubClient,
  document: string,
  { asked, size }: { asked: Record<string, unknown>; size: number },
): Promise<HistoryAnswer> {
  try {
    return await ask(octokit, document, asked)
  } catch (error) {
    if (!(error instanceof TooMuch) || error.partial === null || size > 1) throw error
    return error.partial
  }
}

function repositoryIn({ data, fault }: HistoryAnswer): unknown {
  const { repository } = Answer.parse(data)
  if (repository == null) throw fault ?? new Error('GitHub gave neither forks nor a reason')
  return repository
}

function toPage({ nodes, next }: z.output<typeof ForksConnection>): ForksPage {
  return { forks: toForks(nodes), next }
}

function toNetwork(node: z.output<typeof NetworkNode>): Network {
  return {
    size: node.forkCount,
    direct: node.direct.totalCount,
    parent: node.parent?.nameWithOwner ?? null,
    description: node.description ?? null,
    defaultBranch: node.defaultBranchRef?.name ?? null,
  }
}
