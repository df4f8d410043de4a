import { createHash } from 'node:crypto'
import { createTransport } from 'nodemailer'
import { z } from 'zod'
import type { MailServer } from '../../config/channels.ts'
import type { DigestMail } from '../report/digest-mail.ts'
import type { Attempt } from './attempt.ts'

/** A mail as it goes over the wire. */
export interface ComposedMail {
  envelope: { from: string; to: readonly string[] }
  /** MIME, with lines that end in CRLF */
  mime: Buffer
  /** the same to be read, with the size and the SHA-256 of each picture where its bytes are */
  shown: string
}

export interface MailGiven {
  from: string
  to: readonly string[]
  mail: Pick<DigestMail, 'subject' | 'text' | 'html'> & { pictures: readonly AttachedPicture[] }
  /** names this mail for good, so that readers show a second one as the same: no spaces */
  id: string
  date: Date
}

/** Shown by the HTML as `cid:` and its name. */
export interface AttachedPicture {
  cid: string
  filename: string
  png: Buffer
}

/** Composes a mail; the same is composed of the same. Several receivers do not see each other. */
export async function composeMail(given: MailGiven): Promise<ComposedMail> {
  const { from, to, mail, id, date } = given
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  const fingerprint = createHash('sha256').update(id).digest('hex').slice(0, 16)
  const [only] = to.length === 1 ? to : []
  const { subject, text, html, pictures } = mail
  const { message, envelope } = await composer.sendMail({
    from,
    to: only ?? from,
    ...{ subject, text, html },
    attachments: pictures.map(attachment),
    date,
    messageId: `<${id}@${domainOf(from)}>`,
    baseBoundary: fingerprint,
    // Nobody's absence notice should answer it.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const mime = Buffer.isBuffer(message) ? message : Buffer.from(String(message))
  return {
    envelope: { from: String(envelope.from), to },
    mime,
    shown: pictures.reduce(withoutBytes, mime.toString()),
  }
}

function attachment({ cid, filename, png: content }: AttachedPicture) {
  return {
    ...{ cid, filename, content },
    ...{ contentType: 'image/png', contentDisposition: 'inline' as const },
  }
}

/** What is not found as it was put in stays as it is. */
function withoutBytes(mime: string, { png }: AttachedPicture): string {
  const lines = png.toString('base64').match(/.{1,76}/g) ?? []
  const sha256 = createHash('sha256').update(png).digest('hex')
  return mime.replace(lines.join('\r\n'), `(${png.length} bytes, SHA-256 ${sha256})`)
}

const connectWithinMs = 15_000
const answerWithinMs = 60_000

const Failure = z.looseObject({
  message: z.string(),
  responseCode: z.int().optional(),
  permanent: z.boolean().optional(),
})

/** Hands a mail to the server, once. */
export async function sendMail(
  { url }: Pick<MailServer, 'url'>,
  { envelope, mime }: ComposedMail,
): Promise<Attempt> {
  const passed = { whole: false }
  const transport = createTransport({
    url,
    connectionTimeout: connectWithinMs,
    greetingTimeout: connectWithinMs,
    socketTimeout: answerWithinMs,
    // Told when the last line of the message is out: from then on, silence is no refusal.
    logger: {
      info: (entry: { tnx?: unknown }) => {
        if (entry.tnx === 'message') passed.whole = true
      },
    },
  })
  try {
    const { rejected } = await transport.sendMail({
      envelope: { from: envelope.from, to: [...envelope.to] },
      raw: mime,
    })
    const refused = rejected.length
    const note = refused === 0 ? null : `${refused} of ${envelope.to.length} addresses were refused`
    return { state: 'sent', note }
  } catch (error) {
    return attemptAfter(error, passed.whole)
  } finally {
    transport.close()
  }
}

function attemptAfter(error: unknown, whole: boolean): Attempt {
  const { success, data } = Failure.safeParse(error)
  if (!success) throw error
  const { responseCode, permanent } = data
  // Servers repeat whom a mail was for.
  const reason = data.message.replace(/[^\s<]+@[^\s>]+/g, 'an address')
  if (responseCode !== undefined) {
    return permanent ? { state: 'refused', reason } : { state: 'not sent', reason, waitMs: null }
  }
  return whole ? { state: 'unknown', reason } : { state: 'not sent', reason, waitMs: null }
}

function domainOf(from: string): string {
  return /@([^\s<>]+)/.exec(from)?.[1] ?? 'localhost'
}
