import { z } from 'zod'
import { User } from './account.ts'
import { Comment, type CommentPlace, commentRecording } from './comment.ts'
import type { Recording } from './fact.ts'
import { Forkee, forkRecording } from './fork.ts'
import { Issue, issueEventRecording } from './issues.ts'
import { Instant, parsePayload } from './payload.ts'
import { PullRequest, pullRequestEventRecording, pullRequestRecording } from './pull-request.ts'
import { Review, reviewRecording } from './pull-request-review.ts'
import { combined, recording } from './recording.ts'
import { Release, releaseRecording } from './release.ts'
import { Repository, repositoryRecording } from './repository.ts'
import { starRecording } from './star.ts'

/**
 * One event of GitHub's public timeline, as archives of it keep them. Its
 * objects are those of webhooks; the repository and whoever acted are named by
 * little more than their numbers.
 */
export const ArchivedEvent = z.object({
  /** `ForkEvent` */
  type: z.string(),
  /** as it is written; up to four seconds after what it tells of */
  createdAt: z.string(),
  repositoryId: z.int(),
  actor: z.unknown(),
  payload: z.unknown(),
})
export type ArchivedEvent = z.output<typeof ArchivedEvent>

const Written = z.object({
  type: z.string(),
  created_at: z.string(),
  actor: z.unknown(),
  payload: z.unknown(),
  repo: z.object({ id: z.int() }).nullish(),
  /** where it stood before 2015 */
  repository: z.object({ id: z.int().nullish() }).nullish(),
})

/** An event as an archive has it written; its repository is null where it is of none. Undefined for what is no event. */
export function archivedEvent(
  written: unknown,
): (Omit<ArchivedEvent, 'repositoryId'> & { repositoryId: number | null }) | undefined {
  const { data } = Written.safeParse(written)
  if (data === undefined || Number.isNaN(Date.parse(data.created_at))) return undefined
  const { type, created_at: createdAt, actor, payload, repo, repository } = data
  return { type, createdAt, actor, payload, repositoryId: (repo ?? repository)?.id ?? null }
}

type Reader = (event: ArchivedEvent) => Recording

/** Pushes are left to git, which has all of their commits. */
const readers = new Map<string, Reader>([
  ['ForkEvent', fork],
  ['WatchEvent', star],
  ['IssuesEvent', issues],
  ['IssueCommentEvent', issueComment],
  ['PullRequestEvent', pullRequest],
  ['PullRequestReviewEvent', pullRequestReview],
  ['PullRequestReviewCommentEvent', reviewComment],
  ['CommitCommentEvent', commitComment],
  ['ReleaseEvent', release],
])

export function isArchivedKind(type: string): boolean {
  return readers.has(type)
}

/**
 * What an archived event tells: the same facts as the webhook of that moment.
 * Who belongs to the organisation is left out, since the timeline is written
 * for everybody and GitHub hides most memberships from them.
 * Throws PayloadMismatch for a payload without what its kind is about: cut down, or older than webhooks.
 */
export function translateArchived(event: ArchivedEvent): Recording {
  const told = readers.get(event.type)?.(event) ?? recording({})
  return { ...told, associations: [] }
}

const Acted = z.object({ action: z.string().optional() })

function fork({ type, createdAt, actor, repositoryId, payload }: ArchivedEvent): Recording {
  const { forkee } = parsePayload(type, z.object({ forkee: z.looseObject({}) }), payload)
  // What a cut-down payload lacks is known all the same: the timeline is public, and who forked owns the fork.
  const whole = { private: false, owner: actor, created_at: createdAt, ...forkee }
  return forkRecording(repositoryId, parsePayload(type, Forkee, whole))
}

/** "Watch" is what stars were once called. */
function star({ type, createdAt, actor, repositoryId }: ArchivedEvent): Recording {
  const account = parsePayload(type, User, actor)
  const occurredAt = parsePayload(type, Instant, createdAt)
  return starRecording('star.created', repositoryId, { account, occurredAt })
}

function issues({ type, repositoryId, payload }: ArchivedEvent): Recording {
  const { action, issue } = parsePayload(type, Acted.extend({ issue: Issue }), payload)
  return issueEventRecording(action, repositoryId, issue)
}

function issueComment({ type, repositoryId, payload }: ArchivedEvent): Recording {
  const shape = z.object({ issue: Issue, comment: Comment })
  const { issue, comment } = parsePayload(type, shape, payload)
  const place: CommentPlace = {
    kind: 'issue_comment.created',
    repositoryId,
    thread: issue.number,
  }
  return combined([
    issueEventRecording(undefined, repositoryId, issue),
    commentRecording(place, comment),
  ])
}

/** With the repository as it was then, stars and forks included. */
const Based = z.object({ base: z.object({ repo: Repository }) })

function pullRequest({ type, repositoryId, payload }: ArchivedEvent): Recording {
  const shape = Acted.extend({ pull_request: z.looseObject(PullRequest.shape) })
  const { action, pull_request: pull } = parsePayload(type, shape, payload)
  const { data } = Based.safeParse(pull)
  const base = data?.base.repo
  return combined([
    pullRequestEventRecording(action, repositoryId, pull),
    base?.id === repositoryId ? repositoryRecording(base, pull.updated_at) : recording({}),
  ])
}

function pullRequestReview({ type, repositoryId, payload }: ArchivedEvent): Recording {
  const shape = z.object({ pull_request: PullRequest, review: Review })
  const { pull_request: pull, review } = parsePayload(type, shape, payload)
  return combined([
    pullRequestRecording(repositoryId, pull),
    reviewRecording({ repositoryId, pullRequest: pull.number }, review),
  ])
}

function reviewComment({ type, repositoryId, payload }: ArchivedEvent): Recording {
  const shape = z.object({ pull_request: PullRequest, comment: Comment })
  const { pull_request: pull, comment } = parsePayload(type, shape, payload)
  const place: CommentPlace = {
    kind: 'pull_request_review_comment.created',
    repositoryId,
    thread: pull.number,
  }
  return combined([pullRequestRecording(repositoryId, pull), commentRecording(place, comment)])
}

function commitComment({ type, repositoryId, payload }: ArchivedEvent): Recording {
  const { comment } = parsePayload(type, z.object({ comment: Comment }), payload)
  const place: CommentPlace = { kind: 'commit_comment.created', repositoryId, thread: null }
  return commentRecording(place, comment)
}

function release({ type, repositoryId, payload }: ArchivedEvent): Recording {
  const { release: shown } = parsePayload(type, z.object({ release: Release }), payload)
  return releaseRecording(repositoryId, shown)
}
