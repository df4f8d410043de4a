import type { Environment } from '../../config/environment.ts'
import { UserError } from '../errors.ts'
import type { ForkDivergence } from '../git/forks/divergence.ts'
import type { GitHubClient } from '../github/client.ts'
import { openPublicClient } from '../github/public-client.ts'
import { type PublicRepository, publicRepository } from '../github/public-repository.ts'
import type { ComparedNetwork } from '../report/fork-comparison.ts'
import type { ForkComparison } from '../report/json/forks.ts'
import type { withScratchStore } from '../store/scratch.ts'
import { compareListedForks } from './compare-listed-forks.ts'
import { refusalOf } from './github-refusal.ts'
import { fetchListedForks, listNetwork } from './list-network.ts'
import type { NetworkReader, NetworkReading } from './network-reader.ts'
import { networkRows } from './network-rows.ts'
import type { Tell } from './read-window.ts'
import { compareByApi, scanNetwork } from './scan-network.ts'

interface NetworkRequest {
  owner: string
  name: string
  /** so many forks are compared at most */
  limit: number
  /** of a repository that is itself a fork; null: this one, with a word about the root */
  which: 'root' | 'this' | null
}

interface NetworkOptions {
  environment: Pick<Environment, 'github' | 'surroundings'>
  now: Date
  tell: Tell
  /** lends an empty store */
  withStore: typeof withScratchStore
}

export interface ForkNetworkComparison {
  /** `owner/name` */
  name: string
  /** every fork that was listed */
  forks: ForkComparison
  network: ComparedNetwork
}

/**
 * Compares the public forks of a repository on GitHub with it, without the App:
 * what it takes goes into a store that is gone afterwards.
 * @throws UserError for what GitHub refuses, and why
 */
export async function forksOfRepository(
  request: NetworkRequest,
  options: NetworkOptions,
): Promise<ForkNetworkComparison> {
  const { environment, now, tell, withStore } = options
  const { limit } = request
  const fullName = `${request.owner}/${request.name}`
  const hasToken = environment.github.token !== null
  const client = openPublicClient(environment.github)
  let begun = false
  try {
    const repository = await repositoryAsked(client, request, options)
    begun = true
    return await withStore(async (db) => {
      const reader = { client, repository, environment, limit, now, db, tell }
      return await compared(reader, hasToken ? await byToken(reader) : await byNobody(reader))
    })
  } catch (error) {
    throw refusalOf(error, { fullName, hasToken, begun }, now)
  }
}

async function repositoryAsked(
  client: GitHubClient,
  { owner, name, which }: NetworkRequest,
  { now: readAt, tell }: NetworkOptions,
): Promise<PublicRepository> {
  const asked = await publicRepository(client, { owner, name, readAt })
  const { fullName, root } = asked
  if (fullName.toLowerCase() !== `${owner}/${name}`.toLowerCase()) {
    tell(`${owner}/${name} is called ${fullName} now.`, 'lasting')
  }
  if (root !== null && which === null) {
    tell(
      `${fullName} is itself a fork, of the network of ${root}. Compared is what was forked from ${fullName}, with it; --root asks about ${root}.`,
      'lasting',
    )
  }
  const found =
    root !== null && which === 'root'
      ? await publicRepository(client, { ...split(root), readAt })
      : asked
  if (found.private) {
    throw new UserError(
      `${found.fullName} is private, and so are its forks: they are nobody's business.`,
    )
  }
  return found
}

function split(fullName: string): { owner: string; name: string } {
  const [owner = '', name = ''] = fullName.split('/')
  return { owner, name }
}

interface Reading extends NetworkReading {
  divergences: ReadonlyMap<number, ForkDivergence>
  problems: ReadonlyMap<number, string>
}

/** By GraphQL; where git cannot compare, GitHub does. */
async function byToken(reader: NetworkReader): Promise<Reading> {
  const reading = await scanNetwork(reader)
  const { divergences, failure } = await compareListedForks(reader, async () => {})
  const problems = new Map<number, string>()
  if (failure === null) return { ...reading, divergences, problems }
  reader.tell(`git could not compare (${failure}), so GitHub is asked.`, 'lasting')
  const { points, requests } = await compareByApi(reader)
  const cost = { points: reading.cost.points + points, requests: reading.cost.requests + requests }
  const note =
    'Forks were compared by GitHub, which does not tell how much of their work is here already: original commits are known only where there are none.'
  return { ...reading, cost, divergences, problems, notes: [...reading.notes, note] }
}

/** By the REST API, and by git alone. */
async function byNobody(reader: NetworkReader): Promise<Reading> {
  const reading = await listNetwork(reader)
  let problems = new Map<number, string>()
  const { divergences, failure } = await compareListedForks(reader, async (mirror) => {
    problems = await fetchListedForks(reader, mirror)
  })
  const notes = failure === null ? [] : [`Forks could not be compared by git (${failure}).`]
  return { ...reading, divergences, problems, notes: [...reading.notes, ...notes] }
}

async function compared(reader: NetworkReader, reading: Reading): Promise<ForkNetworkComparison> {
  const { repository, tell } = reader
  const { rows: forks, leftOut } = await networkRows(reader, reading)
  const { points, requests } = reading.cost
  const spent = points === 0 ? '' : `${points} points and `
  tell(`It took ${spent}${requests} requests of GitHub's limits.`, 'lasting')
  return {
    name: repository.fullName,
    forks,
    network: {
      size: repository.forks,
      compared: forks.filter(({ ahead, relation }) => ahead !== null || relation !== null).length,
      leftOut: new Set(leftOut),
      forkOf: repository.forkOf,
      notes: reading.notes,
    },
  }
}
