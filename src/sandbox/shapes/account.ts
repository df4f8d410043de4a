import type { Account } from '../entities.ts'
import { timestamp, type World } from '../world.ts'
import { nodeId } from './node-id.ts'

/** GitHub shows what a deleted account wrote under this one. */
const ghost = { id: 10137, login: 'ghost', type: 'User' as const }

/** `simple-user`: the form in which an account appears in everything else. */
export function accountShape(world: World, account: Account) {
  const { id, login, type } = account.deleted ? ghost : account
  const url = `${world.api}/users/${encodeURIComponent(login)}`
  const page = type === 'Bot' ? `apps/${login.replace(/\[bot\]$/, '')}` : login
  return {
    login,
    id,
    node_id: nodeId(type, id),
    avatar_url: `${world.html}/avatars/u/${id}?v=4`,
    gravatar_id: '',
    url,
    html_url: `${world.html}/${page}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    user_view_type: 'public',
    site_admin: false,
  }
}

/** `GET /users/{username}` */
export function profileShape(world: World, account: Account) {
  return {
    ...accountShape(world, account),
    name: account.name,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
    twitter_username: null,
    public_repos: world.repositories.filter(({ owner }) => owner === account).length,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: timestamp(account.createdAt),
    updated_at: timestamp(account.createdAt),
  }
}

/** `organization` at the top of a webhook payload. */
export function organizationShape(world: World, account: Account) {
  const url = `${world.api}/orgs/${account.login}`
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId('Organization', account.id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${world.html}/avatars/u/${account.id}?v=4`,
    description: null,
  }
}
