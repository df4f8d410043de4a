import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { onTestFinished } from 'vitest'
import { z } from 'zod'

/** How a receiver behaves to the next requests: `drop` takes it and answers nothing. */
export type Behaviour = { status: number; body?: string; headers?: Record<string, string> } | 'drop'

export interface Receiver {
  /** to be configured as the webhook */
  url: string
  /** bodies that were taken, oldest first */
  received: unknown[]
  /** requests in all */
  requests: number
  /** the next request, and all after it until told otherwise; null: as the real one */
  behaves(behaviour: Behaviour | null): void
}

/** Stands where Slack's incoming webhooks are, and refuses what Slack documents as refused. */
export function slackReceiver(): Promise<Receiver> {
  return receiver((body) => {
    const { success } = SlackBody.safeParse(body)
    return success ? { status: 200, body: 'ok' } : { status: 400, body: 'invalid_blocks' }
  })
}

/** Stands where Discord's webhooks are; with `wait` it answers with the message. */
export function discordReceiver(): Promise<Receiver> {
  return receiver((body, url) => {
    const { success } = DiscordBody.safeParse(body)
    if (!success) return { status: 400, body: '{"code":50035,"message":"Invalid Form Body"}' }
    return url.searchParams.get('wait') === 'true'
      ? { status: 200, body: '{"id":"1"}' }
      : { status: 204 }
  })
}

const SlackText = z.string().min(1).max(3_000)
const SlackBody = z.object({
  text: SlackText,
  blocks: z
    .array(
      z.discriminatedUnion('type', [
        z.object({
          type: z.literal('header'),
          text: z.object({ type: z.literal('plain_text'), text: z.string().min(1).max(150) }),
        }),
        z.object({
          type: z.literal('rich_text'),
          elements: z.array(z.object({ type: SlackText })),
        }),
      ]),
    )
    .min(1)
    .max(50),
})

const DiscordBody = z.object({
  content: z.string().max(2_000).optional(),
  embeds: z
    .array(
      z.object({
        title: z.string().max(256),
        url: z.url(),
        description: z.string().min(1).max(4_096),
      }),
    )
    .max(10),
  allowed_mentions: z.object({ parse: z.array(z.string()) }),
})

async function receiver(answer: (body: unknown, url: URL) => Behaviour): Promise<Receiver> {
  const state: { behaviour: Behaviour | null; requests: number } = { behaviour: null, requests: 0 }
  const received: unknown[] = []
  const server = createServer(async (request, response) => {
    const body: unknown = JSON.parse(await textOf(request))
    state.requests += 1
    const behaviour =
      state.behaviour ?? answer(body, new URL(request.url ?? '', 'http://receiver.example'))
    if (behaviour === 'drop') return request.socket.destroy()
    if (behaviour.status < 300) received.push(body)
    return response.writeHead(behaviour.status, behaviour.headers).end(behaviour.body)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo // as: a TCP server has one
  return {
    url: `http://127.0.0.1:${port}/services/secret-of-the-test`,
    received,
    get requests() {
      return state.requests
    },
    behaves: (behaviour) => {
      state.behaviour = behaviour
    },
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

export interface ReceivedMail {
  from: string
  to: string[]
  mime: string
}

export interface MailReceiver {
  url: string
  received: ReceivedMail[]
  /** sessions that came as far as the message */
  messages: number
  /** what the next messages meet */
  behaves(behaviour: 'takes' | 'refuses' | 'defers' | 'drops after the message'): void
}

/** A mail server on this machine. */
export async function mailReceiver(): Promise<MailReceiver> {
  const state = { behaviour: 'takes', messages: 0 }
  const received: ReceivedMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    logger: false,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: ({ address }, _, callback) => {
      if (state.behaviour === 'refuses') return callback(rejection(550, `no such user ${address}`))
      if (state.behaviour === 'defers') return callback(rejection(451, 'try again later'))
      return callback()
    },
    onData: (stream, { envelope }, callback) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        state.messages += 1
        if (state.behaviour === 'drops after the message') {
          for (const connection of server.connections) connection._socket.destroy()
          return
        }
        received.push({
          from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
          to: envelope.rcptTo.map(({ address }) => address),
          mime: Buffer.concat(chunks).toString('utf8'),
        })
        callback()
      })
    },
  })
  // Connections that we end ourselves.
  server.on('error', () => {})
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  const { port } = server.server.address() as AddressInfo // as: a TCP server has one
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    get messages() {
      return state.messages
    },
    behaves: (behaviour) => {
      state.behaviour = behaviour
    },
  }
}

function rejection(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode })
}
