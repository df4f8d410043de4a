import { Octokit } from '@octokit/rest'
import type { GitHubServer } from '../../config/environment.ts'
import type { GitHubClient } from './client.ts'

/** GitHub answers within ten seconds or not at all. */
const requestTimeoutMs = 15_000

const silent = { debug() {}, info() {}, warn() {}, error() {} }

/** A client without the App: a person's, where they gave a token, or nobody's. It does not wait and does not retry. */
export function openPublicClient({ apiUrl, token }: GitHubServer): GitHubClient {
  return new Octokit({
    baseUrl: apiUrl,
    userAgent: 'groundswell',
    log: silent,
    ...(token !== null && { auth: token }),
    request: {
      fetch: (url: string | URL, init: RequestInit) =>
        fetch(url, { ...init, signal: AbortSignal.timeout(requestTimeoutMs) }),
    },
  })
}
