import { createHash } from 'node:crypto'

/** What GitHub shows now of one publication. */
export interface Shown {
  id: number
  body: string
}

/** What shall happen, decided before anything is written; carried out twice, it changes nothing. */
export type Plan =
  | { action: 'create' }
  | { action: 'update'; id: number }
  | { action: 'keep'; id: number; why: 'same' | 'edited by hand' }

/**
 * `current` is a body that this App wrote and that carries a true marker.
 * `lastWritten` is the hash of the body as GitHub showed it after our last
 * write, null when that is unknown: when it differs from what is there now, a
 * person edited it, and their words stay.
 */
export function plan(desired: string, current: Shown | null, lastWritten: string | null): Plan {
  if (current === null) return { action: 'create' }
  const { id } = current
  const shown = bodyHash(current.body)
  if (shown === bodyHash(desired)) return { action: 'keep', id, why: 'same' }
  return lastWritten !== null && shown !== lastWritten
    ? { action: 'keep', id, why: 'edited by hand' }
    : { action: 'update', id }
}

/** Of a body as a reader sees it: GitHub may change line ends and the space around it. */
export function bodyHash(body: string): string {
  return createHash('sha256').update(body.replaceAll('\r\n', '\n').trim()).digest('hex')
}
