import type { Nodes, PhrasingContent, RootContent } from 'mdast'
import { plainText } from './plain-text.ts'
import { fitting, type ShortDigest } from './short-digest.ts'
import { joint } from './stranger-text.ts'
import { wordsOf } from './words/language.ts'

/**
 * What is posted to a webhook of Discord: one embed. Mentions are switched off
 * as a whole, and text is escaped for Discord's own dialect of Markdown.
 * https://docs.discord.com/developers/resources/webhook#execute-webhook
 */
export interface DiscordMessage {
  embeds: [{ title: string; url: string; description: string }]
  allowed_mentions: { parse: [] }
}

/** Discord's limits, in UTF-16 code units. */
export const discordLimits = { title: 256, description: 4_096, embeds: 6_000 }

/** The short form of a digest for Discord; sections that are too long for it are left out. */
export function discordMessage(digest: ShortDigest): DiscordMessage {
  return fitting(digest, write, ({ embeds: [{ title, description }] }) => {
    const { description: longest, embeds: most } = discordLimits
    return description.length <= longest && title.length + description.length <= most
  })
}

function write({ language, title, url, sections, shortened }: ShortDigest): DiscordMessage {
  const { channels: words } = wordsOf({ language })
  const rest = masked(shortened ? words.wholeOfIt : words.whole, url)
  const blocks = [...sections.flat().map(blockOf), rest].filter((block) => block !== '')
  return {
    embeds: [{ title: shortTitle(title), url, description: blocks.join('\n\n') }],
    allowed_mentions: { parse: [] },
  }
}

/** Cut between characters, so that no escape is left without what it escapes. */
function shortTitle(title: string): string {
  const characters = Array.from(title)
  const most = discordLimits.title / 2 - 1
  return escaped(
    escaped(title).length <= discordLimits.title
      ? title
      : `${characters.slice(0, most).join('').slice(0, most)}…`,
  )
}

function blockOf(node: RootContent): string {
  switch (node.type) {
    case 'heading':
      return `**${node.children.map(plainText).map(escaped).join('')}**`
    case 'paragraph':
      return written(node.children)
    case 'list':
      return node.children.map(({ children }) => `- ${children.map(itemOf).join('')}`).join('\n')
    default:
      return ''
  }
}

function itemOf(node: RootContent): string {
  return node.type === 'paragraph' ? written(node.children) : ''
}

function written(nodes: readonly PhrasingContent[]): string {
  return nodes.map(spanOf).join('')
}

function spanOf(node: Nodes): string {
  switch (node.type) {
    case 'text':
      return escaped(node.value)
    case 'inlineCode':
      // A backtick would end it; none of ours is longer than a command.
      return node.value.includes('`') ? escaped(node.value) : `\`${node.value}\``
    case 'break':
      return '\n'
    case 'link':
      return masked(plainText(node), node.url)
    case 'strong':
      return `**${written(node.children)}**`
    case 'emphasis':
      return `*${written(node.children)}*`
    case 'delete':
      return `~~${written(node.children)}~~`
    default:
      return ''
  }
}

function masked(text: string, url: string): string {
  return `[${escaped(text)}](${url.replaceAll('(', '%28').replaceAll(')', '%29')})`
}

/** Discord takes a backslash before any punctuation for an escape, and shows an invitation for its bare address. */
function escaped(text: string): string {
  const uninviting = text.replace(/\bdiscord(?=\.(?:gg|com)\b)/gi, `$&${joint}`)
  return uninviting.replace(/[\\*_~`|>#\-+[\]()<:@!]/g, '\\$&').replace(/^(\s*\d+)\./gm, '$1\\.')
}
