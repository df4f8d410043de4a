/**
 * How many signed deliveries a second are acknowledged, beside bare Probot with
 * an empty handler on the same machine in the same run. Ours are durable when
 * they are acknowledged, Probot's are only read. Prints both and their ratio.
 *
 *     npm run bench            embedded engine
 *     DATABASE_URL=… npm run bench
 */
import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { pino } from 'pino'
import { createNodeMiddleware, Probot } from 'probot'
import { readEnvironment } from '../config/environment.ts'
import { startApp } from '../src/server.ts'

const deliveries = 6_000
const concurrency = 50
const secret = 'a secret of the benchmark'
/** GitHub's recorded pull_request.opened is about as long. */
const bodyBytes = 11_600

interface Target {
  url: string
  close(): Promise<void>
}

async function bareProbot(privateKey: string): Promise<Target> {
  const probot = new Probot({ appId: 1, privateKey, secret, log: pino({ level: 'silent' }) })
  const handler = await createNodeMiddleware((app: Probot) => void app.on('star', () => {}), {
    probot,
  })
  const server = createServer(async (incoming, outgoing) => {
    await handler(incoming, outgoing)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const { port } = server.address() as AddressInfo // as: a TCP server has one
  return {
    url: `http://127.0.0.1:${port}/api/github/webhooks`,
    close: async () => {
      server.close()
    },
  }
}

async function groundswell(privateKey: string): Promise<Target> {
  const dataDir = await mkdtemp(join(tmpdir(), 'groundswell-bench-'))
  const { DATABASE_URL, REDIS_URL } = process.env
  const environment = readEnvironment({
    APP_ID: '1',
    PRIVATE_KEY: privateKey,
    WEBHOOK_SECRET: secret,
    HOST: '127.0.0.1',
    PORT: '0',
    GHE_HOST: '127.0.0.1:9',
    GHE_PROTOCOL: 'http',
    DATA_DIR: dataDir,
    // With servers, intake alone, as in production; the embedded engine runs as one process.
    ...(DATABASE_URL === undefined ? {} : { DATABASE_URL, ROLE: 'web' }),
    ...(REDIS_URL === undefined ? {} : { REDIS_URL }),
  })
  const { credentials } = environment
  if (credentials === null) throw new Error('The benchmark gives credentials')
  const log = pino({ level: 'silent' })
  const app = await startApp({ environment, credentials, log, now: () => new Date() })
  return {
    url: `${app.url}${environment.webhookPath}`,
    close: async () => {
      await app.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Sends from a thread of its own, so that making requests does not slow answering them. */
async function measure({ url }: Target): Promise<number> {
  const thread = new Worker(new URL(import.meta.url), { workerData: { url } })
  return await new Promise((resolve, reject) => {
    thread.once('message', resolve)
    thread.once('error', reject)
  })
}

async function send(url: string): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency })
  const run = randomUUID() // a body that is known already would not be kept again
  const bodies = Array.from({ length: deliveries }, (_, index) => {
    const body = JSON.stringify({ index, run, padding: 'x'.repeat(bodyBytes) })
    return { body, signature: createHmac('sha256', secret).update(body).digest('hex') }
  })
  const began = performance.now()
  const next = bodies.values()
  const sendAll = async () => {
    for (const { body, signature } of next) await post(url, { agent, body, signature })
  }
  await Promise.all(Array.from({ length: concurrency }, sendAll))
  agent.destroy()
  return deliveries / ((performance.now() - began) / 1000)
}

function post(
  url: string,
  { agent, body, signature }: { agent: Agent; body: string; signature: string },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      agent,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'x-github-event': 'watch',
        'x-github-delivery': randomUUID(),
        'x-hub-signature-256': `sha256=${signature}`,
      },
    })
    sent.on('response', (response) => {
      response.resume()
      if ((response.statusCode ?? 500) < 300) response.on('end', () => resolve())
      else reject(new Error(`Answered ${response.statusCode}`))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

async function main(): Promise<void> {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const rates: Record<string, number> = {}
  for (const [name, open] of Object.entries({ bareProbot, groundswell })) {
    const target = await open(privateKey)
    await measure(target) // warm
    rates[name] = await measure(target)
    await target.close()
  }
  const { bareProbot: bare = 0, groundswell: own = 0 } = rates
  process.stdout.write(
    `bare Probot, nothing kept: ${bare.toFixed(0)}/s\nGroundswell, durable: ${own.toFixed(0)}/s\nratio: ${(own / bare).toFixed(2)}\n`,
  )
  process.exit(0)
}

if (isMainThread) await main()
else parentPort?.postMessage(await send(workerData.url))
