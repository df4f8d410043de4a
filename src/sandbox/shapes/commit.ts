import { associationOf } from '../association.ts'
import type {
  CheckRun,
  Commit,
  CommitComment,
  Release,
  Repository,
  Signature,
} from '../entities.ts'
import { nameOf, timestamp, timestampOrNull, type World } from '../world.ts'
import { accountShape } from './account.ts'
import { appShape } from './app.ts'
import { reactionsShape } from './issue.ts'
import { nodeId } from './node-id.ts'

/** `commit` */
export function commitShape(world: World, repository: Repository, commit: Commit) {
  const url = `${world.api}/repos/${nameOf(repository)}/commits/${commit.sha}`
  const git = `${world.api}/repos/${nameOf(repository)}/git`
  const signed = (signature: Signature, at: Date) => ({ ...signature, date: timestamp(at) })
  const linked = ({ email }: Signature) => {
    const account = world.accountOfEmail(email)
    return account ? accountShape(world, account) : null
  }
  return {
    sha: commit.sha,
    node_id: nodeId('Commit', commit.sha),
    commit: {
      author: signed(commit.author, commit.authoredAt),
      committer: signed(commit.committer, commit.committedAt),
      message: commit.message,
      tree: { sha: commit.tree.sha, url: `${git}/trees/${commit.tree.sha}` },
      url: `${git}/commits/${commit.sha}`,
      comment_count: 0,
      verification: {
        verified: false,
        reason: 'unsigned',
        signature: null,
        payload: null,
        verified_at: null,
      },
    },
    url,
    html_url: `${world.html}/${nameOf(repository)}/commit/${commit.sha}`,
    comments_url: `${url}/comments`,
    author: linked(commit.author),
    committer: linked(commit.committer),
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${world.api}/repos/${nameOf(repository)}/commits/${sha}`,
      html_url: `${world.html}/${nameOf(repository)}/commit/${sha}`,
    })),
  }
}

/** A commit as `push` carries it: the names of its files, but no parents. */
export function pushedCommitShape(world: World, repository: Repository, commit: Commit) {
  const signed = (signature: Signature) => {
    const account = world.accountOfEmail(signature.email)
    return { ...signature, ...(account && { username: account.login }) }
  }
  const named = (status: string) =>
    commit.files.filter((file) => file.status === status).map(({ filename }) => filename)
  return {
    id: commit.sha,
    tree_id: commit.tree.sha,
    distinct: true,
    message: commit.message,
    timestamp: timestamp(commit.committedAt),
    url: `${world.html}/${nameOf(repository)}/commit/${commit.sha}`,
    author: signed(commit.author),
    committer: signed(commit.committer),
    added: named('added'),
    removed: named('removed'),
    modified: named('modified'),
  }
}

export function commitCommentShape(world: World, repository: Repository, comment: CommitComment) {
  const url = `${world.api}/repos/${nameOf(repository)}/comments/${comment.id}`
  const page = `${world.html}/${nameOf(repository)}/commit/${comment.commitSha}`
  return {
    url,
    html_url: `${page}#commitcomment-${comment.id}`,
    id: comment.id,
    node_id: nodeId('CommitComment', comment.id),
    user: accountShape(world, comment.author),
    position: null,
    line: null,
    path: null,
    commit_id: comment.commitSha,
    created_at: timestamp(comment.createdAt),
    updated_at: timestamp(comment.createdAt),
    author_association: associationOf(repository, comment.author),
    body: comment.body,
    reactions: reactionsShape(url, []),
  }
}

export function releaseShape(world: World, repository: Repository, release: Release) {
  const url = `${world.api}/repos/${nameOf(repository)}`
  const page = `${world.html}/${nameOf(repository)}/releases`
  return {
    url: `${url}/releases/${release.id}`,
    assets_url: `${url}/releases/${release.id}/assets`,
    upload_url: `${url}/releases/${release.id}/assets{?name,label}`,
    html_url: `${page}/tag/${encodeURIComponent(release.tag)}`,
    id: release.id,
    author: accountShape(world, release.author),
    node_id: nodeId('Release', release.id),
    tag_name: release.tag,
    target_commitish: repository.defaultBranch,
    name: release.name,
    draft: false,
    immutable: false,
    prerelease: release.prerelease,
    created_at: timestamp(release.createdAt),
    updated_at: timestamp(release.createdAt),
    published_at: timestamp(release.createdAt),
    assets: [],
    tarball_url: `${url}/tarball/${encodeURIComponent(release.tag)}`,
    zipball_url: `${url}/zipball/${encodeURIComponent(release.tag)}`,
    body: null,
  }
}

export function checkRunShape(world: World, repository: Repository, run: CheckRun) {
  const url = `${world.api}/repos/${nameOf(repository)}/check-runs/${run.id}`
  const { annotations, ...output } = run.output
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId('CheckRun', run.id),
    head_sha: run.headSha,
    external_id: run.externalId ?? '',
    url,
    html_url: `${world.html}/${nameOf(repository)}/runs/${run.id}`,
    details_url: run.detailsUrl ?? world.html,
    status: run.status,
    conclusion: run.conclusion,
    started_at: timestampOrNull(run.startedAt),
    completed_at: timestampOrNull(run.completedAt),
    output: { ...output, annotations_count: annotations, annotations_url: `${url}/annotations` },
    check_suite: { id: run.suiteId },
    app: appShape(world),
    pull_requests: [],
  }
}
