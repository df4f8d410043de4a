/**
 * Deliveries as GitHub would send them, everything defaulted, so that a test
 * names only what matters to it: `pullRequest({ number: 7, author: 'mona' }).opened()`.
 * Accounts are named by login; each login has one numeric id, see `accountId`.
 */

import {
  account,
  accountId,
  type Delivery,
  type DeliveryOptions,
  delivery,
  hoursAfter,
  monday,
  repository,
  shaOf,
} from './payload.ts'

export { accountId, type Delivery }

export type Association = 'OWNER' | 'MEMBER' | 'COLLABORATOR' | 'CONTRIBUTOR' | 'NONE'

export interface ThreadOptions extends DeliveryOptions {
  number?: number
  /** null: the account was deleted */
  author?: string | null
  association?: Association
  title?: string
  /** when it was opened */
  at?: string
}

export interface PullRequestOptions extends ThreadOptions {
  draft?: boolean
  /** the fork it comes from; null: deleted */
  headRepositoryId?: number | null
}

/** When, and at whose hand. */
export interface Step {
  at?: string
  by?: string
}

export interface CommentOptions {
  id?: number
  at?: string
  by?: string | null
  body?: string
  association?: Association
}

/**
 * Deliveries about one pull request. Each method tells of one step as if none
 * had been before it; what follows a merge or a closing is under `onceMerged`
 * and `onceClosed`.
 */
export function pullRequest(options: PullRequestOptions = {}) {
  const { number = 812, at: openedAt = monday, draft = false } = options
  const author = options.author === undefined ? 'newcomer-a' : options.author
  const opened = {
    id: 7_000_000 + number,
    number,
    title: options.title ?? 'Fix RoPE scaling beyond 128k',
    state: 'open',
    draft,
    user: author === null ? null : account(author),
    author_association: options.association ?? 'NONE',
    created_at: openedAt,
    updated_at: openedAt,
    closed_at: null as string | null,
    merged_at: null as string | null,
    merge_commit_sha: null as string | null,
    head: {
      ref: 'fix',
      sha: shaOf(`head ${number}`),
      repo: options.headRepositoryId === null ? null : { id: options.headRepositoryId ?? 2000 },
    },
    base: { ref: 'main', sha: shaOf('base'), repo: repository(options.repository) },
  }
  const wrote = author ?? 'maintainer-x'

  function stepsOf(current: typeof opened) {
    const told = (action: string, by: string, changes: Partial<typeof opened>): Delivery => {
      const pull_request = { ...current, ...changes }
      return delivery('pull_request', options, { action, number, pull_request, sender: by })
    }
    const later = (at: string) => ({ ...current, updated_at: at })
    const asIssue = (at: string) => ({
      id: 8_000_000 + number,
      number,
      title: current.title,
      state: current.state,
      draft: current.draft,
      user: current.user,
      author_association: current.author_association,
      created_at: current.created_at,
      updated_at: at,
      closed_at: current.closed_at,
      pull_request: { merged_at: current.merged_at },
    })
    return {
      opened: () => told('opened', wrote, {}),
      edited: ({ at = after(1), by = wrote, title = 'A better title' } = {}) =>
        told('edited', by, { updated_at: at, title }),
      synchronized: ({ at = after(1), by = wrote }: Step = {}) =>
        told('synchronize', by, { updated_at: at, merge_commit_sha: shaOf(`test ${number}`) }),
      convertedToDraft: ({ at = after(1), by = wrote }: Step = {}) =>
        told('converted_to_draft', by, { updated_at: at, draft: true }),
      readyForReview: ({ at = after(2), by = wrote }: Step = {}) =>
        told('ready_for_review', by, { updated_at: at, draft: false }),
      merged: ({ at = after(120), by = 'maintainer-x' }: Step = {}) =>
        told('closed', by, mergedAt(at)),
      closed: ({ at = after(120), by = 'maintainer-x' }: Step = {}) =>
        told('closed', by, closedAt(at)),
      reopened: ({ at = after(121), by = wrote }: Step = {}) =>
        told('reopened', by, { updated_at: at }),
      reviewed: (review: CommentOptions & { state?: string } = {}) => {
        const { at = after(3), by = 'maintainer-x' } = review
        return delivery('pull_request_review', options, {
          action: 'submitted',
          review: {
            id: review.id ?? 60_000_000 + number,
            user: by === null ? null : account(by),
            author_association: review.association ?? associationOf(by),
            state: review.state ?? 'approved',
            body: review.body ?? null,
            submitted_at: at,
          },
          pull_request: later(at),
          sender: by,
        })
      },
      reviewCommented: (comment: CommentOptions = {}) => {
        const { at = after(3), by = 'maintainer-x' } = comment
        return delivery('pull_request_review_comment', options, {
          action: 'created',
          comment: commentObject({ id: 50_000_000 + number, at, by, ...comment }),
          pull_request: later(at),
          sender: by,
        })
      },
      commented: (comment: CommentOptions = {}) =>
        commentOn(options, asIssue(comment.at ?? after(3)), comment).created(),
      /** the conversation, for `comment({ on })` */
      asIssue,
      options,
    }
  }

  const after = (hours: number) => hoursAfter(openedAt, hours)
  const closedAt = (at: string) => ({ state: 'closed', updated_at: at, closed_at: at })
  const mergedAt = (at: string) => ({
    ...closedAt(at),
    merged_at: at,
    merge_commit_sha: shaOf(`merge ${number}`),
  })
  return {
    ...stepsOf(opened),
    /** the same pull request after its merge, for what is said about it later */
    onceMerged: (at = after(120)) => stepsOf({ ...opened, ...mergedAt(at) }),
    /** … after it was closed without one */
    onceClosed: (at = after(120)) => stepsOf({ ...opened, ...closedAt(at) }),
  }
}

