import { associationOf } from '../association.ts'
import type { Comment, Label, Reaction, Repository, Thread } from '../entities.ts'
import { nameOf, timestamp, timestampOrNull, type World } from '../world.ts'
import { accountShape } from './account.ts'
import { appShape } from './app.ts'
import { nodeId } from './node-id.ts'

/** `issue`, also the issue half of a pull request. */
export function issueShape(world: World, repository: Repository, thread: Thread) {
  const url = `${world.api}/repos/${nameOf(repository)}/issues/${thread.number}`
  return {
    url,
    repository_url: `${world.api}/repos/${nameOf(repository)}`,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: threadPage(world, repository, thread),
    id: thread.id,
    node_id: nodeId(thread.pull ? 'PullRequest' : 'Issue', thread.pull?.id ?? thread.id),
    number: thread.number,
    title: thread.title,
    user: accountShape(world, thread.author),
    labels: thread.labels.map((label) => labelShape(world, repository, label)),
    state: thread.open ? 'open' : 'closed',
    locked: false,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: thread.comments.length,
    created_at: timestamp(thread.createdAt),
    updated_at: timestamp(thread.updatedAt),
    closed_at: timestampOrNull(thread.closedAt),
    author_association: associationOf(repository, thread.author, thread),
    active_lock_reason: null,
    ...(thread.pull && pullLinks(world, repository, thread)),
    body: thread.body,
    closed_by: thread.closedBy && accountShape(world, thread.closedBy),
    reactions: reactionsShape(url, thread.reactions),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: thread.byApp ? appShape(world) : null,
    state_reason: thread.stateReason,
  }
}

export function commentShape(
  world: World,
  at: { repository: Repository; thread: Thread },
  comment: Comment,
) {
  const { repository, thread } = at
  const url = `${world.api}/repos/${nameOf(repository)}/issues/comments/${comment.id}`
  return {
    url,
    html_url: `${threadPage(world, repository, thread)}#issuecomment-${comment.id}`,
    issue_url: `${world.api}/repos/${nameOf(repository)}/issues/${thread.number}`,
    id: comment.id,
    node_id: nodeId('IssueComment', comment.id),
    user: accountShape(world, comment.author),
    created_at: timestamp(comment.createdAt),
    updated_at: timestamp(comment.updatedAt),
    body: comment.body,
    author_association: associationOf(repository, comment.author, thread),
    reactions: reactionsShape(url, comment.reactions),
    performed_via_github_app: comment.byApp ? appShape(world) : null,
  }
}

export function labelShape(world: World, repository: Repository, label: Label) {
  return {
    id: label.id,
    node_id: nodeId('Label', label.id),
    url: `${world.api}/repos/${nameOf(repository)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: false,
    description: label.description,
  }
}

export function reactionShape(world: World, reaction: Reaction) {
  return {
    id: reaction.id,
    node_id: nodeId('Reaction', reaction.id),
    user: accountShape(world, reaction.user),
    content: reaction.content,
    created_at: timestamp(reaction.createdAt),
  }
}

export function reactionsShape(url: string, reactions: Reaction[]) {
  const count = (content: string) =>
    reactions.filter((reaction) => reaction.content === content).length
  return {
    url: `${url}/reactions`,
    total_count: reactions.length,
    '+1': count('+1'),
    '-1': count('-1'),
    laugh: count('laugh'),
    hooray: count('hooray'),
    confused: count('confused'),
    heart: count('heart'),
    rocket: count('rocket'),
    eyes: count('eyes'),
  }
}

export function threadPage(world: World, repository: Repository, { number, pull }: Thread): string {
  return `${world.html}/${nameOf(repository)}/${pull ? 'pull' : 'issues'}/${number}`
}

function pullLinks(world: World, repository: Repository, thread: Thread) {
  const page = threadPage(world, repository, thread)
  return {
    draft: thread.pull?.draft ?? false,
    pull_request: {
      url: `${world.api}/repos/${nameOf(repository)}/pulls/${thread.number}`,
      html_url: page,
      diff_url: `${page}.diff`,
      patch_url: `${page}.patch`,
      merged_at: timestampOrNull(thread.pull?.mergedAt ?? null),
    },
  }
}
