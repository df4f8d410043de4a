import { type Identity, loginIdentity } from '../store/forgotten.ts'

const account = /"id": ?(\d{1,15})(?!\d)/g
/** What could be a login. */
const word = /(?<![\w-])[a-z\d][\w-]{0,99}(?:\[bot\])?/gi
const hash = /(?<![\da-f])[\da-f]{32}(?![\da-f])/g

/**
 * Whoever the text of a kept delivery may show: by number, by login wherever
 * one stands as a word, by the hash of an address. Looked for only as far as
 * they are asked for.
 */
export function* identitiesIn(body: string): Generator<Identity> {
  const found = new Set<Identity>()
  const isNew = (identity: Identity) => !found.has(identity) && found.add(identity)
  for (const [, id] of body.matchAll(account)) {
    const identity: Identity = `account:${Number(id)}`
    if (isNew(identity)) yield identity
  }
  // JSON writes the end of a line with a letter, which is no part of the word that follows.
  for (const [text] of body.replaceAll(/\\[nrt]/g, ' ').matchAll(word)) {
    const identity = loginIdentity(text)
    if (isNew(identity)) yield identity
  }
  for (const [text] of body.matchAll(hash)) {
    const identity: Identity = `signature:${text}`
    if (isNew(identity)) yield identity
  }
}
