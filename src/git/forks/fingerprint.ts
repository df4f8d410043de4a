import { createHash } from 'node:crypto'
import type { Change } from './changes.ts'

/**
 * Two numbers that stand for what a commit changes, found without looking at
 * the content of files. Both are sums over its paths, so that a path can be
 * added and taken out again.
 */
export interface Fingerprint {
  /** paths with content before and after: the same number, the same patch */
  content: bigint
  /** paths alone: commits whose patches are the same have the same number, and few others do */
  paths: bigint
}

/** Null for what changes nothing. */
export function fingerprintOf(changes: readonly Change[]): Fingerprint | null {
  if (changes.length === 0) return null
  return { content: sumOf(changes, contentOf), paths: sumOf(changes, pathOf) }
}

export function sumOf(changes: Iterable<Change>, partOf: (change: Change) => bigint): bigint {
  let sum = 0n
  for (const change of changes) sum = wrapped(sum + partOf(change))
  return sum
}

/** A sum is 64 bits wide, whatever is added or taken away. */
export function wrapped(sum: bigint): bigint {
  return BigInt.asUintN(64, sum)
}

export function contentOf({ path, from, to }: Change): bigint {
  return hashOf(`${path}\0${from.mode} ${from.blob} ${to.mode} ${to.blob}`)
}

/** A patch shows modes where a file comes, goes or changes its mode. */
export function pathOf({ path, from, to }: Change): bigint {
  return hashOf(from.mode === to.mode ? path : `${path}\0${from.mode} ${to.mode}`)
}

function hashOf(text: string): bigint {
  return createHash('sha1').update(text).digest().readBigUInt64BE()
}
