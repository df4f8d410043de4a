import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startWorker } from '../jobs/worker.ts'
import { Inbox } from './deliveries/inbox.ts'
import type { Deps } from './deps.ts'
import { UserError } from './errors.ts'
import { type OpenOptions, open } from './open.ts'
import { health } from './web/health.ts'
import { readingListener } from './web/reading-listener.ts'
import { webhookFront } from './web/webhooks.ts'

export interface RunningApp {
  deps: Deps
  /** where it listens; null for a worker */
  url: string | null
  close(): Promise<void>
}

export interface StartOptions extends OpenOptions {
  /** how many times as fast as the machine's clock jobs wait, for tests */
  pace?: number
  /** false: no schedule is set yet */
  ticks?: boolean
}

/** Running jobs get this long when the process is asked to stop. */
const stopWithinMs = 25_000

/** Starts the App in the role that the environment gives. */
export async function startApp(options: StartOptions): Promise<RunningApp> {
  const { environment, credentials, log, now, pace = 1, ticks = true } = options
  const opened = await open(options)
  const { deps } = opened
  const { role } = environment
  const inbox = new Inbox(opened.urgentDb, (guids) => {
    // Nobody waits for this: a delivery that is kept is found by the sweep, too.
    deps.queue
      .enqueue(guids.map((key) => ({ name: 'record-delivery', key })))
      .catch((error: unknown) => log.warn({ err: error }, 'Could not enqueue; the sweep will'))
  })
  const front = webhookFront({ secret: credentials.webhookSecret, inbox, log, now })
  const server = role === 'worker' ? null : createWebServer()
  const close = async () => {
    await stop(server)
    await inbox.drain()
    await opened.close(stopWithinMs)
  }
  try {
    if (role !== 'web') {
      await startWorker(deps, { ticks, pace })
    }
    if (server === null) return { deps, url: null, close }
    server.on('request', await listenerOf(deps, front))
    const { port, host } = environment
    const url = await listen(server, port, host)
    log.info({ url, engine: environment.engine, role }, 'Groundswell is listening')
    return { deps, url, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Who answers what. A webhook waits for none of the others. */
async function listenerOf(
  deps: Deps,
  front: ReturnType<typeof webhookFront>,
): Promise<RequestListener> {
  const { webhookPath } = deps.environment
  const pages = await pagesOf(deps)
  return async (request, response) => {
    const [path] = (request.url ?? '').split('?')
    if (path === webhookPath) return await front(request, response)
    if (path === '/health') {
      const state = await health(deps)
      return response
        .writeHead(state.status === 'ok' ? 200 : 503, { 'content-type': 'application/json' })
        .end(JSON.stringify(state))
    }
    if (pages !== null) return pages(request, response)
    return response.writeHead(404, { 'content-type': 'text/plain' }).end('Nothing is here.\n')
  }
}

/** Null where nobody could follow a link to them: then what draws charts is not even loaded. */
async function pagesOf(deps: Deps): Promise<RequestListener | null> {
  if (deps.environment.publicUrl === null) return null
  const { publicPages } = await import('./web/pages.ts')
  return readingListener(publicPages(deps), (error) =>
    deps.log.error({ err: error }, 'A page could not be shown'),
  )
}

function createWebServer(): Server {
  const server = createServer()
  // A slow sender may not hold a connection for long.
  server.headersTimeout = 10_000
  server.requestTimeout = 20_000
  return server
}

async function listen(server: Server, port: number, host: string): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenFault(error, host, port)))
    // Some systems resolve "localhost" to ::1 alone, where a proxy that says 127.0.0.1 finds nobody.
    server.listen({ port, host: host === 'localhost' ? '127.0.0.1' : host }, () => resolve())
  })
  const address = server.address() as AddressInfo // as: a TCP server has one
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return `http://${name}:${address.port}`
}

function listenFault(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const reasons: Record<string, string> = {
    EADDRINUSE: 'something else listens there. Stop it, or choose another port.',
    EACCES: 'this user may not listen there. Choose a port above 1023.',
    EADDRNOTAVAIL: 'this machine has no such address.',
    ENOTFOUND: 'this machine has no such address.',
  }
  const reason = reasons[error.code ?? '']
  return reason === undefined ? error : new UserError(`HOST and PORT (${host}:${port}): ${reason}`)
}

async function stop(server: Server | null): Promise<void> {
  if (server === null || !server.listening) return
  await new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
  })
}
