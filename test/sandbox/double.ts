import { generateKeyPairSync, sign } from 'node:crypto'
import { pino } from 'pino'
import { Probot, ProbotOctokit } from 'probot'
import { onTestFinished } from 'vitest'
import { type GitHubOptions, startGitHub } from '../../src/sandbox/github.ts'
import { githubContract } from '../support/github-contract.ts'

const appId = 4242
const keys = keyPair()

export function keyPair() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return {
    privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    publicKey: String(publicKey.export({ type: 'spki', format: 'pem' })),
  }
}

/** A double with the organisation `octo`, its repository `octo/model` and the App on it. */
export async function double(given: Partial<GitHubOptions> = {}) {
  const clock = { now: new Date('2026-11-16T09:00:00Z') }
  const contract = githubContract()
  const github = await startGitHub({
    now: () => clock.now,
    appId,
    ...keys,
    webhookSecret: 'a secret of the test',
    contract,
    ...given,
  })
  onTestFinished(() => github.close())
  github.addOrganization('octo')
  github.addRepository('octo', 'model')
  const installation = github.addInstallation('octo', { id: 77 })
  const pass = (minutes: number) => {
    clock.now = new Date(clock.now.getTime() + minutes * 60_000)
  }

  /** A request as curl would send it. */
  const call = async (
    method: string,
    path: string,
    more: { token?: string; body?: unknown } = {},
  ) => {
    const response = await fetch(`${github.url}/api/v3${path}`, {
      method,
      redirect: 'manual',
      headers: more.token ? { authorization: `Bearer ${more.token}` } : {},
      ...(more.body !== undefined && { body: JSON.stringify(more.body) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? null : JSON.parse(text),
    }
  }
  const appToken = (claims: Record<string, unknown> = {}, key = keys.privateKey) =>
    jsonWebToken({ iss: appId, ...timesAt(clock.now), ...claims }, key)
  const installationToken = async (body: unknown = {}): Promise<string> => {
    const path = `/app/installations/${installation.id}/access_tokens`
    const { body: granted } = await call('POST', path, { token: appToken(), body })
    return granted.token
  }
  return { github, contract, clock, pass, call, appToken, installationToken, installation }
}

/** Probot waits seconds between writes to spare GitHub; the double needs no such care. */
const unhurried = ProbotOctokit.defaults((options: object) => ({
  ...options,
  throttle: { enabled: false },
  retry: { enabled: false },
}))

/** The client that the App really uses, pointed at a double. */
export function probotAt(url: string): Probot {
  return new Probot({
    appId,
    privateKey: keys.privateKey,
    baseUrl: `${url}/api/v3`,
    Octokit: unhurried,
    log: pino({ level: 'silent' }),
  })
}

function timesAt(now: Date) {
  const seconds = Math.floor(now.getTime() / 1000)
  return { iat: seconds - 30, exp: seconds + 500 }
}

function jsonWebToken(claims: unknown, key: string): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), key).toString('base64url')}`
}
