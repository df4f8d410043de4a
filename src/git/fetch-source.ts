import { resolve } from 'node:path'
import { UserError } from '../errors.ts'
import type { GitNetwork } from './run-git.ts'

/** Where objects come from: a server, with the token that opens it, or a folder that the caller names. */
export type FetchSource = { url: string; token: string | null } | { folder: string }

/** The remote's name in every mirror. Its address is never written there: it changes, and a run knows it. */
export const remote = 'origin'

/**
 * How git reaches a source. The token goes to that address and to no other: a
 * server that redirects is not followed.
 * @throws UserError for an address that is none, holds a password, or would show the token to the network
 */
export function networkTo(source: FetchSource): Omit<GitNetwork, 'deadlineMs'> {
  if ('folder' in source) {
    const folder = resolve(source.folder)
    return { protocol: 'file', settings: { [`remote.${remote}.url`]: folder } }
  }
  const { url, token } = source
  const protocol = protocolOf(url)
  return {
    protocol,
    settings: {
      [`remote.${remote}.url`]: url,
      'credential.helper': '',
      'http.followRedirects': 'false',
      // A hung transfer: a server that works sends at least its progress.
      'http.lowSpeedLimit': '1',
      'http.lowSpeedTime': '60',
      // Loopback is reached directly, whatever stands in the environment.
      ...(protocol === 'http' && { 'http.proxy': '' }),
      ...(token !== null && { [`http.${url}.extraHeader`]: `Authorization: ${basic(token)}` }),
    },
  }
}

/** As GitHub takes an installation's token. */
function basic(token: string): string {
  return `Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`
}

/** git's words without the token, in case it ever repeats it. */
export function withoutToken(words: string, source: FetchSource): string {
  if ('folder' in source || source.token === null) return words
  return words.replaceAll(basic(source.token), '***').replaceAll(source.token, '***')
}

function protocolOf(url: string): 'https' | 'http' {
  const parsed = URL.canParse(url) ? new URL(url) : null
  const shown = JSON.stringify(url)
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    throw new UserError(`${shown} is no address that git may fetch from. Use one with https.`)
  }
  if (parsed.username !== '' || parsed.password !== '') {
    const bare = JSON.stringify(`${parsed.protocol}//${parsed.host}${parsed.pathname}`)
    throw new UserError(`The address of ${bare} holds a name or a password. Leave them out.`)
  }
  if (parsed.protocol === 'https:') return 'https'
  if (!isLoopback(parsed.hostname)) {
    throw new UserError(`${shown} is not encrypted, and anybody on the way can read it. Use https.`)
  }
  return 'http'
}

function isLoopback(hostname: string): boolean {
  return /^(?:localhost|\[::1\]|127(?:\.\d+){3})$/.test(hostname)
}
