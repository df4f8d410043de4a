import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import type { Inbox } from '../deliveries/inbox.ts'
import { seldom } from '../seldom.ts'

/**
 * The front door for webhooks, before anything of Probot's: Probot reads a body
 * of any size before it checks the signature, logs forged bodies whole, and
 * answers "still processing" for work that a crash then loses. Here nothing is
 * answered 2xx before it is durable, and nothing unsigned is kept or logged.
 */

interface Front {
  secret: string
  inbox: Inbox
  log: Logger
  now: () => Date
}

/** GitHub sends nothing above 25 MB. */
const largestBody = 26 * 1024 * 1024
/** Of all bodies that are being read: strangers may send many large ones at once. */
const mostBuffered = 6 * largestBody
/** GitHub gives up after ten seconds. */
const answerWithinMs = 8_000

const eventName = /^[a-z][a-z0-9_]{0,99}$/
const guid = /^[\w-]{1,100}$/
const signatureForm = /^sha256=[0-9a-f]{64}$/

interface Answer {
  status: number
  text: string
  headers?: Record<string, string>
}

/** Answers one request to the webhook path; never throws. */
export function webhookFront(front: Front) {
  const buffered = { bytes: 0 }
  const refusals = refusalLog(front)
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const answer = await answerTo(request, front, buffered).catch((error: unknown): Answer => {
      front.log.error({ err: error }, 'A webhook could not be answered')
      return { status: 500, text: 'Something went wrong; the log says what.' }
    })
    if (answer.status >= 400 && answer.status < 500) refusals(answer.status)
    // What was not read of the body must not be taken for the next request.
    const close = request.complete ? {} : { connection: 'close' }
    response
      .writeHead(answer.status, { 'content-type': 'text/plain', ...close, ...answer.headers })
      .end(`${answer.text}\n`)
  }
}

async function answerTo(
  request: IncomingMessage,
  front: Front,
  buffered: { bytes: number },
): Promise<Answer> {
  const headers = readHeaders(request)
  if ('status' in headers) return headers
  const read = await readSigned(request, front.secret, buffered)
  if ('status' in read) return read
  if (!isSigned(read.digest, headers.signature)) {
    return { status: 401, text: 'The signature does not match the body.' }
  }
  const body = textOf(read.bytes)
  if (body === null) return { status: 400, text: 'The body is not a JSON object.' }
  const delivery = {
    guid: headers.guid,
    event: headers.event,
    body,
    bodySha256: createHash('sha256').update(read.bytes).digest('hex'),
    receivedAt: front.now(),
  }
  return await keep(delivery, front)
}

async function keep(
  delivery: Parameters<Inbox['keep']>[0],
  { inbox, log }: Front,
): Promise<Answer> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(
      () => reject(new Error('The database did not answer in time')),
      answerWithinMs,
    ).unref()
  })
  try {
    await Promise.race([inbox.keep(delivery), late])
    return { status: 202, text: 'Kept.' }
  } catch (error) {
    log.error(
      { guid: delivery.guid, err: error },
      'A delivery could not be kept; GitHub is told so',
    )
    return { status: 503, text: 'Not kept. Try again.', headers: { 'retry-after': '10' } }
  }
}

function readHeaders(request: IncomingMessage) {
  const { headers, method } = request
  const one = (name: string) => String(headers[name] ?? '')
  if (method !== 'POST') {
    return { status: 405, text: 'Webhooks come by POST.', headers: { allow: 'POST' } }
  }
  if (!/^application\/json\s*(;|$)/i.test(one('content-type'))) {
    return { status: 415, text: 'Set the content type of the webhook to application/json.' }
  }
  if (Number(one('content-length')) > largestBody) return tooLarge
  if (!signatureForm.test(one('x-hub-signature-256'))) {
    return { status: 401, text: 'X-Hub-Signature-256 is missing or malformed.' }
  }
  if (!eventName.test(one('x-github-event')) || !guid.test(one('x-github-delivery'))) {
    return { status: 400, text: 'X-GitHub-Event or X-GitHub-Delivery is missing or malformed.' }
  }
  return {
    event: one('x-github-event'),
    guid: one('x-github-delivery'),
    signature: one('x-hub-signature-256'),
  }
}

const tooLarge: Answer = { status: 413, text: 'The body is larger than GitHub sends.' }

/** Reads the body once, counting and signing as it comes. */
async function readSigned(request: IncomingMessage, secret: string, buffered: { bytes: number }) {
  const hmac = createHmac('sha256', secret)
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of request) {
      length += chunk.length
      buffered.bytes += chunk.length
      if (length > largestBody) return tooLarge
      if (buffered.bytes > mostBuffered) {
        return { status: 503, text: 'Busy. Try again.', headers: { 'retry-after': '10' } }
      }
      hmac.update(chunk)
      chunks.push(chunk)
    }
  } catch {
    return { status: 400, text: 'The body did not arrive whole.' }
  } finally {
    buffered.bytes -= length
  }
  return { bytes: Buffer.concat(chunks), digest: hmac.digest() }
}

function isSigned(digest: Buffer, signature: string): boolean {
  const given = Buffer.from(signature.slice('sha256='.length), 'hex')
  return given.length === digest.length && timingSafeEqual(given, digest)
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Null for what is not one JSON object in UTF-8. */
function textOf(bytes: Buffer): string | null {
  try {
    const text = utf8.decode(bytes)
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? text : null
  } catch {
    return null
  }
}

const refusalsEveryMs = 10_000

/** One line for many refusals: whoever sends forged requests must not fill the disk. */
function refusalLog({ log, now }: Front) {
  return seldom({ now, everyMs: refusalsEveryMs }, (status: number, count) => {
    const hint = status === 401 ? '; is WEBHOOK_SECRET the one in the settings of the App?' : ''
    log.warn({ status, count }, `Refused requests to the webhook path${hint}`)
  })
}
