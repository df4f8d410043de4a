import { failureOf } from './failure.ts'
import type { Octokit } from './github-app.ts'

export type Permission = 'none' | 'read' | 'triage' | 'write' | 'maintain' | 'admin'

const ranks: readonly Permission[] = ['none', 'read', 'triage', 'write', 'maintain', 'admin']

export const atLeast = (permission: Permission, wanted: Permission): boolean =>
  ranks.indexOf(permission) >= ranks.indexOf(wanted)

/** Asked when it matters: an association in a payload says who somebody is, not what they may. */
export async function permissionOf(
  octokit: Octokit,
  where: { owner: string; name: string; login: string },
): Promise<Permission> {
  try {
    const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({
      owner: where.owner,
      repo: where.name,
      username: where.login,
    })
    return (
      ranks.find((rank) => rank === (data.role_name ?? data.permission)) ?? asBase(data.permission)
    )
  } catch (error) {
    // Nobody that GitHub knows of here, or that it tells us of: no permission, rather than an error.
    const { kind } = failureOf(error, new Date(0))
    if (kind === 'gone' || kind === 'refused') return 'none'
    throw error
  }
}

/** A role of the organisation's own making: GitHub tells which base it stands on. */
function asBase(permission: string): Permission {
  return ranks.find((rank) => rank === permission) ?? 'none'
}
