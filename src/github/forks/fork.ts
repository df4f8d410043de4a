import { z } from 'zod'
import type { Recording } from '../../events/fact.ts'
import { Forkee, forkRecording } from '../../events/fork.ts'
import { combined } from '../../events/recording.ts'
import { Actor } from '../history/actor.ts'
import { asRead } from '../history/as-read.ts'

/** A public fork as GitHub shows it. */
export interface Fork {
  id: number
  /** finds it whatever it is called, and however many forks its owner has */
  nodeId: string
  /** `owner/name` */
  fullName: string
  owner: NonNullable<z.output<typeof Actor>>
  createdAt: Date
  /** of a fork that nobody pushed to: when upstream was, before it was made; null: never */
  pushedAt: Date | null
  stars: number
  /** all that was made from it, directly or not */
  forks: number
  archived: boolean
  /** GitHub has closed it */
  disabled: boolean
  description: string | null
  hasIssues: boolean
}

/** What GitHub answers from its tables, without looking into git. */
export const forkFields = `id databaseId nameWithOwner isPrivate description createdAt pushedAt
  isArchived isDisabled hasIssuesEnabled forkCount stargazerCount owner { ...Actor }`

/** Public ones, whoever owns them: GitHub leaves out those of members of organisations unless asked. */
export const publicForks =
  'privacy: PUBLIC, ownerAffiliations: [OWNER, COLLABORATOR, ORGANIZATION_MEMBER]'

const ForkNode = z
  .object({
    id: z.string(),
    databaseId: z.int().nullish(),
    nameWithOwner: z.string(),
    isPrivate: z.boolean(),
    description: z.string().nullish(),
    createdAt: z.string(),
    pushedAt: z.string().nullish(),
    isArchived: z.boolean(),
    isDisabled: z.boolean(),
    hasIssuesEnabled: z.boolean(),
    forkCount: z.int(),
    stargazerCount: z.int(),
    owner: Actor,
  })
  .transform((node): Fork | null => {
    const { databaseId: id, owner } = node
    // A private one is nobody's business; without numbers nothing can be kept of it.
    if (node.isPrivate || id == null || owner === null) return null
    return {
      id,
      owner,
      nodeId: node.id,
      fullName: node.nameWithOwner,
      createdAt: new Date(node.createdAt),
      pushedAt: node.pushedAt == null ? null : new Date(node.pushedAt),
      stars: node.stargazerCount,
      forks: node.forkCount,
      archived: node.isArchived,
      disabled: node.isDisabled,
      description: node.description ?? null,
      hasIssues: node.hasIssuesEnabled,
    }
  })

/** @returns null for a fork that is not to be kept */
export function toFork(node: unknown): Fork | null {
  return ForkNode.parse(node)
}

/** @returns without those that GitHub could not give, or that are not to be kept */
export function toForks(nodes: readonly unknown[]): Fork[] {
  return nodes.map(toFork).filter((fork) => fork !== null)
}

/** The facts of direct forks, the same that a webhook or the history tells. */
export function forkFacts(
  repositoryId: number,
  { forks, readAt }: { forks: readonly Fork[]; readAt: Date },
): Recording {
  const told = forks.map(({ id, fullName, owner, createdAt }) =>
    forkRecording(
      repositoryId,
      Forkee.parse({
        id,
        owner,
        full_name: fullName,
        private: false,
        created_at: createdAt.toISOString(),
      }),
    ),
  )
  return asRead(combined(told), readAt)
}
