import { createPrivateKey, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** The App's private key as PEM, or what is wrong with the setting in words for the person who set it. */
export type PrivateKeyReading = { privateKey: string } | { fault: string }

/**
 * Reads `PRIVATE_KEY` or, without it, the file that `PRIVATE_KEY_PATH` names.
 * The value may be the PEM itself, a PEM with literal `\n`, a PEM whose lines
 * were joined by spaces, or any of these in base64: hosts differ in what they
 * let an environment variable hold. Faults never quote the key.
 *
 * Unlike Probot's reader, this one never picks up a `.pem` file that happens
 * to lie in the working directory.
 */
export function readPrivateKey(env: {
  PRIVATE_KEY?: string | undefined
  PRIVATE_KEY_PATH?: string | undefined
}): PrivateKeyReading | null {
  if (env.PRIVATE_KEY) return parsed(env.PRIVATE_KEY, 'PRIVATE_KEY')
  if (!env.PRIVATE_KEY_PATH) return null
  try {
    return parsed(readFileSync(env.PRIVATE_KEY_PATH, 'utf8'), 'PRIVATE_KEY_PATH')
  } catch {
    return {
      fault: `PRIVATE_KEY_PATH: "${env.PRIVATE_KEY_PATH}" cannot be read. Give the path of the .pem file that GitHub made for the App, readable by this process.`,
    }
  }
}

function parsed(text: string, variable: string): PrivateKeyReading {
  const key = toKey(toPem(text))
  if (key?.asymmetricKeyType === 'rsa') {
    return { privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString() }
  }
  return {
    fault: `${variable}: this is not a private key as GitHub makes them. Give the whole .pem file, from "-----BEGIN" to "-----END", as it is or in base64.`,
  }
}

function toKey(pem: string): KeyObject | null {
  try {
    return createPrivateKey(pem)
  } catch {
    return null
  }
}

function toPem(text: string): string {
  const plain = text.includes('-----BEGIN') ? text : Buffer.from(text, 'base64').toString()
  const [, begin = '', body = '', end = ''] =
    /(-----BEGIN [A-Z ]+-----)(.+)(-----END [A-Z ]+-----)/s.exec(plain.replaceAll('\\n', '\n')) ??
    []
  return [begin, ...body.trim().split(/\s+/), end].join('\n')
}
