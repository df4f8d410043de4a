import { agentNamed, agentOfSignature } from './ai-agent.ts'

/** A name with an address, as git writes people. */
interface Signed {
  name: string
  email: string
}

/** What a commit message says about who helped. */
export interface Helpers {
  /** `Co-authored-by:`, in the message's order */
  coAuthors: Signed[]
  /** tools named by `Assisted-by:` or "Generated with", each once */
  agents: string[]
}

const coAuthored = /^co-authored-by:(.*)$/i
const assisted = /^assisted-by:(.*)$/i
const generated = /^(?:🤖 ?)?generated (?:with|by) \[?(.*)$/iu

/**
 * Trailers count in the last paragraph only, as git and GitHub have it: before
 * it, people quote them. "Generated with" is no trailer and stands anywhere
 * below the title.
 */
export function helpersIn(message: string): Helpers {
  const lines = message.trimEnd().split(/\r\n|\n|\r/)
  const body = lines.slice(1)
  const lastBlank = lines.findLastIndex((line) => line.trim() === '')
  const trailers = lastBlank === -1 ? [] : lines.slice(lastBlank + 1)
  const named = [
    ...trailers.map((line) => toolNamed(assisted.exec(line)?.[1] ?? '')),
    ...body.map((line) => agentNamed(generated.exec(line)?.[1] ?? '')),
  ]
  return {
    coAuthors: trailers
      .map((line) => signed(coAuthored.exec(line)?.[1] ?? ''))
      .filter((coAuthor) => coAuthor !== null),
    agents: [...new Set(named.filter((agent) => agent !== null))],
  }
}

/** With an address it may be a person who helped; then the address decides. */
function toolNamed(text: string): string | null {
  const helper = signed(text)
  return helper === null ? agentNamed(text) : agentOfSignature({ ...helper, login: null })
}

/** `Mona Lisa <mona@example.com>`; null without an address. */
function signed(text: string): Signed | null {
  const open = text.lastIndexOf('<')
  const close = text.indexOf('>', open)
  if (open === -1 || close === -1) return null
  const email = text.slice(open + 1, close).trim()
  return email.includes('@') ? { name: text.slice(0, open).trim(), email } : null
}
