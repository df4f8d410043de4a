import { type CommitCredit, creditOf } from '../../people/commit-tally.ts'
import { instantOf } from '../instant.ts'
import type { GitRepository } from '../repository.ts'
import { type Change, changedCommits } from './changes.ts'
import { askAboutEach } from './readable.ts'
import type { OwnCommit } from './standing.ts'

/** A commit of a fork that upstream's default branch does not have. */
export interface ForkCommit extends OwnCommit {
  tree: string
  committedAt: Date
  /** stays when it is rebased */
  writtenAt: Date
  subject: string
  credit: CommitCredit
  /** none for a merge */
  changes: readonly Change[]
}

const formats = ['%H', '%P', '%T', '%ct', '%at', '%an', '%ae', '%B']

/** What heads have that the default branch has not, each commit once; and heads that cannot be read, with git's words. */
export async function readForkCommits(
  repository: GitRepository,
  { tip, heads }: { tip: string; heads: readonly string[] },
): Promise<{ commits: Map<string, ForkCommit>; problems: Map<string, string> }> {
  const commits = new Map<string, ForkCommit>()
  const problems = await askAboutEach([...new Set(heads)], async (part) => {
    const found: ForkCommit[] = []
    const history = changedCommits(repository, [...part, `^${tip}`], formats)
    for await (const { fields, changes } of history) found.push(forkCommit(fields, changes))
    // Parents come before children here too.
    for (const commit of found) commits.set(commit.sha, commit)
  })
  return { commits, problems }
}

function forkCommit(fields: readonly string[], changes: readonly Change[]): ForkCommit {
  const [sha = '', parents = '', tree = '', seconds = '', written = ''] = fields
  const [name = '', email = '', message = ''] = fields.slice(5)
  const committedAt = instantOf(seconds)
  const writtenAt = instantOf(written)
  const parentShas = parents === '' ? [] : parents.split(' ')
  const credit = creditOf({
    ...{ committedAt, parents: parentShas.length, message },
    ...{ name, email, givenName: name, givenEmail: email },
  })
  const subject = message.trimStart().split('\n', 1)[0] ?? ''
  return { sha, parents: parentShas, tree, committedAt, writtenAt, subject, credit, changes }
}
