import type { Account } from '../entities.ts'
import { nodeId } from '../shapes/node-id.ts'
import type { World } from '../world.ts'

/** GraphQL calls a bot by its slug; only the REST API writes `[bot]` behind it. */
export function actorNode(world: World, account: Account | null) {
  if (!account || account.deleted) return null
  const login = account.login.replace(/\[bot\]$/, '')
  return {
    __typename: account.type,
    id: nodeId(account.type, account.id),
    databaseId: account.id,
    login,
    url: `${world.html}/${account.type === 'Bot' ? `apps/${login}` : login}`,
    avatarUrl: `${world.html}/avatars/u/${account.id}?v=4`,
  }
}
