import { associationOf } from '../association.ts'
import type { ChangedFile, PullRequest, Repository, Thread } from '../entities.ts'
import { nameOf, timestamp, timestampOrNull, type World } from '../world.ts'
import { accountShape } from './account.ts'
import { labelShape, threadPage } from './issue.ts'
import { nodeId } from './node-id.ts'
import { repositoryShape } from './repository.ts'

/** A thread that is known to have its pull request half. */
export type PullThread = Thread & { pull: PullRequest }

export function isPull(thread: Thread): thread is PullThread {
  return thread.pull !== null
}

/** `pull-request-simple`: the form in lists. */
export function pullRequestSimpleShape(world: World, repository: Repository, thread: PullThread) {
  const { pull } = thread
  const url = `${world.api}/repos/${nameOf(repository)}/pulls/${thread.number}`
  const page = threadPage(world, repository, thread)
  const { head, base } = pull
  return {
    url,
    id: pull.id,
    node_id: nodeId('PullRequest', pull.id),
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    ...links(world, repository, thread),
    number: thread.number,
    state: thread.open ? 'open' : 'closed',
    locked: false,
    title: thread.title,
    user: accountShape(world, thread.author),
    body: thread.body,
    created_at: timestamp(thread.createdAt),
    updated_at: timestamp(thread.updatedAt),
    closed_at: timestampOrNull(thread.closedAt),
    merged_at: timestampOrNull(pull.mergedAt),
    merge_commit_sha: pull.mergeSha,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    labels: thread.labels.map((label) => labelShape(world, repository, label)),
    milestone: null,
    draft: pull.draft,
    head: {
      label: `${head.owner.login}:${head.branch}`,
      ref: head.branch,
      sha: head.sha,
      user: accountShape(world, head.owner),
      repo: head.repository && repositoryShape(world, head.repository),
    },
    base: {
      label: `${repository.owner.login}:${base.branch}`,
      ref: base.branch,
      sha: base.sha,
      user: accountShape(world, repository.owner),
      repo: repositoryShape(world, repository),
    },
    author_association: associationOf(repository, thread.author, thread),
    auto_merge: null,
    active_lock_reason: null,
  }
}

/** `pull-request`: one alone, and the form in webhook payloads. */
export function pullRequestShape(world: World, repository: Repository, thread: PullThread) {
  const { pull } = thread
  const sum = (key: 'additions' | 'deletions') =>
    pull.files.reduce((total, file) => total + file[key], 0)
  return {
    ...pullRequestSimpleShape(world, repository, thread),
    merged: pull.mergedAt !== null,
    mergeable: null,
    rebaseable: null,
    mergeable_state: 'unknown',
    merged_by: pull.mergedBy && accountShape(world, pull.mergedBy),
    comments: thread.comments.length,
    review_comments: pull.reviews.reduce((total, { comments }) => total + comments.length, 0),
    maintainer_can_modify: false,
    commits: pull.commits.length,
    additions: sum('additions'),
    deletions: sum('deletions'),
    changed_files: pull.files.length,
  }
}

/** `diff-entry`: one changed file. */
export function fileShape(
  world: World,
  at: { repository: Repository; sha: string },
  file: ChangedFile,
) {
  const name = nameOf(at.repository)
  const path = file.filename.split('/').map(encodeURIComponent).join('/')
  return {
    sha: at.sha,
    filename: file.filename,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${world.html}/${name}/blob/${at.sha}/${path}`,
    raw_url: `${world.html}/${name}/raw/${at.sha}/${path}`,
    contents_url: `${world.api}/repos/${name}/contents/${path}?ref=${at.sha}`,
  }
}

function links(world: World, repository: Repository, thread: PullThread) {
  const url = `${world.api}/repos/${nameOf(repository)}`
  const pull = `${url}/pulls/${thread.number}`
  const issue = `${url}/issues/${thread.number}`
  const urls = {
    review_comments: `${pull}/comments`,
    review_comment: `${url}/pulls/comments{/number}`,
    commits: `${pull}/commits`,
    comments: `${issue}/comments`,
    statuses: `${url}/statuses/${thread.pull.head.sha}`,
  }
  return {
    issue_url: issue,
    commits_url: urls.commits,
    review_comments_url: urls.review_comments,
    review_comment_url: urls.review_comment,
    comments_url: urls.comments,
    statuses_url: urls.statuses,
    _links: {
      self: { href: pull },
      html: { href: threadPage(world, repository, thread) },
      issue: { href: issue },
      comments: { href: urls.comments },
      review_comments: { href: urls.review_comments },
      review_comment: { href: urls.review_comment },
      commits: { href: urls.commits },
      statuses: { href: urls.statuses },
    },
  }
}
