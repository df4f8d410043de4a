/**
 * The vocabulary of the whole program: what GitHub told us, in words of our own.
 *
 * A webhook, an API page and a git log line about the same thing become the
 * same fact. Facts are a set that only grows; what changes (a title, a login)
 * is a state with an instant, and the latest instant wins. Both merge in any
 * order, which is why duplicates, losses and replays all end in the same place.
 */

/** GitHub's `event.action`. Kinds that GitHub lacks are made of its words: merged, coauthored. */
export type FactKind =
  | 'commit.authored'
  | 'commit.coauthored'
  | 'commit_comment.created'
  | 'discussion.created'
  | 'discussion.answered'
  | 'discussion_comment.created'
  | 'fork'
  | 'issue_comment.created'
  | 'issues.opened'
  | 'issues.closed'
  | 'issues.reopened'
  | 'pull_request.opened'
  | 'pull_request.ready_for_review'
  | 'pull_request.merged'
  | 'pull_request.closed'
  | 'pull_request.reopened'
  | 'pull_request_review.submitted'
  | 'pull_request_review_comment.created'
  | 'release.published'
  | 'star.created'
  | 'star.deleted'

/** The small immutable rest of a fact. A key that is unknown is left out, never null. */
export interface FactDetail {
  /** `pull_request_review.submitted` */
  verdict?: 'approved' | 'changes_requested' | 'commented'
  /** `fork`: `owner/name` when it was made; never set for a private fork */
  fullName?: string
  /** `release.published` */
  tag?: string
  /** `commit.*`: the first directories that the commit touched, at most 20 */
  areas?: string[]
  /** `commit.coauthored` by a tool: which one ("claude", "copilot", …) */
  agent?: string
}

/** Something that happened, once, at an instant, in one repository. */
export interface Fact {
  kind: FactKind
  repositoryId: number
  /** Unique within repository and kind, made of GitHub's own ids: `812`, `812@2026-11-16T09:00:00.000Z`, a commit's SHA. */
  key: string
  occurredAt: Date
  /** Who gets the credit: the author, never who pressed merge. Null for a deleted account and for a commit without one. */
  accountId: number | null
  /** For commits: the keyed hash that stands for the author's e-mail address. */
  signature: string | null
  /** Issue, pull request or discussion number. The three share one series in a repository. */
  thread: number | null
  detail: FactDetail
}

/** A fact that GitHub took back: a deleted comment, a deleted issue. Wins over the fact in any order. */
export interface Retraction {
  kind: FactKind
  repositoryId: number
  key: string
}

export type AccountType = 'User' | 'Bot' | 'Organization' | 'Mannequin'

/** An account as a payload showed it. `seenAt` decides which login is the latest. */
export interface AccountState {
  id: number
  login: string
  type: AccountType
  seenAt: Date
}

/** A commit signature: the address itself is never kept. */
export interface SignatureState {
  /** keyed hash of the lower-cased address; where many sign with that address, of the name and the address */
  hash: string
  /** the part after the @, lower-cased; null for GitHub's noreply addresses */
  domain: string | null
  /** false for `[bot]` names and known tools: they are never people */
  human: boolean
}

/** Who may be behind a fact: an account by GitHub's number, or whoever signs commits with an address. */
export type Member = `account:${number}` | `signature:${string}`

/**
 * What two members of one person can have in common.
 * - account: GitHub's number, from a noreply address or GitHub's answer for a commit
 * - login: from GitHub's link of a commit, or a noreply address; logins are recycled
 * - name: a full name in one repository's commits, or in its `.mailmap`; a keyed hash
 * - mailmap: the repository's `.mailmap` says so; the hash of the proper address
 * - person: whoever runs Groundswell says so
 * - local-part: the same before the @ of two addresses; a keyed hash. Only suggests
 */
export type EvidenceKind = 'account' | 'login' | 'name' | 'mailmap' | 'person' | 'local-part'

/** Members that hold the same value are one person, by the rules of `src/people`. A set that grows. */
export interface Evidence {
  /** null: it holds in every repository */
  repositoryId: number | null
  member: Member
  by: EvidenceKind
  value: string
}

/** Whether GitHub called an account one of the repository's own at an instant. */
export interface AssociationState {
  repositoryId: number
  accountId: number
  /** OWNER, MEMBER or COLLABORATOR */
  inside: boolean
  seenAt: Date
}

export type ThreadType = 'issue' | 'pull_request' | 'discussion'

/** An issue, pull request or discussion as one payload showed it; the latest `updatedAt` wins. */
export interface ThreadState {
  repositoryId: number
  number: number
  type: ThreadType
  updatedAt: Date
  title: string
  open: boolean
  draft: boolean
  createdAt: Date
  authorId: number | null
  closedAt: Date | null
  /** the last three never change once known, so a payload that lacks them says nothing about them */
  mergedAt: Date | null
  mergeSha: string | null
  headRepositoryId: number | null
}

/** A repository as one payload showed it; the latest `seenAt` wins, and its counts become a series by day. */
export interface RepositoryState {
  id: number
  ownerId: number
  ownerLogin: string
  ownerType: AccountType
  name: string
  defaultBranch: string
  private: boolean
  archived: boolean
  /** GitHub's `forks_count`: the whole network */
  forks: number
  stars: number
  seenAt: Date
}

/** What one delivery, page or log line tells, ready to be recorded in one transaction. */
export interface Recording {
  facts: Fact[]
  retractions: Retraction[]
  accounts: AccountState[]
  signatures: SignatureState[]
  evidence: Evidence[]
  associations: AssociationState[]
  threads: ThreadState[]
  repositories: RepositoryState[]
}
