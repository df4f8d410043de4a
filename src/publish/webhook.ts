import { z } from 'zod'
import type { Attempt } from './attempt.ts'

const answerWithinMs = 15_000
const longestWaitMs = 60 * 60_000
const longestReason = 200

/**
 * Posts JSON to a webhook, once. Only where the connection was never made, or
 * the other side said that it did nothing, may it be tried again.
 */
export async function postToWebhook(address: string, message: object): Promise<Attempt> {
  let response: Response
  try {
    response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(message),
      // An address that leads elsewhere is not the one that was configured.
      redirect: 'manual',
      signal: AbortSignal.timeout(answerWithinMs),
    })
  } catch (error) {
    const reason = reasonOf(error)
    return neverConnected(error)
      ? { state: 'not sent', reason, waitMs: null }
      : { state: 'unknown', reason }
  }
  // The status is the answer; what it says is for people.
  return attemptAfter(response, await response.text().catch(() => ''))
}

function attemptAfter({ ok, status, headers }: Response, text: string): Attempt {
  if (ok) return { state: 'sent', note: null }
  const reason = `${status} ${text.slice(0, longestReason)}`.trim()
  // Too many, or not at the moment: both say that nothing was done.
  if (status === 429 || status === 503) {
    const seconds = Number(headers.get('retry-after') ?? Number.NaN)
    const waitMs = Number.isFinite(seconds) ? Math.max(seconds, 1) * 1000 : null
    return {
      state: 'not sent',
      reason,
      waitMs: waitMs === null ? null : Math.min(waitMs, longestWaitMs),
    }
  }
  return status >= 500 ? { state: 'unknown', reason } : { state: 'refused', reason }
}

const Cause = z.looseObject({
  code: z.string().optional(),
  syscall: z.string().optional(),
  message: z.string(),
  /** of a host with several addresses: one for each that could not be connected to */
  errors: z.array(z.unknown()).optional(),
})

function causeOf(error: unknown) {
  const { success, data } = z.looseObject({ cause: Cause }).safeParse(error)
  return success ? data.cause : null
}

/** Names that could not be resolved, ports that nobody listens on, certificates that nobody trusts. */
function neverConnected(error: unknown): boolean {
  const { code = '', syscall = '', errors } = causeOf(error) ?? {}
  return (
    errors !== undefined ||
    ['connect', 'getaddrinfo'].includes(syscall) ||
    code === 'UND_ERR_CONNECT_TIMEOUT' ||
    /^(?:ERR_TLS|ERR_SSL|CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(code)
  )
}

/** Without the address, which is a secret. */
function reasonOf(error: unknown): string {
  const cause = causeOf(error)
  if (cause !== null)
    return (cause.message || cause.code || 'no connection').slice(0, longestReason)
  return error instanceof Error ? error.message.slice(0, longestReason) : 'the request failed'
}
