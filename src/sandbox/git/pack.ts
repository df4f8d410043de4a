import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import type { Commit } from '../entities.ts'
import {
  commitBody,
  isTree,
  type ObjectType,
  type Tree,
  type TreeFile,
  treeBody,
} from './objects.ts'

const typeNumbers: Record<ObjectType, number> = { commit: 1, tree: 2, blob: 3 }

/** The objects of these commits that `written` does not name yet, as git reads them from a pack; null: none. */
export function packOf(commits: Iterable<Commit>, written: Set<string>): Buffer | null {
  const objects: Buffer[] = []
  const add = (sha: string, type: ObjectType, body: () => Buffer): boolean => {
    if (written.has(sha)) return false
    written.add(sha)
    objects.push(packed(type, body()))
    return true
  }
  const addTree = (entry: Tree | TreeFile) => {
    if (!isTree(entry)) add(entry.sha, 'blob', () => Buffer.from(entry.text))
    else if (add(entry.sha, 'tree', () => treeBody(entry.entries))) {
      for (const below of entry.entries.values()) addTree(below)
    }
  }
  for (const commit of commits) {
    if (add(commit.sha, 'commit', () => commitBody(commit))) addTree(commit.tree)
  }
  if (objects.length === 0) return null
  const head = Buffer.alloc(12, 'PACK')
  head.writeUInt32BE(2, 4)
  head.writeUInt32BE(objects.length, 8)
  const pack = Buffer.concat([head, ...objects])
  return Buffer.concat([pack, createHash('sha1').update(pack).digest()])
}

/** Type and length come first, seven bits a byte after the first four. */
function packed(type: ObjectType, body: Buffer): Buffer {
  const bytes: number[] = []
  let byte = (typeNumbers[type] << 4) | (body.length & 15)
  for (let rest = body.length >> 4; rest > 0; rest >>= 7) {
    bytes.push(byte | 128)
    byte = rest & 127
  }
  return Buffer.concat([Buffer.from([...bytes, byte]), deflateSync(body)])
}
