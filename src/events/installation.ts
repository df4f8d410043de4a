import { z } from 'zod'
import { User } from './account.ts'
import type { AccountType } from './fact.ts'
import { Instant, parsePayload } from './payload.ts'

/** A repository that an installation reaches. */
export interface InstalledRepository {
  id: number
  fullName: string
  private: boolean
}

interface InstallationChanged {
  installationId: number
  /** the organisation or user that installed the App */
  account: { id: number; login: string; type: AccountType }
  /** GitHub's own instant of the change, so that the latest can win */
  at: Date
}

export interface InstallationChange extends InstallationChanged {
  kind: 'created' | 'deleted' | 'suspended' | 'unsuspended' | 'permissions'
  /** not every payload lists them, and then nothing is known about them */
  repositories: InstalledRepository[] | 'all unknown'
}

export interface InstallationRepositoriesChange extends InstallationChanged {
  added: InstalledRepository[]
  removed: InstalledRepository[]
}

const Installation = z.object({ id: z.int(), account: User, updated_at: Instant })

const Installed = z.object({ id: z.int(), full_name: z.string(), private: z.boolean() }).transform(
  (repository): InstalledRepository => ({
    id: repository.id,
    fullName: repository.full_name,
    private: repository.private,
  }),
)

const kinds = new Map<string, InstallationChange['kind']>([
  ['created', 'created'],
  ['deleted', 'deleted'],
  ['suspend', 'suspended'],
  ['unsuspend', 'unsuspended'],
  ['new_permissions_accepted', 'permissions'],
])

const InstallationPayload = z.object({
  action: z.string(),
  installation: Installation,
  repositories: z.array(Installed).nullish(),
})

/** What an `installation` event changes. Null for an action that is new to us. Throws PayloadMismatch. */
export function installationChange(payload: unknown): InstallationChange | null {
  const { action, installation, repositories } = parsePayload(
    'installation',
    InstallationPayload,
    payload,
  )
  const kind = kinds.get(action)
  if (kind === undefined) return null
  return { ...changed(installation), kind, repositories: repositories ?? 'all unknown' }
}

const RepositoriesPayload = z.object({
  installation: Installation,
  repositories_added: z.array(Installed).default([]),
  repositories_removed: z.array(Installed).default([]),
})

/** What an `installation_repositories` event changes. Throws PayloadMismatch. */
export function installationRepositoriesChange(payload: unknown): InstallationRepositoriesChange {
  const event = parsePayload('installation_repositories', RepositoriesPayload, payload)
  return {
    ...changed(event.installation),
    added: event.repositories_added,
    removed: event.repositories_removed,
  }
}

function changed({ id, account, updated_at: at }: z.output<typeof Installation>) {
  return { installationId: id, account, at }
}
