import { agentOfSignature } from '../events/ai-agent.ts'
import { type HashEmail, hashedAddress } from '../events/signature.ts'
import { isSharedLocalPart } from '../events/signature-evidence.ts'

/**
 * Bounded, and beginning only where a word begins: long runs of letters without
 * an @ are read once, not once for every letter.
 */
const address =
  /(?<![\p{L}\p{N}._+-])[\p{L}\p{N}._+-]{1,200}@(?:[\p{L}\p{N}-]{1,63}\.)+\p{L}{2,24}/gu

/** Addresses that are nobody's: GitHub's own, of bots and of tools, by which they are told apart. Those of root, admin or you are not, either. */
const impersonal = /^(?:noreply|no-reply|actions)@|@users\.noreply\./i

/**
 * The payload as it is kept once its facts are recorded: every e-mail address
 * in any text is replaced by its keyed hash, from which a later recording makes
 * the same signature. Addresses are not ours to keep.
 */
export function withoutAddresses(payload: unknown, hashEmail: HashEmail): unknown {
  if (typeof payload === 'string') {
    return payload.includes('@')
      ? payload.replace(address, (found) => withoutPerson(found, hashEmail))
      : payload
  }
  if (Array.isArray(payload)) return payload.map((item) => withoutAddresses(item, hashEmail))
  if (typeof payload !== 'object' || payload === null) return payload
  return Object.fromEntries(
    Object.entries(payload).map(([key, value]) => [key, withoutAddresses(value, hashEmail)]),
  )
}

function withoutPerson(found: string, hashEmail: HashEmail): string {
  const email = found.toLowerCase()
  const isTool = agentOfSignature({ name: '', email, login: null }) !== null
  const isShared = isSharedLocalPart(email.slice(0, email.lastIndexOf('@')))
  return impersonal.test(email) || isTool || isShared ? found : hashedAddress(email, hashEmail)
}