/** Deliveries about one issue. */
export function issue(options: ThreadOptions = {}) {
  const { number = 640, at: openedAt = monday } = options
  const author = options.author === undefined ? 'newcomer-a' : options.author
  const wrote = author ?? 'maintainer-x'
  const after = (hours: number) => hoursAfter(openedAt, hours)
  const object = {
    id: 9_000_000 + number,
    number,
    title: options.title ?? 'Tokenizer drops the last byte',
    state: 'open',
    user: author === null ? null : account(author),
    author_association: options.association ?? 'NONE',
    created_at: openedAt,
    updated_at: openedAt,
    closed_at: null as string | null,
  }
  const asIssue = (at: string) => ({ ...object, updated_at: at })
  const told = (action: string, by: string, changes: Partial<typeof object>): Delivery =>
    delivery('issues', options, { action, issue: { ...object, ...changes }, sender: by })
  return {
    opened: () => told('opened', wrote, {}),
    edited: ({ at = after(1), by = wrote, title = 'A better title' } = {}) =>
      told('edited', by, { updated_at: at, title }),
    labeled: ({ at = after(1), by = 'maintainer-x' }: Step = {}) =>
      told('labeled', by, { updated_at: at }),
    closed: ({ at = after(24), by = 'maintainer-x' }: Step = {}) =>
      told('closed', by, { state: 'closed', updated_at: at, closed_at: at }),
    reopened: ({ at = after(25), by = wrote }: Step = {}) =>
      told('reopened', by, { updated_at: at }),
    deleted: ({ at = after(26), by = 'maintainer-x' }: Step = {}) =>
      told('deleted', by, { updated_at: at }),
    transferred: ({ at = after(26), by = 'maintainer-x' }: Step = {}) =>
      told('transferred', by, { updated_at: at }),
    commented: (comment: CommentOptions = {}) =>
      commentOn(options, asIssue(comment.at ?? after(3)), comment).created(),
    asIssue,
    options,
  }
}

/** One comment, on an issue (by default) or a pull request. */
export function comment(
  options: CommentOptions &
    DeliveryOptions & {
      on?: { asIssue: (at: string) => Record<string, unknown>; options: DeliveryOptions }
    } = {},
) {
  const { on = issue(options), at = hoursAfter(monday, 3) } = options
  const about = { ...on.options, ...pickDelivery(options) }
  return commentOn(about, on.asIssue(at), { ...options, at })
}

