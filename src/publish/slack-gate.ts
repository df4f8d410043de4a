import { z } from 'zod'
import { type Allowed, linkFault } from './gate.ts'

const Style = z.strictObject({
  bold: z.literal(true).optional(),
  italic: z.literal(true).optional(),
  strike: z.literal(true).optional(),
  code: z.literal(true).optional(),
})
const Words = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string().min(1), style: Style.optional() }),
  z.strictObject({
    type: z.literal('link'),
    url: z.string(),
    text: z.string().min(1),
    style: Style.optional(),
  }),
])
const Section = z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(Words) })
const Block = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('header'),
    text: z.strictObject({
      type: z.literal('plain_text'),
      text: z.string().min(1).max(150),
      emoji: z.literal(false),
    }),
  }),
  z.strictObject({
    type: z.literal('rich_text'),
    elements: z.array(
      z.discriminatedUnion('type', [
        Section,
        z.strictObject({
          type: z.literal('rich_text_list'),
          style: z.literal('bullet'),
          elements: z.array(Section),
        }),
      ]),
    ),
  }),
])
const Message = z.strictObject({
  text: z.string().regex(/^[^<>]*$/, 'holds markup'),
  blocks: z.array(Block).max(50),
  unfurl_links: z.literal(false),
  unfurl_media: z.literal(false),
})

/** The longest text that Slack takes in one block. */
const longest = 3_000

/**
 * The last look at a message for Slack, whoever made it: what is wrong with it,
 * or null. Only blocks that mean nothing but their text pass, so nobody can be
 * called: no user, channel, broadcast or emoji, and no text that Slack reads as
 * its own markup.
 */
export function refuseSlack(message: unknown, { urlBases }: Allowed): string | null {
  const read = Message.safeParse(message)
  if (!read.success) {
    const [issue] = read.error.issues
    return `Slack would not show ${issue?.path.join('.')} as plain text (${issue?.message})`
  }
  const bases = urlBases.map((base) => new URL(base))
  for (const block of read.data.blocks) {
    if (block.type === 'header') continue
    const words = block.elements.flatMap((lines) =>
      lines.type === 'rich_text_list'
        ? lines.elements.flatMap(({ elements }) => elements)
        : lines.elements,
    )
    if (words.map(({ text }) => text).join('').length > longest) {
      return `a block is longer than ${longest} characters`
    }
    for (const one of words) {
      const fault = one.type === 'link' ? linkFault(one.url, bases) : null
      if (fault !== null) return fault
    }
  }
  return null
}
