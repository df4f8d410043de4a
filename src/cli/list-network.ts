import { UserError } from '../errors.ts'
import { FetchFailed } from '../git/fetch-failure.ts'
import { refsBelow } from '../git/forks/fetch-heads.ts'
import { fetchRefs, type Mirror } from '../git/mirror.ts'
import { firstForks, forksByRest } from '../github/forks/forks-by-rest.ts'
import { keepBranches } from '../store/fork-heads.ts'
import { changeForks, keepForks, keepInside } from '../store/forks.ts'
import { countTry, forksToLookInto, forksToOpen } from '../store/forks-to-read.ts'
import type { NetworkReader, NetworkReading } from './network-reader.ts'

const forksAPage = 100
const atOnce = 50

/**
 * Lists a network without a token: the REST API gives its forks, a hundred for
 * one of the sixty requests of an hour. Forks of forks cost a request each, as
 * far as there are some left.
 * @throws what GitHub answered where it refuses
 * @throws UserError where it is known before that GitHub will not answer for so much
 */
export async function listNetwork(reader: NetworkReader): Promise<NetworkReading> {
  const { repository, tell } = reader
  tell(
    'There is no GITHUB_TOKEN, so GitHub answers 60 requests an hour. Any token of yours, without permissions, opens 5,000.',
    'lasting',
  )
  refuseTooMany(repository)
  let left = repository.requestsLeft ?? Number.POSITIVE_INFINITY
  let requests = 1
  const list = async (parent: { id: number; fullName: string; depth: number }) => {
    let query: string | null = firstForks
    while (query !== null && left > 0) {
      left -= 1
      requests += 1
      query = await keepPage(reader, parent, query)
      tell(`Listing forks: ${requests} requests so far`)
    }
    return query === null
  }
  const isWhole = await list({ ...repository, depth: 0 })
  const unlisted = await listBelow(reader, list)
  return {
    cost: { points: 0, requests },
    pullRequests: null,
    notes: [
      ...(isWhole
        ? []
        : ['The list of forks is not whole: the requests of this hour are used up.']),
      ...(unlisted === 0
        ? []
        : [
            `Forks of ${unlisted} ${unlisted === 1 ? 'fork' : 'forks'} could not be listed: the requests of this hour are used up.`,
          ]),
      'Without a token neither pull requests nor releases were read, so no fork is called contributing, and hard forks may be called diverged.',
    ],
  }
}

/** Better before than after fifty requests. */
function refuseTooMany({ forks, requestsLeft, resetsAt, fullName }: NetworkReader['repository']) {
  const needed = Math.ceil(forks / forksAPage)
  if (requestsLeft === null || needed <= requestsLeft) return
  const until = resetsAt === null ? '' : ` until ${resetsAt.toISOString().slice(11, 16)} UTC`
  throw new UserError(
    `${fullName} has ${forks} forks. To list them takes ${needed} requests, and without a token GitHub answers ${requestsLeft} more${until}. Set GITHUB_TOKEN to any token of yours.`,
  )
}

async function keepPage(
  { client, db, repository, now }: NetworkReader,
  parent: { id: number; fullName: string; depth: number },
  query: string,
): Promise<string | null> {
  const [owner = '', name = ''] = parent.fullName.split('/')
  const { forks, next } = await forksByRest(client, { owner, name }, query)
  await keepForks(db, repository.id, {
    forks: forks.map((fork) => ({ ...fork, parentId: parent.id, depth: parent.depth + 1 })),
    at: now,
    upstreamDescription: null,
  })
  for (const { id, defaultBranch } of forks) {
    await changeForks(db, repository.id, [id], { default_branch: defaultBranch })
  }
  return next
}

/** @returns of how many forks the own ones are not known */
async function listBelow(
  { db, repository, now }: NetworkReader,
  list: (parent: { id: number; fullName: string; depth: number }) => Promise<boolean>,
): Promise<number> {
  let unlisted = 0
  for (;;) {
    const parents = await forksToOpen(db, repository.id, { since: now, limit: atOnce })
    if (parents.length === 0) return unlisted
    for (const { fork_id: id, full_name: fullName, depth } of parents) {
      if (!(await list({ id, fullName, depth }))) unlisted += 1
      await changeForks(db, repository.id, [id], { forks_read_at: now })
    }
  }
}

/** Fetches the branches of the forks that are compared from themselves, which costs nothing of GitHub's limits. */
export async function fetchListedForks(
  { db, repository, environment, limit, now, tell }: NetworkReader,
  mirror: Mirror,
): Promise<Map<number, string>> {
  const problems = new Map<number, string>()
  const addressOf = (fork: string) => `${environment.github.htmlUrl}/${fork}.git`
  // First, so that of each fork only its own commits are transferred.
  const upstream = { url: addressOf(repository.fullName), token: null }
  const refspecs = ['+HEAD:refs/upstream/HEAD', '+refs/heads/*:refs/upstream/heads/*']
  await fetchRefs(mirror, { source: upstream, refspecs })
  const tips = new Set((await refsBelow(mirror, 'refs/upstream/heads')).values())
  const forks = await forksToLookInto(db, repository.id, { evenUntouched: true, limit })
  for (const [index, fork] of forks.entries()) {
    tell(`Fetching forks: ${index + 1} of ${forks.length}`)
    const { fork_id: forkId, full_name: fullName, default_branch: defaultBranch } = fork
    const place = `refs/seen/${forkId}` as const
    try {
      await fetchRefs(mirror, {
        source: { url: addressOf(fullName), token: null },
        refspecs: [`+refs/heads/*:${place}/*`],
      })
    } catch (error) {
      if (!(error instanceof FetchFailed) || error.kind === 'no git') throw error
      problems.set(forkId, error.message)
      await countTry(db, repository.id, [forkId])
      continue
    }
    const found = [...(await refsBelow(mirror, place))].map(([ref, sha]) => ({
      ...{ name: ref.slice(`${place}/`.length), sha, committedAt: null },
    }))
    // A new fork has copies of upstream's branches: where they still stand, there is nothing of its own.
    const branches = found.filter(({ name, sha }) => name === defaultBranch || !tips.has(sha))
    await keepBranches(db, repository.id, { forkId, branches, at: now })
    await keepInside(
      db,
      { repositoryId: repository.id, forkId },
      {
        ...{ default_branch: defaultBranch, branches: found.length },
        ...{ releases: null, threads: null, outside_contributors: null },
      },
    )
  }
  return problems
}
