import { z } from 'zod'
import type { Recording } from '../../events/fact.ts'
import { combined } from '../../events/recording.ts'
import { Repository, repositoryRecording } from '../../events/repository.ts'
import type { Octokit } from '../github-app.ts'
import { Actor, actorFragment } from './actor.ts'
import { pageInfo } from './connection.ts'
import type { Rest } from './conversation.ts'
import { type Lane, laneOf, lanes } from './lanes.ts'
import { pageTold, type Where } from './read-history.ts'
import { ask } from './request.ts'
import { together } from './threads.ts'

/** Together one point: a hundredth for each connection, and for each below a thread. */
const newest: Record<Lane, number> = {
  pull_requests: 25,
  issues: 40,
  discussions: 2,
  forks: 30,
  releases: 5,
}

/** What changed last in a repository. */
export interface RecentChanges {
  recording: Recording
  /** conversations of which more is new than what is here */
  rest: Rest[]
  /** lanes of which more changed since than what is here */
  unfinished: Lane[]
  /** the default branch's newest commit; null: the repository is empty */
  head: string | null
}

/**
 * The newest changes of every kind, and how the repository stands, for one
 * point: enough to find in an hour's changes what no webhook told.
 *
 * @param since what changed earlier is known
 */
export async function recentChanges(
  octokit: Octokit,
  where: Where,
  { since, readAt }: { since: Date; readAt: Date },
): Promise<RecentChanges> {
  const pages = lanes.map((lane) => {
    const { connection, arguments: given, fields, updatedField } = laneOf[lane]
    const order = `orderBy: { field: ${updatedField}, direction: DESC }`
    return `${lane}: ${connection}(first: ${newest[lane]}, ${order} ${given}) { ${pageInfo} nodes { ${latestOf(fields)} } }`
  })
  const document = `query RecentChanges($owner: String!, $name: String!) {
    rateLimit { cost limit remaining resetAt }
    repository(owner: $owner, name: $name) {
      databaseId name isPrivate isArchived forkCount stargazerCount owner { ...Owner }
      defaultBranchRef { name target { oid } }
      ${pages.join('\n')}
    }
  }
  fragment Owner on RepositoryOwner {
    __typename login
    ... on User { databaseId }
    ... on Organization { databaseId }
  }
  ${actorFragment}`
  const answer = await ask(octokit, document, { owner: where.owner, name: where.name })
  const { repository } = Answer.parse(answer.data)
  if (repository === null)
    throw answer.fault ?? new Error('GitHub gave no repository and no reason')
  const told = lanes.map((lane) => {
    const connection = repository[lane]
    // Closed to the App, or turned off: then nothing of it can be missing.
    if (connection == null) return { recording: combined([]), rest: [], unfinished: [] }
    const page = pageTold(connection, { lane, repositoryId: where.repositoryId, readAt })
    const reaches = page.next === null || page.updatedTo === null || page.updatedTo < since
    return {
      ...together([page, { recording: combined([]), rest: overflowing(lane, connection, since) }]),
      unfinished: reaches ? [] : [lane],
    }
  })
  return {
    recording: combined([
      stateRecording(repository, readAt),
      ...told.map(({ recording }) => recording),
    ]),
    rest: told.flatMap(({ rest }) => rest),
    unfinished: told.flatMap(({ unfinished }) => unfinished),
    head: repository.defaultBranchRef?.target?.oid ?? null,
  }
}

/** A thread that changed did so at the end of its conversations, not at their beginning. */
function latestOf(fields: string): string {
  return fields
    .replaceAll(/\(first: (\d+)/g, '(last: $1')
    .replaceAll(pageInfo, 'pageInfo { hasPreviousPage hasNextPage endCursor }')
}

const Conversation = z
  .object({
    pageInfo: z.object({ hasPreviousPage: z.boolean() }),
    nodes: z.array(
      z.object({ createdAt: z.string().optional(), submittedAt: z.string().nullish() }).nullable(),
    ),
  })
  .nullish()
const Talk = z.object({
  id: z.string(),
  number: z.int(),
  createdAt: z.string(),
  reviews: Conversation,
  comments: Conversation,
})
const Talks = z.object({ nodes: z.array(Talk.nullable()) })

const talks: Partial<Record<Lane, { reviews?: Rest['of']; comments: Rest['of'] }>> = {
  pull_requests: { reviews: 'pull_request.reviews', comments: 'pull_request.comments' },
  issues: { comments: 'issue.comments' },
  discussions: { comments: 'discussion.comments' },
}

/** Conversations whose shown part does not reach back to what is known: they are read from their beginning. */
function overflowing(lane: Lane, connection: unknown, since: Date): Rest[] {
  const kinds = talks[lane]
  if (kinds === undefined) return []
  return Talks.parse(connection).nodes.flatMap((thread) => {
    if (thread === null) return []
    const { id: node, number, createdAt: madeAt } = thread
    return (['reviews', 'comments'] as const).flatMap((name) => {
      const of = kinds[name]
      const shown = thread[name]
      if (of === undefined || shown == null || !shown.pageInfo.hasPreviousPage) return []
      const said = shown.nodes.map((one) => Date.parse(one?.createdAt ?? one?.submittedAt ?? ''))
      const isKnown = said.some((at) => at < since.getTime())
      return isKnown ? [] : [{ node, of, number, madeAt, cursor: null }]
    })
  })
}

const State = z.object({
  databaseId: z.int(),
  name: z.string(),
  isPrivate: z.boolean(),
  isArchived: z.boolean(),
  forkCount: z.int(),
  stargazerCount: z.int(),
  owner: Actor,
  defaultBranchRef: z
    .object({ name: z.string(), target: z.object({ oid: z.string() }).nullish() })
    .nullish(),
})
const Answer = z.object({
  repository: State.extend({
    pull_requests: z.unknown(),
    issues: z.unknown(),
    releases: z.unknown(),
    forks: z.unknown(),
    discussions: z.unknown(),
  }).nullable(),
})

function stateRecording(state: z.output<typeof State>, readAt: Date): Recording {
  const { owner } = state
  if (owner === null) return combined([])
  return repositoryRecording(
    Repository.parse({
      id: state.databaseId,
      name: state.name,
      owner,
      default_branch: state.defaultBranchRef?.name ?? 'main',
      private: state.isPrivate,
      archived: state.isArchived,
      forks_count: state.forkCount,
      stargazers_count: state.stargazerCount,
      updated_at: readAt.toISOString(),
    }),
    readAt,
  )
}
