import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Fault, Faults } from './faults.ts'

/** What stands behind the socket: a fetch handler, and the faults that come before it. */
export interface Listener {
  handle: (request: Request) => Promise<Response>
  faults: Faults
  /** path of a request below the API's root, as faults name it */
  pathOf: (url: URL) => string
  /** told about every request that a fault ended, since no handler saw it */
  onFault: (request: { method: string; path: string; status: number | null }) => void
}

/** Listens, on loopback only; `serve` says who answers. */
export async function listen(port: number): Promise<{ server: Server; host: string }> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  // a server on a TCP port has an address of this kind
  return { server, host: `127.0.0.1:${(server.address() as AddressInfo).port}` }
}

export function serve(server: Server, host: string, listener: Listener): void {
  const { handle, faults, pathOf, onFault } = listener
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const url = new URL(incoming.url ?? '/', `http://${host}`)
    const method = incoming.method ?? 'GET'
    const request = await toRequest(incoming, url)
    const fault = faults.take(method, pathOf(url), await operationOf(request))
    const ended = (status: number | null) => onFault({ method, path: pathOf(url), status })
    if (fault?.status === 'hang') return ended(null)
    if (fault?.status === 'drop') {
      ended(null)
      return incoming.socket.destroy()
    }
    if (fault && typeof fault.status === 'number') {
      ended(fault.status)
      return send(outgoing, faultAnswer(fault, fault.status))
    }
    const response = await handle(request)
    if (fault?.status === 'cut') return await cut(outgoing, response)
    if (fault) return incoming.socket.destroy()
    return send(outgoing, response)
  }
  server.on('request', (incoming, outgoing) => {
    answer(incoming, outgoing).catch((error: unknown) => {
      outgoing.writeHead(500, { 'content-type': 'text/plain' }).end(String(error))
    })
  })
}

/** Stops at once, open and hanging connections too. */
export async function stop(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeAllConnections()
  await closed
}

async function toRequest(incoming: IncomingMessage, url: URL): Promise<Request> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (typeof value === 'string') headers.set(name, value)
  }
  const method = incoming.method ?? 'GET'
  const body = chunks.length > 0 && method !== 'GET' ? Buffer.concat(chunks) : null
  return new Request(url, { method, headers, body })
}

/** The name of the GraphQL operation that is asked for; null for any other request. */
async function operationOf(request: Request): Promise<string | null> {
  if (!request.url.endsWith('/graphql')) return null
  const [, name] = /\b(?:query|mutation) (\w+)/.exec(await request.clone().text()) ?? []
  return name ?? null
}

async function send(outgoing: ServerResponse, response: Response): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer())
  outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(body)
}

/** Half an answer, and no more. */
async function cut(outgoing: ServerResponse, response: Response): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer())
  outgoing.writeHead(response.status, {
    ...Object.fromEntries(response.headers),
    'content-length': body.length,
  })
  outgoing.write(body.subarray(0, body.length / 2), () => outgoing.destroy())
}

function faultAnswer({ body, headers }: Fault, status: number): Response {
  return Response.json(body ?? { message: 'Server Error' }, { status, headers: headers ?? {} })
}
