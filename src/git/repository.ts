import { UserError } from '../errors.ts'
import { instantOf } from './instant.ts'
import { askGit, type GitPlace } from './run-git.ts'

/** A git repository that can be read. */
export interface GitRepository extends GitPlace {
  /** history is cut off: what was before is not here */
  shallow: boolean
  /** directories were left out when it was cloned: what a commit touched cannot be told */
  treeless: boolean
}

/** @throws UserError when the folder is no repository that git may read, or git is not there */
export async function openRepository(place: GitPlace): Promise<GitRepository> {
  const { folder } = place
  // git takes an empty name for the folder it runs in
  if (folder === '') throw new UserError('No folder was named. Name the folder of a git clone.')
  const [kind, filter] = await Promise.all([
    askGit(place, ['rev-parse', '--is-shallow-repository', '--show-prefix']),
    askGit(place, ['config', '--get-regexp', '^remote\\..*\\.partialclonefilter$']),
  ])
  if (kind.exitCode !== 0) throw new UserError(refusal(folder, kind.error))
  const [shallow, prefix] = kind.out.split('\n')
  if (prefix !== '') {
    throw new UserError(
      `${JSON.stringify(folder)} is a folder inside a repository. Name the top folder of the clone.`,
    )
  }
  return {
    ...place,
    shallow: shallow === 'true',
    treeless: filter.out.includes('tree:'),
  }
}

/** The full id of the commit that a person named, in any way that git knows; null where there is none. */
export async function commitNamed(
  repository: GitRepository,
  revision: string,
): Promise<string | null> {
  if (revision === '' || revision.includes('\0')) return null
  const { exitCode, out } = await askGit(repository, [
    'rev-parse',
    '--quiet',
    '--verify',
    '--end-of-options',
    `${revision}^{commit}`,
  ])
  const sha = out.trim()
  return exitCode === 0 && /^[0-9a-f]{40,64}$/.test(sha) ? sha : null
}

/** The newest commit that a tip reaches from before an instant, by the committer's time; null: there is none. */
export async function commitBefore(
  repository: GitRepository,
  { tip, before }: { tip: string; before: Date },
): Promise<string | null> {
  // git counts whole seconds, and takes the named one in.
  const last = Math.ceil(before.getTime() / 1000) - 1
  const { out } = await askGit(repository, ['rev-list', '-1', `--min-age=${last}`, tip])
  const sha = out.trim()
  return sha === '' ? null : sha
}

/** When a commit came into the project: the committer's time. */
export async function committedAt(repository: GitRepository, sha: string): Promise<Date> {
  const { out } = await askGit(repository, [
    'log',
    '-1',
    '--no-show-signature',
    '--format=%ct',
    sha,
  ])
  return instantOf(out)
}

function refusal(folder: string, error: string): string {
  const shown = JSON.stringify(folder)
  if (error.includes('dubious ownership')) {
    return `${shown} belongs to somebody else, and git does not read it for that reason. If you trust it, run: git config --global --add safe.directory <its full path>`
  }
  if (/cannot change to/.test(error)) {
    return `There is no folder ${shown}. Name the folder of a git clone.`
  }
  if (/not a git repository/i.test(error)) {
    return `${shown} is no git repository. Name the folder of a git clone.`
  }
  return `git cannot read ${shown}: ${error.trim().split('\n')[0] ?? ''}`
}
