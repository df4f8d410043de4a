import { z } from 'zod'
import { type Allowed, linkFault } from './gate.ts'

const Message = z.strictObject({
  embeds: z.tuple([
    z.strictObject({
      title: z.string().min(1).max(256),
      url: z.string(),
      description: z.string().min(1).max(4_096),
    }),
  ]),
  allowed_mentions: z.strictObject({ parse: z.tuple([]) }),
})

/** Discord counts title and description of all embeds together. */
const longest = 6_000

const maskedLink = /\]\(([^)\s]*)\)/g
/** After an escape or within code nothing of Discord's dialect is read. */
const inert = /\\[^\w\s]|`[^`\n]*`/g
/** Mentions, emoji and time stamps begin with <; an address becomes a link by itself. */
const alive = /[<@]|:\/\/|\bdiscord\.(?:gg|com)\b/i

/**
 * The last look at a message for Discord, whoever made it: what is wrong with
 * it, or null. Mentions are switched off, and nothing in it is one; links lead
 * where they may.
 */
export function refuseDiscord(message: unknown, { urlBases }: Allowed): string | null {
  const read = Message.safeParse(message)
  if (!read.success) {
    const [issue] = read.error.issues
    return `Discord would not take ${issue?.path.join('.')} (${issue?.message})`
  }
  const [{ title, url, description }] = read.data.embeds
  if (title.length + description.length > longest) {
    return `it is longer than ${longest} characters`
  }
  const bases = urlBases.map((base) => new URL(base))
  const bare = description.replace(inert, '\u0000')
  for (const target of [url, ...[...bare.matchAll(maskedLink)].map(([, found = '']) => found)]) {
    const fault = linkFault(target, bases)
    if (fault !== null) return fault
  }
  for (const text of [title.replace(inert, ''), bare.replace(maskedLink, ']')]) {
    const [found] = alive.exec(text) ?? []
    if (found !== undefined) return `Discord would read ${JSON.stringify(found)} in it`
  }
  return null
}
