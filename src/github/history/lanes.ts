import { z } from 'zod'
import { Forkee, forkRecording } from '../../events/fork.ts'
import { Release, releaseRecording } from '../../events/release.ts'
import { Actor } from './actor.ts'
import type { Told } from './conversation.ts'
import {
  discussionFields,
  discussionTold,
  issueFields,
  issueTold,
  pullRequestFields,
  pullRequestTold,
} from './threads.ts'

/** What history is read of by GraphQL, each page by page; the first two are what reports need most. */
export const lanes = ['pull_requests', 'issues', 'releases', 'forks', 'discussions'] as const
export type Lane = (typeof lanes)[number]

/** What costs requests of the REST API instead: comments on single lines, and stars by day. */
export const restLanes = ['review_comments', 'stars'] as const
export type RestLane = (typeof restLanes)[number]

const historyLanes = [...lanes, ...restLanes] as const
export type HistoryLane = Lane | RestLane

/**
 * What is read of a repository's history. Public forks are left to the fork
 * scan, which asks for more of each and makes the same facts; it leaves private
 * repositories alone, whose forks the members of an organisation make.
 */
export function lanesRead({ isPrivate }: { isPrivate: boolean }): HistoryLane[] {
  return historyLanes.filter((lane) => lane !== 'forks' || isPrivate)
}

interface LaneOfHistory {
  /** GitHub's name of the connection, and what else it is asked */
  connection: string
  arguments: string
  fields: string
  /** what GitHub can order it by that shows what is new in it */
  updatedField: 'UPDATED_AT' | 'CREATED_AT'
  /** the most on one page; one page of that size costs one point */
  largestPage: number
  /** connections below each thing on a page: GitHub's price is a hundredth of a point for each */
  nested: number
  told(repositoryId: number, node: unknown): Told
}

const forkArguments = 'ownerAffiliations: [OWNER, COLLABORATOR, ORGANIZATION_MEMBER]'

/**
 * By age, newest first: what is opened or changed meanwhile moves nothing, as
 * it would in an order by update, and webhooks tell of it.
 */
export const laneOf: Record<Lane, LaneOfHistory> = {
  pull_requests: {
    connection: 'pullRequests',
    updatedField: 'UPDATED_AT',
    arguments: '',
    fields: pullRequestFields,
    largestPage: 49,
    nested: 3,
    told: pullRequestTold,
  },
  issues: {
    connection: 'issues',
    updatedField: 'UPDATED_AT',
    arguments: '',
    fields: issueFields,
    largestPage: 100,
    nested: 1,
    told: issueTold,
  },
  releases: {
    connection: 'releases',
    updatedField: 'CREATED_AT',
    arguments: '',
    fields: 'databaseId tagName isDraft createdAt publishedAt author { ...Actor }',
    largestPage: 100,
    nested: 0,
    told: releaseTold,
  },
  forks: {
    connection: 'forks',
    updatedField: 'CREATED_AT',
    arguments: forkArguments,
    fields: 'databaseId nameWithOwner isPrivate createdAt owner { ...Actor }',
    largestPage: 100,
    nested: 0,
    told: forkTold,
  },
  discussions: {
    connection: 'discussions',
    updatedField: 'UPDATED_AT',
    arguments: '',
    fields: discussionFields,
    largestPage: 12,
    nested: 11,
    told: discussionTold,
  },
}

const ForkNode = z.object({
  databaseId: z.int(),
  nameWithOwner: z.string(),
  isPrivate: z.boolean(),
  createdAt: z.string(),
  owner: Actor,
})

function forkTold(repositoryId: number, node: unknown): Told {
  const { databaseId, nameWithOwner, isPrivate, createdAt, owner } = ForkNode.parse(node)
  const fork = { id: databaseId, full_name: nameWithOwner, private: isPrivate }
  const forkee = Forkee.parse({ ...fork, owner, created_at: createdAt })
  return { recording: forkRecording(repositoryId, forkee), rest: [] }
}

const ReleaseNode = z.object({
  databaseId: z.int(),
  tagName: z.string(),
  isDraft: z.boolean(),
  createdAt: z.string(),
  publishedAt: z.string().nullish(),
  author: Actor,
})

function releaseTold(repositoryId: number, node: unknown): Told {
  const { databaseId: id, author, ...shown } = ReleaseNode.parse(node)
  const release = Release.parse({
    id,
    author,
    tag_name: shown.tagName,
    draft: shown.isDraft,
    created_at: shown.createdAt,
    published_at: shown.publishedAt,
  })
  return { recording: releaseRecording(repositoryId, release), rest: [] }
}
