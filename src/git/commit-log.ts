import { instantOf } from './instant.ts'
import type { GitRepository } from './repository.ts'
import { readGit } from './run-git.ts'

/** One commit as `git log` tells it, its author as `.mailmap` has them. */
export interface LoggedCommit {
  /** 0: history begins here */
  parents: number
  /** the committer's time: when it came into the project, as in `git log --since` */
  committedAt: Date
  name: string
  email: string
  /** as the commit itself has them */
  givenName: string
  givenEmail: string
  message: string
}

const fields = ['%P', '%ct', '%aN', '%aE', '%an', '%ae', '%B'] as const

/** Whatever the person's settings or the repository's make of a log, this is how it is read. */
export const plainLog = ['log', '-z', '--encoding=UTF-8', '--no-show-signature']

/** The paths that a commit touched, whatever the person's settings or the repository's make of a comparison. */
export const plainPaths = [
  ...['--name-only', '--no-renames', '--no-ext-diff', '--no-textconv', '--no-relative'],
]

/** The arguments of `git log`: NUL ends each field and each commit, since nothing in a commit can hold one. */
export function logArguments(revisions: readonly string[]): string[] {
  return [
    ...plainLog,
    '--use-mailmap',
    '--no-patch',
    `--format=${fields.join('%x00')}`,
    ...revisions,
    '--',
  ]
}

/**
 * Hands over every commit of `git log`, newest first, one at a time.
 *
 * @param revisions commit ids, with `^` those whose history is left out
 */
export async function readCommits(
  repository: GitRepository,
  revisions: readonly string[],
  onCommit: (commit: LoggedCommit) => void,
): Promise<void> {
  let values: string[] = []
  await readGit(repository, logArguments(revisions), (token) => {
    values.push(token)
    if (values.length < fields.length) return
    onCommit(commitOf(values))
    values = []
  })
}

function commitOf(values: readonly string[]): LoggedCommit {
  const [parents = '', seconds = '', name = '', email = ''] = values
  const [givenName = '', givenEmail = '', message = ''] = values.slice(4)
  return {
    parents: parents === '' ? 0 : parents.split(' ').length,
    committedAt: instantOf(seconds),
    name,
    email,
    givenName,
    givenEmail,
    message,
  }
}

/** Hands over the paths of every commit but merges, and when it was made. `since` may leave a few out whose clock was wrong. */
export async function readPaths(
  repository: GitRepository,
  { revisions, since }: { revisions: readonly string[]; since: Date | null },
  onCommit: (committedAt: Date, paths: readonly string[]) => void,
): Promise<void> {
  const args = [
    ...plainLog,
    ...plainPaths,
    ...(since === null ? [] : [`--max-age=${Math.max(0, Math.floor(since.getTime() / 1000))}`]),
    '--format=%x00%ct',
    ...revisions,
    '--',
  ]
  let committedAt: Date | null = null
  let paths: string[] = []
  const finish = () => {
    if (committedAt !== null && paths.length > 0) onCommit(committedAt, paths)
    committedAt = null
    paths = []
  }
  await readGit(repository, args, (token) => {
    if (token === '') finish()
    else if (committedAt === null) committedAt = instantOf(token)
    // git puts a line break before the first path
    else paths.push(paths.length === 0 ? token.replace(/^\n/, '') : token)
  })
  finish()
}
