import { createReadStream } from 'node:fs'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

/** The compressed contents stop before their end: half a download, or damage. */
export class CutShort extends Error {
  override readonly name = 'CutShort'
}

/** No event is longer; what is, is not worth the memory. */
const longestLine = 32 * 1024 * 1024

/**
 * The lines of a file, compressed by gzip or not, one at a time; "-" is standard
 * input. Only "\n" ends one: JSON may hold every other line break.
 * @throws CutShort where a compressed file is not whole
 * @throws the system's own error for a file that cannot be read
 */
export async function* archiveLines(file: string): AsyncGenerator<string> {
  const source = file === '-' ? process.stdin : createReadStream(file)
  const decoder = new TextDecoder()
  let pieces: string[] = []
  let length = 0
  for await (const chunk of inflated(source)) {
    const text = decoder.decode(chunk, { stream: true })
    let from = 0
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
      yield pieces.join('') + text.slice(from, end)
      pieces = []
      length = 0
      from = end + 1
    }
    length += text.length - from
    if (length <= longestLine) pieces.push(text.slice(from))
  }
  const rest = pieces.join('')
  if (rest !== '') yield rest
}

async function* inflated(source: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  const chunks = bytesOf(source)
  const first = await chunks.next()
  if (first.done) return
  if (isGzip(first.value)) yield* gunzipped(following(first.value, chunks))
  else yield* following(first.value, chunks)
}

async function* bytesOf(source: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    yield chunk instanceof Uint8Array ? chunk : Buffer.from(String(chunk))
  }
}

async function* following(first: Uint8Array, rest: AsyncGenerator<Uint8Array>) {
  yield first
  yield* rest
}

function isGzip([first, second]: Uint8Array): boolean {
  return first === 0x1f && second === 0x8b
}

async function* gunzipped(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip()
  // Errors of either side come out of the loop below.
  pipeline(Readable.from(chunks), gunzip, () => {})
  try {
    for await (const chunk of gunzip) yield chunk
  } catch (error) {
    const isOfGzip = error instanceof Error && 'code' in error && /^Z_/.test(String(error.code))
    throw isOfGzip ? new CutShort('The gzip file is not whole', { cause: error }) : error
  }
}
