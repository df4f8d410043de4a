import type { ChangedFile, Commit, Person, Repository, Signature } from './entities.ts'
import { commitBody, emptyTree, objectId, type Tree, textAt, withFile } from './git/objects.ts'
import type { World } from './world.ts'

export interface CommitGiven {
  author?: Person
  /** the author where left out */
  committer?: Person
  message?: string
  /** become `Co-authored-by` trailers */
  coAuthors?: Person[]
  files?: FileGiven[]
  authoredAt?: Date
  /** now, or `authoredAt` where that is given */
  committedAt?: Date
}

export interface FileGiven {
  filename: string
  /** made up where left out */
  text?: string
  status?: ChangedFile['status']
  additions?: number
  deletions?: number
}

/** Commits on top of one another and of `parent`, oldest first, in the object store. */
export function addCommits(
  world: World,
  given: CommitGiven[],
  on: { parent: string | undefined; author: Person; filesFrom?: string },
): Commit[] {
  let parent = on.parent
  return given.map((one) => {
    const parents = parent === undefined ? [] : [parent]
    const { filesFrom } = on
    const commit = addCommit(
      world,
      { author: on.author, ...one },
      { parents, ...(filesFrom !== undefined && { filesFrom }) },
    )
    parent = commit.sha
    return commit
  })
}

/** Merges `head` into `into`: its files as they are there. A merge has none of its own. */
export function addMerge(
  world: World,
  given: CommitGiven & { author: Person },
  { into, head, files }: { into: string; head: string; files: ChangedFile[] },
): Commit {
  const merge = { ...given, files }
  return addCommit(world, merge, { parents: [into, head], filesFrom: head })
}

function addCommit(
  world: World,
  given: CommitGiven & { author: Person },
  { parents, filesFrom }: { parents: string[]; filesFrom?: string },
): Commit {
  const author = signatureOf(world, given.author)
  const trailers = (given.coAuthors ?? [])
    .map((person) => signatureOf(world, person))
    .map(({ name, email }) => `Co-authored-by: ${name} <${email}>`)
  const message = given.message ?? 'Change the model'
  const change = world.nextId()
  const before = treeAt(world, parents[0])
  const changed = (given.files ?? [])
    .map(toFile)
    .filter(({ status, filename }) => status !== 'removed' || textAt(before, filename) !== null)
  const texts = new Map((given.files ?? []).map(({ filename, text }) => [filename, text]))
  const source = filesFrom === undefined ? emptyTree : treeAt(world, filesFrom)
  const tree = changed.reduce((sum, { filename, status }) => {
    const text = texts.get(filename) ?? textAt(source, filename) ?? `Change ${change}\n`
    return withFile(sum, filename, status === 'removed' ? null : text)
  }, before)
  const made = {
    parents,
    author,
    committer: given.committer === undefined ? author : signatureOf(world, given.committer),
    message: trailers.length > 0 ? `${message}\n\n${trailers.join('\n')}` : message,
    authoredAt: given.authoredAt ?? world.now(),
    committedAt: given.committedAt ?? given.authoredAt ?? world.now(),
    tree,
    change,
  }
  const files = parents.length > 1 ? [] : changed
  const commit: Commit = { sha: objectId('commit', commitBody(made)), ...made, files }
  world.commits.set(commit.sha, commit)
  return commit
}

function treeAt(world: World, sha: string | undefined): Tree {
  return world.commits.get(sha ?? '')?.tree ?? emptyTree
}

/** As git writes it: what would end a name or an address is left out. */
function signatureOf(world: World, person: Person): Signature {
  const { name, email } = world.signature(person)
  const plain = (text: string) => text.replaceAll(/[<>\n\0]/g, '').trim()
  return { name: plain(name), email: plain(email) }
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
