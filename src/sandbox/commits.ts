import type { ChangedFile, Commit, Person, Repository } from './entities.ts'
import type { World } from './world.ts'

export interface CommitGiven {
  author?: Person
  message?: string
  /** become `Co-authored-by` trailers */
  coAuthors?: Person[]
  files?: FileGiven[]
  authoredAt?: Date
}

export interface FileGiven {
  filename: string
  status?: ChangedFile['status']
  additions?: number
  deletions?: number
}

/** Commits on top of one another and of `parent`, oldest first, in the object store. */
export function addCommits(
  world: World,
  given: CommitGiven[],
  on: { parent: string | undefined; author: Person },
): Commit[] {
  let parent = on.parent
  return given.map((one) => {
    const author = world.signature(one.author ?? on.author)
    const trailers = (one.coAuthors ?? [])
      .map((person) => world.signature(person))
      .map(({ name, email }) => `Co-authored-by: ${name} <${email}>`)
    const message = one.message ?? 'Change the model'
    const commit: Commit = {
      sha: world.newSha(),
      parents: parent === undefined ? [] : [parent],
      author,
      committer: author,
      message: trailers.length > 0 ? `${message}\n\n${trailers.join('\n')}` : message,
      authoredAt: one.authoredAt ?? world.now(),
      files: (one.files ?? []).map(toFile),
    }
    world.commits.set(commit.sha, commit)
    parent = commit.sha
    return commit
  })
}

export function toFile({ filename, status, additions, deletions }: FileGiven): ChangedFile {
  return {
    filename,
    status: status ?? 'modified',
    additions: additions ?? 1,
    deletions: deletions ?? 0,
  }
}

/** Author first, then whoever the trailers name, each address once: GitHub's `Commit.authors`. */
export function authorsOf(commit: Commit) {
  const trailers = commit.message.matchAll(/^co-authored-by:\s*(.*?)\s*<([^>]+)>\s*$/gim)
  const all = [
    commit.author,
    ...[...trailers].map(([, name = '', email = '']) => ({ name, email })),
  ]
  return all.filter(
    ({ email }, index) =>
      all.findIndex((other) => other.email.toLowerCase() === email.toLowerCase()) === index,
  )
}

/** Moves a branch and the instants that move with it. */
export function advance(world: World, repository: Repository, branch: string, sha: string): void {
  repository.branches.set(branch, sha)
  repository.pushedAt = world.now()
  repository.updatedAt = world.now()
}
