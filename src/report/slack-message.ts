import type { ListItem, Nodes, PhrasingContent, RootContent } from 'mdast'
import { plainText } from './plain-text.ts'
import { fitting, type ShortDigest } from './short-digest.ts'
import { wordsOf } from './words/language.ts'

/**
 * What is posted to an incoming webhook of Slack. All text stands in rich text,
 * whose elements mean nothing but themselves: Slack's own markup, with its
 * mentions and links, is only read in `text`, which holds no more than the title.
 * https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
 */
export interface SlackMessage {
  /** for notifications */
  text: string
  blocks: SlackBlock[]
  unfurl_links: false
  unfurl_media: false
}

export type SlackBlock =
  | { type: 'header'; text: { type: 'plain_text'; text: string; emoji: false } }
  | { type: 'rich_text'; elements: SlackLines[] }

type SlackSection = { type: 'rich_text_section'; elements: SlackWords[] }
type SlackLines =
  | SlackSection
  | { type: 'rich_text_list'; style: 'bullet'; elements: SlackSection[] }

type SlackStyle = { bold?: true; italic?: true; strike?: true; code?: true }
type SlackWords =
  | { type: 'text'; text: string; style?: SlackStyle }
  | { type: 'link'; url: string; text: string; style?: SlackStyle }

/** Slack's limits: blocks of a message, and characters of a header and of a text. */
export const slackLimits = { blocks: 50, header: 150, text: 3_000 }

/** The short form of a digest for Slack; sections that are too long for it are left out. */
export function slackMessage(digest: ShortDigest): SlackMessage {
  return fitting(digest, write, ({ blocks }) => blocks.every(isWithin))
}

function write({ language, title, url, sections, shortened }: ShortDigest): SlackMessage {
  const { channels: words } = wordsOf({ language })
  const characters = Array.from(title)
  const header =
    characters.length <= slackLimits.header
      ? title
      : `${characters.slice(0, slackLimits.header - 1).join('')}…`
  return {
    text: escaped(title),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: header, emoji: false } },
      ...sections.map((content): SlackBlock => {
        return { type: 'rich_text', elements: content.flatMap(linesOf) }
      }),
      richText([{ type: 'link', url, text: shortened ? words.wholeOfIt : words.whole }]),
    ],
    unfurl_links: false,
    unfurl_media: false,
  }
}

function isWithin(block: SlackBlock): boolean {
  if (block.type === 'header') return true
  const texts = block.elements.flatMap((lines) =>
    lines.type === 'rich_text_list' ? lines.elements.flatMap(textsOf) : textsOf(lines),
  )
  return texts.join('').length <= slackLimits.text
}

function textsOf({ elements }: SlackSection): string[] {
  return elements.map(({ text }) => text)
}

function richText(elements: SlackWords[]): SlackBlock {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }
}

function linesOf(node: RootContent): SlackLines[] {
  switch (node.type) {
    case 'heading':
      return [section(node.children, { bold: true })]
    case 'paragraph':
      return [section(node.children, {})]
    case 'list':
      return [{ type: 'rich_text_list', style: 'bullet', elements: node.children.map(itemOf) }]
    default:
      return []
  }
}

function itemOf({ children }: ListItem): SlackSection {
  const phrasing = children.flatMap((child) => (child.type === 'paragraph' ? child.children : []))
  return section(phrasing, {})
}

function section(nodes: readonly PhrasingContent[], style: SlackStyle): SlackSection {
  const elements = nodes.flatMap((node) => spansOf(node, style)).filter(({ text }) => text !== '')
  return { type: 'rich_text_section', elements }
}

function spansOf(node: Nodes, style: SlackStyle): SlackWords[] {
  switch (node.type) {
    case 'text':
      return [styled({ type: 'text', text: node.value }, style)]
    case 'inlineCode':
      return [styled({ type: 'text', text: node.value }, { ...style, code: true })]
    case 'break':
      return [{ type: 'text', text: '\n' }]
    case 'link':
      return [styled({ type: 'link', url: node.url, text: plainText(node) }, style)]
    case 'strong':
      return node.children.flatMap((child) => spansOf(child, { ...style, bold: true }))
    case 'emphasis':
      return node.children.flatMap((child) => spansOf(child, { ...style, italic: true }))
    case 'delete':
      return node.children.flatMap((child) => spansOf(child, { ...style, strike: true }))
    default:
      return []
  }
}

function styled<Words extends SlackWords>(element: Words, style: SlackStyle): Words {
  return Object.keys(style).length === 0 ? element : { ...element, style }
}

/** The three characters by which Slack's markup begins. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
