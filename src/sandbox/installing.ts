import type { Installation, Repository } from './entities.ts'
import type { Services } from './rest/operation.ts'
import { addInstallation, type InstallationGiven } from './setting-up.ts'
import { accountShape } from './shapes/account.ts'
import { installationShape } from './shapes/app.ts'
import { nodeId } from './shapes/node-id.ts'
import { covers, nameOf } from './world.ts'

/** What the owners of an account do to the App, and to their repositories as such. */
export function installing({ world, deliveries }: Services) {
  const tell = (event: string, installation: Installation, more: Record<string, unknown>) =>
    deliveries.announce(
      deliveries.keep(event, installation, null, {
        ...more,
        installation: installationShape(world, installation),
        sender: accountShape(world, installation.account),
      }),
    )
  const installationOf = (login: string) => {
    const found = world.installations.find(({ account }) => account === world.account(login))
    if (!found) throw new Error(`The App is not installed on ${login}`)
    return found
  }
  const covered = (installation: Installation) =>
    world.repositories.filter((repository) => covers(installation, repository)).map(briefShape)
  const about = (action: string, repository: Repository, more: Record<string, unknown> = {}) =>
    deliveries.announce(
      deliveries.make('repository', { repository, sender: repository.owner }, { action, ...more }),
    )

  return {
    install(login: string, given: InstallationGiven = {}) {
      const installation = addInstallation(world, login, given)
      const repositories = covered(installation)
      return tell('installation', installation, {
        action: 'created',
        repositories,
        requester: null,
      })
    },

    uninstall(login: string) {
      const installation = installationOf(login)
      const repositories = covered(installation)
      world.installations.splice(world.installations.indexOf(installation), 1)
      return tell('installation', installation, { action: 'deleted', repositories })
    },

    suspend(login: string) {
      const installation = installationOf(login)
      installation.suspendedAt = world.now()
      return tell('installation', installation, { action: 'suspend' })
    },

    unsuspend(login: string) {
      const installation = installationOf(login)
      installation.suspendedAt = null
      return tell('installation', installation, { action: 'unsuspend' })
    },

    /** Adds to, or takes from, the repositories that the App may see. */
    changeRepositories(login: string, change: { added?: string[]; removed?: string[] }) {
      const installation = installationOf(login)
      const named = (names: string[] = []) =>
        names.map((name) => world.repository(`${login}/${name}`))
      const [added, removed] = [named(change.added), named(change.removed)]
      const chosen = new Set(
        installation.repositories === 'all'
          ? world.repositories
              .filter(({ owner }) => owner === installation.account)
              .map(({ id }) => id)
          : installation.repositories,
      )
      for (const { id } of added) chosen.add(id)
      for (const { id } of removed) chosen.delete(id)
      installation.repositories = chosen
      return tell('installation_repositories', installation, {
        action: removed.length > 0 ? 'removed' : 'added',
        repository_selection: 'selected',
        repositories_added: added.map(briefShape),
        repositories_removed: removed.map(briefShape),
        requester: null,
      })
    },

    renameRepository(fullName: string, name: string) {
      const repository = world.repository(fullName)
      const from = repository.name
      repository.formerNames.push(nameOf(repository))
      repository.name = name
      return about('renamed', repository, { changes: { repository: { name: { from } } } })
    },

    renameDefaultBranch(fullName: string, name: string) {
      const repository = world.repository(fullName)
      const from = repository.defaultBranch
      rename(repository.branches, from, name)
      rename(repository.files, from, name)
      repository.defaultBranch = name
      return about('edited', repository, { changes: { default_branch: { from } } })
    },

    archiveRepository(fullName: string) {
      const repository = world.repository(fullName)
      repository.archived = true
      return about('archived', repository)
    },

    /** Publishing tells the App twice, the older event first. */
    async setPrivate(fullName: string, isPrivate: boolean) {
      const repository = world.repository(fullName)
      repository.private = isPrivate
      const sender = repository.owner
      if (!isPrivate) {
        await deliveries.announce(deliveries.make('public', { repository, sender }, {}))
      }
      return about(isPrivate ? 'privatized' : 'publicized', repository)
    },

    async deleteRepository(fullName: string) {
      const repository = world.repository(fullName)
      const delivery = deliveries.make(
        'repository',
        { repository, sender: repository.owner },
        { action: 'deleted' },
      )
      world.remove(repository)
      return deliveries.announce(delivery)
    },
  }
}

function rename<Value>(branches: Map<string, Value>, from: string, to: string): void {
  const value = branches.get(from)
  if (value !== undefined) branches.set(to, value)
  branches.delete(from)
}

function briefShape(repository: Repository) {
  return {
    id: repository.id,
    node_id: nodeId('Repository', repository.id),
    name: repository.name,
    full_name: nameOf(repository),
    private: repository.private,
  }
}
