import type { Installation } from '../entities.ts'
import { timestamp, timestampOrNull, type World } from '../world.ts'
import { accountShape } from './account.ts'
import { nodeId } from './node-id.ts'

/** `integration`: the App itself, as in `GET /app` and `performed_via_github_app`. */
export function appShape(world: World) {
  const { app } = world
  return {
    id: app.id,
    client_id: app.clientId,
    slug: app.slug,
    node_id: nodeId('App', app.id),
    owner: accountShape(world, world.account(app.owner)),
    name: app.name,
    description: '',
    external_url: world.html,
    html_url: `${world.html}/apps/${app.slug}`,
    created_at: timestamp(app.createdAt),
    updated_at: timestamp(app.createdAt),
    permissions: app.permissions,
    events: app.events,
  }
}

export function installationShape(world: World, installation: Installation) {
  const { account } = installation
  const owner = account.type === 'Organization' ? `organizations/${account.login}/` : ''
  return {
    id: installation.id,
    client_id: world.app.clientId,
    account: accountShape(world, account),
    repository_selection: installation.repositories === 'all' ? 'all' : 'selected',
    access_tokens_url: `${world.api}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${world.api}/installation/repositories`,
    html_url: `${world.html}/${owner}settings/installations/${installation.id}`,
    app_id: world.app.id,
    app_slug: world.app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: installation.permissions,
    events: installation.events,
    created_at: timestamp(installation.createdAt),
    updated_at: timestamp(installation.createdAt),
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: installation.suspendedAt && accountShape(world, account),
    suspended_at: timestampOrNull(installation.suspendedAt),
  }
}
