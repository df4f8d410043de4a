import type { GitRepository } from '../repository.ts'
import { askGit } from '../run-git.ts'
import { lines } from './changes.ts'

/** git looks through whatever it is given here; nothing is fetched, and what is missing is left out. */
const look = ['rev-list', '--no-walk=unsorted', '--ignore-missing', '--missing=allow-any']

/** The commits among these ids that are in the repository. A damaged one counts as there. */
export async function presentCommits(
  repository: GitRepository,
  ids: readonly string[],
): Promise<Set<string>> {
  return await present(repository, ids, [])
}

/**
 * The files' contents among these ids that a partial clone left out; to be had
 * in one go, before git would ask for them one by one.
 */
export async function missingBlobs(
  repository: GitRepository,
  ids: readonly string[],
): Promise<string[]> {
  const there = await present(repository, ids, ['--objects'])
  return [...new Set(ids)].filter((id) => !there.has(id))
}

async function present(
  repository: GitRepository,
  ids: readonly string[],
  kinds: readonly string[],
): Promise<Set<string>> {
  const distinct = [...new Set(ids)]
  if (distinct.length === 0) return new Set()
  const args = [...look, ...kinds, '--stdin']
  const { exitCode, out } = await askGit(repository, args, lines(distinct))
  // A damaged one ends git: which it is shows when it is read.
  if (exitCode !== 0) return new Set(distinct)
  return new Set(out.split('\n').map((line) => line.trim()))
}