/** A fork, just made. */
export function fork(
  options: DeliveryOptions & {
    id?: number
    by?: string
    owner?: string
    private?: boolean
    at?: string
  } = {},
): Delivery {
  const { by = 'newcomer-a', owner = by, at = monday } = options
  const forkee = {
    ...repository({ id: options.id ?? 2000, owner, private: options.private ?? false }),
    fork: true,
    stargazers_count: 0,
    forks_count: 0,
    created_at: at,
    updated_at: at,
  }
  return delivery('fork', options, { forkee, sender: by })
}

/** A star, given or taken back; for the latter GitHub tells no instant but the repository's own. */
export function star(options: DeliveryOptions & Step = {}) {
  const { by = 'newcomer-a', at = monday } = options
  const touched = { ...options, repository: { ...options.repository, updatedAt: at } }
  return {
    created: () => delivery('star', touched, { action: 'created', starred_at: at, sender: by }),
    deleted: () => delivery('star', touched, { action: 'deleted', starred_at: null, sender: by }),
  }
}

export interface CommitOptions {
  sha?: string
  message?: string
  at?: string
  name?: string
  email?: string
  /** the account that GitHub links to the address */
  login?: string
  distinct?: boolean
  added?: string[]
  removed?: string[]
  modified?: string[]
}

/** A push of these commits, to `main` by default. */
export function push(
  options: DeliveryOptions & Step & { ref?: string; commits?: CommitOptions[] } = {},
): Delivery {
  const { by = 'maintainer-x', at = monday, commits = [{}], ref = 'refs/heads/main' } = options
  const pushed = commits.map((commit, index) => commitObject(commit, { at, index }))
  const built = delivery('push', options, {
    ref,
    before: shaOf('before'),
    after: pushed.at(-1)?.id ?? shaOf('before'),
    created: false,
    deleted: false,
    forced: false,
    commits: pushed,
    head_commit: pushed.at(-1) ?? null,
    pusher: { name: by },
    sender: by,
  })
  const seconds = Date.parse(at) / 1000
  return {
    ...built,
    payload: {
      ...built.payload,
      repository: { ...repository(options.repository), pushed_at: seconds },
    },
  }
}

function commitObject(commit: CommitOptions, { at, index }: { at: string; index: number }) {
  const { name = 'Newcomer A', email = 'newcomer-a@example.com' } = commit
  return {
    id: commit.sha ?? shaOf(`commit ${index} ${at}`),
    message: commit.message ?? 'Fix RoPE scaling beyond 128k (#812)',
    timestamp: commit.at ?? at,
    distinct: commit.distinct ?? true,
    author: { name, email, ...(commit.login === undefined ? {} : { username: commit.login }) },
    committer: { name: 'GitHub', email: 'noreply@github.com', username: 'web-flow' },
    added: commit.added ?? [],
    removed: commit.removed ?? [],
    modified: commit.modified ?? ['src/rope/scale.py'],
  }
}

function commentOn(
  about: DeliveryOptions,
  issueObject: Record<string, unknown>,
  options: CommentOptions,
) {
  const { at = String(issueObject.updated_at), by = 'maintainer-x' } = options
  const id = options.id ?? 40_000_000 + Number(issueObject.number)
  const object = commentObject({ ...options, id, at, by })
  const told = (action: string, changes: Record<string, unknown>): Delivery =>
    delivery('issue_comment', about, {
      action,
      issue: issueObject,
      comment: { ...object, ...changes },
      sender: by,
    })
  return {
    created: () => told('created', {}),
    edited: ({ body = 'Better words.', at: editedAt = hoursAfter(at, 1) } = {}) =>
      told('edited', { body, updated_at: editedAt }),
    deleted: () => told('deleted', {}),
  }
}

function commentObject({ id, at, by, body, association }: CommentOptions) {
  return {
    id,
    user: by == null ? null : account(by),
    author_association: association ?? associationOf(by),
    created_at: at,
    updated_at: at,
    body: body ?? 'Thank you, this helps.',
  }
}

function associationOf(login: string | null | undefined): Association {
  return login?.startsWith('maintainer-') ? 'MEMBER' : 'NONE'
}

function pickDelivery({ repository: of, installationId }: DeliveryOptions): DeliveryOptions {
  return {
    ...(of === undefined ? {} : { repository: of }),
    ...(installationId === undefined ? {} : { installationId }),
  }
}
