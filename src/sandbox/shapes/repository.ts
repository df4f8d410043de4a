import type { Repository } from '../entities.ts'
import { forksOf, nameOf, timestamp, type World } from '../world.ts'
import { accountShape } from './account.ts'
import { nodeId } from './node-id.ts'

/** `repository`: the form inside lists, pull requests and webhook payloads. */
export function repositoryShape(world: World, repository: Repository) {
  const url = `${world.api}/repos/${nameOf(repository)}`
  const html = `${world.html}/${nameOf(repository)}`
  const forks = forksOf(repository).length
  const openIssues = [...repository.threads.values()].filter(({ open }) => open).length
  return {
    id: repository.id,
    node_id: nodeId('Repository', repository.id),
    name: repository.name,
    full_name: nameOf(repository),
    private: repository.private,
    owner: accountShape(world, repository.owner),
    html_url: html,
    description: repository.description,
    fork: repository.parent !== null,
    url,
    ...links(url),
    git_url: `${html.replace(/^https?/, 'git')}.git`,
    ssh_url: `git@${new URL(html).hostname}:${nameOf(repository)}.git`,
    clone_url: `${html}.git`,
    svn_url: html,
    created_at: timestamp(repository.createdAt),
    updated_at: timestamp(repository.updatedAt),
    pushed_at: timestamp(repository.pushedAt),
    homepage: null,
    size: 0,
    stargazers_count: repository.stars.size,
    watchers_count: repository.stars.size,
    language: null,
    has_issues: repository.hasIssues,
    has_projects: true,
    has_downloads: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: true,
    forks_count: forks,
    mirror_url: null,
    archived: repository.archived,
    disabled: false,
    open_issues_count: openIssues,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repository.private ? 'private' : 'public',
    forks,
    open_issues: openIssues,
    watchers: repository.stars.size,
    default_branch: repository.defaultBranch,
  }
}

/** The form at the top of webhook payloads. */
export function webhookRepositoryShape(world: World, repository: Repository) {
  return { ...repositoryShape(world, repository), custom_properties: {} }
}

/** `full-repository`: the answer to `GET /repos/{owner}/{repo}`. */
export function fullRepositoryShape(world: World, repository: Repository) {
  const { parent } = repository
  return {
    ...repositoryShape(world, repository),
    ...(repository.owner.type === 'Organization' && {
      organization: accountShape(world, repository.owner),
    }),
    ...(parent && {
      parent: repositoryShape(world, parent),
      source: repositoryShape(world, sourceOf(parent)),
    }),
    network_count: forksOf(sourceOf(repository)).length,
    subscribers_count: 0,
    permissions: { admin: false, maintain: false, push: false, triage: false, pull: true },
  }
}

/** Push payloads alone carry the old form: instants as Unix time, and a few more names. */
export function pushRepositoryShape(world: World, repository: Repository) {
  return {
    ...webhookRepositoryShape(world, repository),
    created_at: Math.floor(repository.createdAt.getTime() / 1000),
    pushed_at: Math.floor(repository.pushedAt.getTime() / 1000),
    stargazers: repository.stars.size,
    master_branch: repository.defaultBranch,
    ...(repository.owner.type === 'Organization' && { organization: repository.owner.login }),
  }
}

export function sourceOf(repository: Repository): Repository {
  return repository.parent ? sourceOf(repository.parent) : repository
}

function links(url: string) {
  return {
    archive_url: `${url}/{archive_format}{/ref}`,
    assignees_url: `${url}/assignees{/user}`,
    blobs_url: `${url}/git/blobs{/sha}`,
    branches_url: `${url}/branches{/branch}`,
    collaborators_url: `${url}/collaborators{/collaborator}`,
    comments_url: `${url}/comments{/number}`,
    commits_url: `${url}/commits{/sha}`,
    compare_url: `${url}/compare/{base}...{head}`,
    contents_url: `${url}/contents/{+path}`,
    contributors_url: `${url}/contributors`,
    deployments_url: `${url}/deployments`,
    downloads_url: `${url}/downloads`,
    events_url: `${url}/events`,
    forks_url: `${url}/forks`,
    git_commits_url: `${url}/git/commits{/sha}`,
    git_refs_url: `${url}/git/refs{/sha}`,
    git_tags_url: `${url}/git/tags{/sha}`,
    hooks_url: `${url}/hooks`,
    issue_comment_url: `${url}/issues/comments{/number}`,
    issue_events_url: `${url}/issues/events{/number}`,
    issues_url: `${url}/issues{/number}`,
    keys_url: `${url}/keys{/key_id}`,
    labels_url: `${url}/labels{/name}`,
    languages_url: `${url}/languages`,
    merges_url: `${url}/merges`,
    milestones_url: `${url}/milestones{/number}`,
    notifications_url: `${url}/notifications{?since,all,participating}`,
    pulls_url: `${url}/pulls{/number}`,
    releases_url: `${url}/releases{/id}`,
    stargazers_url: `${url}/stargazers`,
    statuses_url: `${url}/statuses/{sha}`,
    subscribers_url: `${url}/subscribers`,
    subscription_url: `${url}/subscription`,
    tags_url: `${url}/tags`,
    teams_url: `${url}/teams`,
    trees_url: `${url}/git/trees{/sha}`,
  }
}
