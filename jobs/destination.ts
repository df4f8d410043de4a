import type { Channel, Channels } from '../config/channels.ts'
import type { Fault } from '../src/report/configuration-fault.ts'
import type { TrackedRepository } from '../src/store/repositories.ts'

/** Where a digest may go, as `digest.to` of a configuration spells it. */
export type Destination =
  | { kind: 'issue' }
  | { kind: 'discussion'; category: string }
  | { kind: 'channel'; channel: Channel }

type Whose = Pick<TrackedRepository, 'ownerLogin' | 'name' | 'private'>

/**
 * A destination by its name, or `fault`: why the digests of this repository
 * cannot go there, for whoever wrote the configuration. Channels of others are
 * not told apart from those that do not exist.
 */
export function destinationOf(
  to: string,
  repository: Whose,
  { named }: Channels,
): Destination | { kind: 'none'; fault: Fault } {
  if (to === 'issue') return { kind: 'issue' }
  const [, category] = /^discussion:(.+)$/.exec(to) ?? []
  if (category !== undefined) return { kind: 'discussion', category }
  const channel = named.get(to)
  if (channel === undefined || !servesOwner(channel, repository)) {
    const own = [...named.values()].filter((each) => serves(each, repository))
    return {
      kind: 'none',
      fault: { code: 'no such channel', to, offered: own.map(({ id }) => id) },
    }
  }
  if (repository.private && !servesByName(channel, repository)) {
    return { kind: 'none', fault: { code: 'not for private', to } }
  }
  return { kind: 'channel', channel }
}

const fullName = ({ ownerLogin, name }: Whose) => `${ownerLogin}/${name}`.toLowerCase()

function servesByName(channel: Channel, repository: Whose): boolean {
  return channel.for.includes(fullName(repository))
}

function serves(channel: Channel, repository: Whose): boolean {
  if (servesByName(channel, repository)) return true
  return !repository.private && servesOwner(channel, repository)
}

/** What stands in the organisation's `.github` is for all of its repositories. */
function servesOwner(channel: Channel, repository: Whose): boolean {
  const owner = repository.ownerLogin.toLowerCase()
  if (channel.for.includes(owner) || servesByName(channel, repository)) return true
  return repository.name === '.github' && channel.for.some((each) => each.startsWith(`${owner}/`))
}
