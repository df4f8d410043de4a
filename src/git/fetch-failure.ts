/**
 * Why a fetch failed.
 * - no git: it is not installed
 * - absent: there is no such repository, or not for us
 * - refused: the server, or something on the way, lets nobody in with what we have
 * - no ref: the repository does not have what was asked for by name; an empty one does not even have HEAD
 * - no object: it does not have, or does not show, a commit that was asked for by its id
 * - passing: the network or the server is unwell, or it took too long
 * - broken: something here is in the way, such as a full disk or a damaged mirror
 */
export type FetchFailureKind =
  | 'no git'
  | 'absent'
  | 'refused'
  | 'no ref'
  | 'no object'
  | 'passing'
  | 'broken'

export class FetchFailed extends Error {
  override readonly name = 'FetchFailed'
  readonly kind: FetchFailureKind
  /** `no ref`, `no object`: which one, as it was asked for; else null */
  readonly missing: string | null

  /** `words` must not hold a token. */
  constructor(kind: FetchFailureKind, words: string, missing: string | null = null) {
    super(`git could not fetch: ${words}`)
    this.kind = kind
    this.missing = missing
  }
}

const missingObject = /not our ref ([0-9a-f]{40,64})/
const missingRef = /couldn't find remote ref (\S+)/

const signs: readonly [FetchFailureKind, RegExp][] = [
  ['absent', /repository '.*' not found|not found: did you run|not appear to be a git repository/i],
  ['absent', /returned error: (?:404|410|451)/],
  ['refused', /returned error: (?:3\d\d|4\d\d)|authentication failed|terminal prompts disabled/i],
  ['refused', /dubious ownership|transport '.*' not allowed|SSL certificate|unable to update url/i],
  ['passing', /returned error: 5\d\d|could not resolve|couldn't connect|failed to connect/i],
  ['passing', /too slow|timed out|hung up|early EOF|unexpected disconnect|rpc failed|empty reply/i],
  ['passing', /connection (?:was )?(?:reset|refused|closed)|recv failure|gnutls_handshake|SSL_/i],
]

/** Reads git's last words. */
export function fetchFailure(error: string): FetchFailed {
  const words = saidLast(error)
  const object = missingObject.exec(error)?.[1]
  if (object !== undefined) return new FetchFailed('no object', words, object)
  const ref = missingRef.exec(error)?.[1]
  if (ref !== undefined) return new FetchFailed('no ref', words, ref)
  const [kind] = signs.find(([, sign]) => sign.test(error)) ?? ['broken' as const]
  return new FetchFailed(kind, words)
}

/** The first fatal line says what went wrong; what follows are its consequences. */
function saidLast(error: string): string {
  const lines = error.split('\n').filter((line) => line.trim() !== '')
  const fatal = lines.find((line) => /^(?:fatal|error):/.test(line)) ?? lines.at(-1)
  return (fatal ?? 'it did not say why').replace(/^(?:fatal|error): /, '').slice(0, 300)
}
