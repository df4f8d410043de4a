import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UserError } from '../errors.ts'
import { FetchFailed } from '../git/fetch-failure.ts'
import type { FetchSource } from '../git/fetch-source.ts'
import { divergences, type ForkDivergence } from '../git/forks/divergence.ts'
import { readUpstream, type Upstream } from '../git/forks/upstream.ts'
import { fetchObjects, fetchRefs, type Mirror, openMirror } from '../git/mirror.ts'
import { commitNamed, type GitRepository, openRepository } from '../git/repository.ts'
import { askGit, type GitPlace } from '../git/run-git.ts'
import { asked, forkSource } from './fork-source.ts'

interface ComparisonRequest {
  /** the clone that the forks are compared with */
  folder: string
  /** as named: folders or addresses */
  forks: readonly string[]
  environment: GitPlace['environment']
  tell: (text: string) => void
}

/**
 * Fetches each fork into a temporary repository that borrows what the clone
 * has, and tells what is its own. Neither the clone nor a fork is changed. The
 * default branch comes first among a fork's heads.
 * @throws UserError naming the first of them that cannot be read
 */
export async function compareForks(request: ComparisonRequest): Promise<ForkDivergence[]> {
  const { folder, forks, environment, tell } = request
  const clone = await openRepository({ folder, environment })
  const heads = await upstreamHeads(clone)
  const sources: FetchSource[] = []
  for (const name of forks) sources.push(await forkSource(name, environment))
  const scratch = await mkdtemp(join(tmpdir(), 'groundswell-'))
  try {
    const mirror = await openMirror({ dataDirectory: scratch, repositoryId: 1, environment })
    await borrow(clone, mirror)
    tell('Reading the clone')
    const upstream = await readUpstream(mirror, heads)
    const told: ForkDivergence[] = []
    for (const [index, source] of sources.entries()) {
      const name = forks[index] ?? ''
      tell(`Fetching ${name}`)
      told.push(await divergenceOf(mirror, upstream, { name, source, place: index }))
    }
    return told
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/**
 * The current branch, and the others of upstream: those of the remote that it
 * was cloned from, since among its own may be ones that a fork was fetched into.
 */
async function upstreamHeads(clone: GitRepository): Promise<{ tip: string; heads: string[] }> {
  const shown = JSON.stringify(clone.folder)
  if (clone.shallow) {
    throw new UserError(
      `${shown} is a shallow clone: how far a fork is behind cannot be told. Run git fetch --unshallow there.`,
    )
  }
  if (clone.treeless) {
    throw new UserError(`${shown} was cloned without directories. Clone it anew without a filter.`)
  }
  const tip = await commitNamed(clone, 'HEAD')
  if (tip === null) {
    throw new UserError(
      `${shown} has no commits on its current branch, so nothing is a fork of it.`,
    )
  }
  const args = ['for-each-ref', '--format=%(objectname)']
  const [remote, own] = await Promise.all([
    askGit(clone, [...args, 'refs/remotes/origin']),
    askGit(clone, [...args, 'refs/heads']),
  ])
  const heads = (remote.out.trim() === '' ? own : remote).out.split('\n').filter(Boolean)
  return { tip, heads }
}

/** What is in the clone need not be copied. */
async function borrow(clone: GitRepository, mirror: Mirror): Promise<void> {
  const args = ['rev-parse', '--path-format=absolute', '--git-path', 'objects']
  const { out } = await askGit(clone, args)
  await writeFile(join(mirror.folder, 'objects', 'info', 'alternates'), out)
}

async function divergenceOf(
  mirror: Mirror,
  upstream: Upstream,
  { name, source, place }: { name: string; source: FetchSource; place: number },
): Promise<ForkDivergence> {
  const refs = `refs/forks/${place}`
  const refspecs = [`+HEAD:${refs}/HEAD`, `+refs/heads/*:${refs}/heads/*`]
  await asked(name, fetchRefs(mirror, { source, refspecs }))
  const heads = await headsUnder(mirror, refs)
  const fetchBlobs = async (objects: readonly string[]) => {
    await fetchObjects(mirror, { source, objects }).catch((failure: unknown) => {
      // The comparison says what it could not do without them.
      if (!(failure instanceof FetchFailed)) throw failure
    })
  }
  for await (const fork of divergences(mirror, upstream, [{ id: name, heads }], fetchBlobs)) {
    return fork
  }
  throw new Error('A fork was asked about, and nothing came of it')
}

/** The default branch first, as HEAD; branches that end where it does say nothing new. */
async function headsUnder(
  mirror: Mirror,
  refs: string,
): Promise<{ branch: string; sha: string }[]> {
  const { out } = await askGit(mirror, ['for-each-ref', '--format=%(objectname) %(refname)', refs])
  const found = out
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [sha = '', ref = ''] = line.split(' ')
      return { sha, branch: ref.slice(`${refs}/`.length).replace(/^heads\//, '') }
    })
  const head = found.find(({ branch }) => branch === 'HEAD')
  return head === undefined ? found : [head, ...found.filter(({ sha }) => sha !== head.sha)]
}
