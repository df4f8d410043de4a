import type { Tree } from './git/objects.ts'

/** What the double keeps. Shapes for answers are made from these, in `shapes/`. */

export type AccountType = 'User' | 'Bot' | 'Organization'
export type Access = 'read' | 'write' | 'admin'

export interface AppRegistration {
  id: number
  clientId: string
  slug: string
  name: string
  owner: string
  /** PEM */
  publicKey: string
  /** PEM; only the manifest flow hands it out */
  privateKey: string | null
  webhookSecret: string
  permissions: Permissions
  events: string[]
  createdAt: Date
}

/** `{ issues: 'write' }`: GitHub's names of permissions, and how far each goes. */
export type Permissions = Record<string, 'read' | 'write'>

export interface Account {
  id: number
  login: string
  type: AccountType
  name: string | null
  /** addresses that GitHub links to the account; the first signs its commits */
  emails: string[]
  createdAt: Date
  deleted: boolean
  /** of an organisation: account id to whether the membership is public */
  members: Map<number, { public: boolean }>
}

export interface Installation {
  id: number
  account: Account
  /** ids, or all of the account's */
  repositories: 'all' | Set<number>
  permissions: Permissions
  events: string[]
  createdAt: Date
  suspendedAt: Date | null
}

export interface Repository {
  id: number
  owner: Account
  name: string
  description: string | null
  private: boolean
  archived: boolean
  hasIssues: boolean
  hasDiscussions: boolean
  discussionCategories: DiscussionCategory[]
  parent: Repository | null
  /** its children alone, the oldest first */
  forks: Repository[]
  defaultBranch: string
  createdAt: Date
  updatedAt: Date
  pushedAt: Date
  formerNames: string[]
  stars: Map<number, Date>
  collaborators: Map<number, Access>
  branches: Map<string, string>
  /** branch, then path */
  files: Map<string, Map<string, string>>
  labels: Label[]
  threads: Map<number, Thread>
  /** by the id that GraphQL gives it: a pull request's own, not that of its issue half */
  threadsById: Map<number, Thread>
  /** by account id: what it may be called here depends on them */
  pullsByAuthor: Map<number, Thread[]>
  /** of all reviews, oldest first */
  reviewComments: ReviewComment[]
  discussions: Map<number, Discussion>
  releases: Release[]
  checkRuns: CheckRun[]
  commitComments: CommitComment[]
  lastNumber: number
  /** numbers of deleted issues: GitHub answers 410 for them */
  deletedNumbers: Set<number>
}

export interface Label {
  id: number
  name: string
  color: string
  description: string | null
}

export interface Reaction {
  id: number
  content: string
  user: Account
  createdAt: Date
}

/** An issue, or the issue half of a pull request. */
export interface Thread {
  id: number
  number: number
  title: string
  body: string | null
  author: Account
  open: boolean
  stateReason: 'completed' | 'reopened' | 'not_planned' | null
  createdAt: Date
  updatedAt: Date
  closedAt: Date | null
  closedBy: Account | null
  /** what became of it, oldest first */
  turns: Turn[]
  labels: Label[]
  comments: Comment[]
  reactions: Reaction[]
  byApp: boolean
  pull: PullRequest | null
}

export interface Turn {
  kind: 'closed' | 'reopened' | 'ready_for_review'
  at: Date
}

export interface Comment {
  id: number
  body: string
  author: Account
  createdAt: Date
  updatedAt: Date
  reactions: Reaction[]
  byApp: boolean
}

export interface PullRequest {
  id: number
  draft: boolean
  mergedAt: Date | null
  mergedBy: Account | null
  mergeSha: string | null
  head: { repository: Repository | null; owner: Account; branch: string; sha: string }
  base: { branch: string; sha: string }
  files: ChangedFile[]
  /** oldest first */
  commits: Commit[]
  reviews: Review[]
}

export interface ChangedFile {
  filename: string
  status: 'added' | 'removed' | 'modified'
  additions: number
  deletions: number
}

export interface Review {
  id: number
  author: Account
  body: string
  state: 'approved' | 'changes_requested' | 'commented'
  submittedAt: Date
  commitSha: string
  comments: ReviewComment[]
}

export interface ReviewComment extends Comment {
  /** of the pull request */
  number: number
  reviewId: number
  path: string
  commitSha: string
}

export interface Signature {
  name: string
  email: string
}

/** A login of this GitHub, or a name and address that may belong to nobody here. */
export type Person = string | Signature

export interface Commit {
  sha: string
  parents: string[]
  author: Signature
  committer: Signature
  message: string
  authoredAt: Date
  committedAt: Date
  tree: Tree
  /** a number of its own, see commitBody */
  change: number
  /** none of a merge */
  files: ChangedFile[]
}

export interface CommitComment {
  id: number
  body: string
  author: Account
  commitSha: string
  createdAt: Date
}

export interface Release {
  id: number
  tag: string
  name: string
  author: Account
  prerelease: boolean
  createdAt: Date
}

export interface DiscussionComment {
  id: number
  body: string
  author: Account
  createdAt: Date
  updatedAt: Date
  /** GitHub keeps one that was replied to, without its words */
  deletedAt: Date | null
  reactions: Reaction[]
  /** nobody replies to a reply on GitHub */
  replies: DiscussionComment[]
}

export interface DiscussionCategory {
  id: number
  name: string
  slug: string
  emoji: string
  description: string
  isAnswerable: boolean
}

export interface Discussion {
  id: number
  number: number
  category: DiscussionCategory
  title: string
  body: string
  author: Account
  createdAt: Date
  updatedAt: Date
  locked: boolean
  comments: DiscussionComment[]
  answer: { comment: DiscussionComment; chosenBy: Account; chosenAt: Date } | null
}

export interface CheckRun {
  id: number
  suiteId: number
  name: string
  headSha: string
  status: string
  conclusion: string | null
  startedAt: Date | null
  completedAt: Date | null
  externalId: string | null
  detailsUrl: string | null
  output: { title: string | null; summary: string | null; text: string | null; annotations: number }
}
