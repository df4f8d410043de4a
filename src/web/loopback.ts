import { BlockList, isIP } from 'node:net'
import type { MiddlewareHandler } from 'hono'

/** What the server knows about a connection and the request cannot claim. */
export interface Connection {
  /** of the socket; undefined when it is gone already */
  remoteAddress: string | undefined
}

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

const loopbackHost = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

/** Headers that a proxy adds: behind one, everybody's socket looks local. */
const proxied = /^(forwarded|via|x-forwarded-.+|x-real-ip|cf-connecting-ip)$/

/**
 * Lets through only who sits at this machine: by the socket's own address, not
 * through a proxy, and by a local host name, so that no page elsewhere can
 * reach it through a name that resolves to 127.0.0.1. Others get 403.
 */
export const loopbackOnly: MiddlewareHandler<{ Bindings: Connection }> = async (c, next) => {
  const viaProxy = Object.keys(c.req.header()).some((name) => proxied.test(name))
  const local = isLoopback(c.env.remoteAddress) && loopbackHost.test(c.req.header('host') ?? '')
  if (viaProxy || !local) {
    return c.text('This page is open on the machine that Groundswell runs on, and there only.', 403)
  }
  return next()
}

function isLoopback(address: string | undefined): boolean {
  if (address === undefined) return false
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '')
  const version = isIP(plain)
  return version !== 0 && loopback.check(plain, version === 4 ? 'ipv4' : 'ipv6')
}
