import { createHash } from 'node:crypto'
import type { Commit, Signature } from '../entities.ts'

/** A file as git keeps it. */
export interface TreeFile {
  sha: string
  text: string
}

/** A directory as git keeps it; what did not change between two commits is shared. */
export interface Tree {
  sha: string
  entries: ReadonlyMap<string, Tree | TreeFile>
}

export type ObjectType = 'commit' | 'tree' | 'blob'

/** git's id of an object. */
export function objectId(type: ObjectType, body: Buffer): string {
  return createHash('sha1').update(`${type} ${body.length}\0`).update(body).digest('hex')
}

export const emptyTree: Tree = treeOf(new Map())

/** The tree with a file of that text at that path, or without one where it is null. */
export function withFile(tree: Tree, path: string, text: string | null): Tree {
  const [name = '', ...rest] = path.split('/')
  const entries = new Map(tree.entries)
  const below = entries.get(name)
  if (rest.length > 0) {
    const inside = below !== undefined && isTree(below) ? below : emptyTree
    const changed = withFile(inside, rest.join('/'), text)
    if (changed.entries.size > 0) entries.set(name, changed)
    else entries.delete(name)
  } else if (text === null) entries.delete(name)
  else entries.set(name, { sha: objectId('blob', Buffer.from(text)), text })
  return treeOf(entries)
}

/** What a file holds; null where there is none at that path. */
export function textAt(tree: Tree, path: string): string | null {
  let found: Tree | TreeFile | undefined = tree
  for (const name of path.split('/')) {
    found = found !== undefined && isTree(found) ? found.entries.get(name) : undefined
  }
  return found === undefined || isTree(found) ? null : found.text
}

export function isTree(entry: Tree | TreeFile): entry is Tree {
  return 'entries' in entry
}

function treeOf(entries: ReadonlyMap<string, Tree | TreeFile>): Tree {
  return { sha: objectId('tree', treeBody(entries)), entries }
}

/** Sorted as git does, by bytes and as if a directory's name ended with a slash. */
export function treeBody(entries: Tree['entries']): Buffer {
  const sorted = [...entries]
    .map(([name, entry]) => ({ name, entry, key: Buffer.from(isTree(entry) ? `${name}/` : name) }))
    .sort((a, b) => Buffer.compare(a.key, b.key))
  const parts = sorted.flatMap(({ name, entry }) => [
    Buffer.from(`${isTree(entry) ? '40000' : '100644'} ${name}\0`),
    Buffer.from(entry.sha, 'hex'),
  ])
  return Buffer.concat(parts)
}

/**
 * `change` tells apart what one person did twice within a second, since
 * everything here may happen at one instant. git takes headers it does not know.
 */
export function commitBody(commit: Omit<Commit, 'sha' | 'files'>): Buffer {
  const lines = [
    `tree ${commit.tree.sha}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${signed(commit.author, commit.authoredAt)}`,
    `committer ${signed(commit.committer, commit.committedAt)}`,
    `change ${commit.change}`,
    '',
    commit.message,
  ]
  return Buffer.from(`${lines.join('\n')}\n`)
}

function signed({ name, email }: Signature, at: Date): string {
  return `${name} <${email}> ${Math.floor(at.getTime() / 1000)} +0000`
}
