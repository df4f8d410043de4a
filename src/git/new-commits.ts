import type { Commit } from '../events/commit.ts'
import { commitInstant } from '../events/commit-instant.ts'
import { plainLog, plainPaths } from './commit-log.ts'
import { instantOf } from './instant.ts'
import type { GitRepository } from './repository.ts'
import { askGit, tokensOfGit } from './run-git.ts'

/** Which commits: all that `tip` reaches and `base` does not. */
export interface NewCommitsRange {
  tip: string
  /** null: from the beginning */
  base: string | null
}

const fields = ['%H', '%ct', '%an', '%ae', '%B'] as const

/**
 * Hands over commits as facts are made of them, newest first, so many at a
 * time; no more than those are ever held. The same range comes in the same
 * order as long as git stays the same.
 *
 * A merge has no paths: what it brings, the commits before it touched. Authors
 * are as in the commit, whatever a `.mailmap` says: webhooks tell it so, too.
 *
 * @param skip so many of the newest are left out
 * @throws UserError when git cannot read on
 */
export async function* newCommits(
  repository: GitRepository,
  range: NewCommitsRange,
  { skip, batch }: { skip: number; batch: number },
): AsyncGenerator<Commit[]> {
  const args = [
    ...plainLog,
    ...plainPaths,
    '--no-mailmap',
    `--skip=${skip}`,
    `--format=%x00${fields.join('%x00')}`,
    ...revisionsOf(range),
    '--',
  ]
  let commits: Commit[] = []
  let values: string[] = []
  const finish = () => {
    if (values.length > 0) commits.push(commitOf(values))
    values = []
  }
  for await (const tokens of tokensOfGit(repository, args)) {
    for (const token of tokens) {
      // Fields and paths are counted: only an empty token after all fields begins another commit.
      if (token !== '' || (values.length > 0 && values.length < fields.length)) values.push(token)
      else finish()
      if (commits.length < batch) continue
      yield commits
      commits = []
    }
  }
  finish()
  if (commits.length > 0) yield commits
}

/** How many commits a range holds. */
export async function countCommits(
  repository: GitRepository,
  range: NewCommitsRange,
): Promise<number> {
  const { out } = await askGit(repository, ['rev-list', '--count', ...revisionsOf(range), '--'])
  return Number(out.trim())
}

function revisionsOf({ tip, base }: NewCommitsRange): string[] {
  return base === null ? [tip] : [tip, `^${base}`]
}

function commitOf([sha = '', seconds = '', name = '', email = '', ...rest]: string[]): Commit {
  const [message = '', first = '', ...others] = rest
  return {
    sha,
    occurredAt: commitInstant(instantOf(seconds)),
    message,
    author: { name, email, username: null },
    // git puts a line break before the first path
    paths: [first.replace(/^\n/, ''), ...others].filter((path) => path !== ''),
  }
}
