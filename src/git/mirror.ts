import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../errors.ts'
import { FetchFailed, fetchFailure } from './fetch-failure.ts'
import { type FetchSource, networkTo, remote, withoutToken } from './fetch-source.ts'
import type { GitRepository } from './repository.ts'
import { askGit, type GitPlace, transferGit } from './run-git.ts'

/**
 * A fork network's commits and directories in one bare repository, without what
 * is in the files. Nothing in it is worth a backup: GitHub has it all.
 */
export interface Mirror extends GitRepository {
  /** never for reading files: they are not there */
  filesAreMissing: true
}

interface MirrorRequest {
  /** `DATA_DIR` */
  dataDirectory: string
  /** the network's root */
  repositoryId: number
  environment: GitPlace['environment']
}

/**
 * Opens a network's mirror, and makes it if need be. Only for whoever has the
 * turn `git/<repositoryId>`: what a killed git left behind is removed.
 * @throws FetchFailed "no git" where there is none, "broken" where the folder cannot be used
 */
export async function openMirror(request: MirrorRequest): Promise<Mirror> {
  const { environment } = request
  const folder = mirrorFolder(request)
  const init = ['init', '--bare', '--quiet', '--template=', '--shared=0600', folder]
  const { exitCode, error } = await withGit(askGit({ folder: '.', environment }, init))
  if (exitCode !== 0) throw new FetchFailed('broken', error.trim())
  await removeLeftovers(folder)
  return { folder, environment, shallow: false, treeless: false, filesAreMissing: true }
}

/** Removes a network's mirror, if there is one: its repository left, or it is damaged. */
export async function eraseMirror(request: Omit<MirrorRequest, 'environment'>): Promise<void> {
  await rm(mirrorFolder(request), { recursive: true, force: true })
}

function mirrorFolder({ dataDirectory, repositoryId }: Omit<MirrorRequest, 'environment'>): string {
  return join(dataDirectory, 'git', `${repositoryId}.git`)
}

export interface FetchRequest {
  source: FetchSource
  /**
   * `+HEAD:refs/upstream/HEAD`, `+<sha>:refs/forks/<id>/<branch>`, or an
   * object's id alone; hundreds at once are one transfer
   */
  refspecs: readonly string[]
  /** then a transfer is given up; half an hour where left out */
  deadlineMs?: number
}

const longestFetchMs = 30 * 60_000

const fetchOptions = [
  ...['--progress', '--stdin', '--no-tags', '--no-write-fetch-head'],
  ...['--no-recurse-submodules', '--no-auto-gc', '--filter=blob:none'],
]

/**
 * Fetches refs with all that they reach. Refs that were fetched stay where a
 * later one fails; an interrupted transfer begins anew. Objects are not checked
 * beyond their ids (`fetch.fsckObjects`): old histories have faults that harm
 * nobody here, since nothing is ever checked out.
 * @throws FetchFailed; of "no object", nothing of the batch was fetched: without `missing` it may go
 * @throws UserError for a source that is no address
 */
export async function fetchRefs(
  mirror: Mirror,
  { source, refspecs, deadlineMs = longestFetchMs }: FetchRequest,
): Promise<void> {
  await transfer(mirror, { source, lines: refspecs, deadlineMs, args: [] })
}

/**
 * Fetches single objects by their ids, such as the files that a comparison
 * needs, in one transfer: git by itself would ask for them one by one.
 * @throws as fetchRefs
 */
export async function fetchObjects(
  mirror: Mirror,
  { source, objects }: { source: FetchSource; objects: readonly string[] },
): Promise<void> {
  // What is here already has nothing to do with what is wanted.
  const args = ['-c', 'fetch.negotiationAlgorithm=noop']
  await transfer(mirror, { source, lines: objects, deadlineMs: longestFetchMs, args })
}

async function transfer(
  mirror: Mirror,
  request: {
    source: FetchSource
    lines: readonly string[]
    deadlineMs: number
    args: readonly string[]
  },
): Promise<void> {
  const { source, lines, deadlineMs, args } = request
  if (lines.length === 0) return
  const network = { ...networkTo(source), deadlineMs, input: `${lines.join('\n')}\n` }
  const { exitCode, error, outOfTime } = await withGit(
    transferGit(mirror, [...args, 'fetch', ...fetchOptions, remote], network),
  )
  if (outOfTime) throw new FetchFailed('passing', `it took more than ${deadlineMs / 1000} s`)
  if (exitCode !== 0) throw fetchFailure(withoutToken(error, source))
}

/** Keeps a commit, with all that it reaches, when the branch that it was on has moved elsewhere. */
export async function keepCommit(
  mirror: Mirror,
  { name, sha }: { name: `refs/${string}`; sha: string },
): Promise<void> {
  const { exitCode, error } = await askGit(mirror, ['update-ref', name, sha])
  if (exitCode !== 0) throw new FetchFailed('broken', error.trim())
}

/** So many transfers are kept as they came. */
const mostPacks = 40

/** Each transfer leaves a pack; many slow every reading down. Does nothing most of the time. */
export async function tidyMirror(mirror: Mirror): Promise<void> {
  const names = await readdir(join(mirror.folder, 'objects', 'pack')).catch(() => [])
  if (names.filter((name) => name.endsWith('.pack')).length <= mostPacks) return
  await askGit(mirror, ['gc', '--quiet'])
}

/** Locks and half transfers of a git that was killed: it had the turn, and has it no more. */
async function removeLeftovers(folder: string): Promise<void> {
  const among = async (place: string, recursive: boolean, isLeft: RegExp) => {
    const names = await readdir(join(folder, place), { recursive }).catch(() => [])
    const left = names.filter((name) => isLeft.test(name))
    await Promise.all(left.map((name) => rm(join(folder, place, name), { force: true })))
  }
  await among('.', false, /\.lock$/)
  await among('refs', true, /\.lock$/)
  await among('objects/pack', false, /^tmp_|\.tmp-|\.lock$/)
}

async function withGit<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof UserError) throw new FetchFailed('no git', error.message)
    throw error
  }
}
