import type { IncomingMessage, RequestListener } from 'node:http'
import type { Connection } from './loopback.ts'

/** A Hono application. */
interface Page {
  fetch(request: Request, connection: Connection): Response | Promise<Response>
}

/**
 * Serves a page that only reads through Node's HTTP server: the body of a
 * request is never looked at, and the socket's address goes along. `onFault`
 * gets what the page could not answer, for the log; the visitor gets a 500.
 */
export function readingListener(page: Page, onFault: (error: unknown) => void): RequestListener {
  return async (incoming, outgoing) => {
    const request = toRequest(incoming)
    if (request === null) {
      outgoing.writeHead(400).end()
      return
    }
    try {
      const { remoteAddress } = incoming.socket
      const response = await page.fetch(request, { remoteAddress })
      const body = Buffer.from(await response.arrayBuffer())
      outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(body)
    } catch (error) {
      onFault(error)
      outgoing.writeHead(500).end('Something went wrong; the log says what.')
    }
  }
}

/** Null for what is no request to a page: an absolute target, a method that fetch does not know. */
function toRequest({ url = '/', method = 'GET', headers, rawHeaders }: IncomingMessage) {
  try {
    const pairs = rawHeaders.flatMap((name, index): [string, string][] =>
      index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? '']] : [],
    )
    return new Request(new URL(`http://${headers.host}${url}`), { method, headers: pairs })
  } catch {
    return null
  }
}
