import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

export const commandNames = [
  'help',
  'status',
  'report',
  'forks',
  'digest',
  'pause',
  'resume',
  'mute',
  'unmute',
  'hide-me',
  'forget-me',
] as const

export type CommandName = (typeof commandNames)[number]

/**
 * One line that starts with `/groundswell`. `argument` is the login that
 * `report` was asked about, without its @; null for the asker's own and for
 * every other command. `text` is all that followed, when it makes no command.
 */
export type Command =
  | { name: CommandName; argument: string | null }
  | { name: 'unknown'; text: string }

/** GitHub's own limit of a comment. */
const longestBody = 65_536
const mostCommands = 5

/**
 * Parsers of Markdown take minutes for bodies made to hurt them (60 KB of `*`, 10,000 `>`).
 * Beyond these bounds nobody gives commands, and none are looked for.
 */
const mostLines = 2000
const longestParagraph = 1000
const mostCandidates = 10
const deepNesting = /^(?:[ \t]*(?:>|(?:[*+-]|\d{1,9}[.)])[ \t]|\[\^[^\]]{0,99}\]:)){8}/m

/** Spaces and tabs only: with \s, a body of blank lines would be scanned once for every line. */
const commandLine = /^[ \t]*\/groundswell(?![^ \t\r\n])/im
const login = /^@?([a-z\d][a-z\d_-]{0,99}(?:\[bot\])?)$/i

/**
 * The commands in a comment, at most five. A command is a line of its own in a
 * paragraph at the top level: in code, a quotation, a list, a table, HTML or a
 * link it is something that somebody talks about.
 */
export function commandsIn(body: string): Command[] {
  const text = body.slice(0, longestBody)
  if (!commandLine.test(text) || deepNesting.test(text)) return []
  if (text.split(/\r\n|\n|\r/).length > mostLines) return []
  return topLevelParagraphs(text)
    .filter((paragraph) => paragraph.length <= longestParagraph && commandLine.test(paragraph))
    .slice(0, mostCandidates)
    .flatMap(linesSpokenIn)
    .slice(0, mostCommands)
    .map(toCommand)
}

/** All that has a meaning inside a paragraph only. It costs most, and blocks are found without it. */
const inlineConstructs = [
  'attention',
  'autolink',
  'characterEscape',
  'characterReference',
  'codeText',
  'emailAutolink',
  'gfmFootnoteCall',
  'gfmPotentialFootnoteCall',
  'hardBreakEscape',
  'htmlText',
  'labelEnd',
  'labelStartImage',
  'labelStartLink',
  'protocolAutolink',
  'strikethrough',
  'tasklistCheck',
  'wwwAutolink',
  // not inline, but slow too, and both are made of what would else be a paragraph, which is read again
  'setextUnderline',
  'table',
]

/** As they are written, those left out that stand inside an HTML element. */
function topLevelParagraphs(text: string): string[] {
  const { children } = fromMarkdown(text, {
    extensions: [gfm(), { disable: { null: inlineConstructs } }],
    mdastExtensions: [gfmFromMarkdown()],
  })
  const paragraphs: string[] = []
  let openTags = 0
  for (const node of children) {
    if (node.type === 'html') openTags = Math.max(0, openTags + tagBalance(node.value))
    if (node.type !== 'paragraph' || openTags > 0) continue
    paragraphs.push(text.slice(node.position?.start.offset, node.position?.end.offset))
  }
  return paragraphs
}

const tag = /<!--[\s\S]*?(?:-->|$)|<(\/?)([a-z][a-z\d-]*)/gi
const voidTags: ReadonlySet<string> = new Set(['br', 'hr', 'img', 'input', 'source', 'wbr'])

/** How many tags this HTML leaves open: what follows a `<details>` is inside it, also after a blank line. */
function tagBalance(html: string): number {
  let balance = 0
  for (const [, slash, name] of html.matchAll(tag)) {
    if (name === undefined || voidTags.has(name.toLowerCase())) continue
    balance += slash === '/' ? -1 : 1
  }
  return balance
}

/** The lines that start with the word itself: written plainly, neither linked, escaped nor emphasised. */
function linesSpokenIn(written: string): string[] {
  const { children } = fromMarkdown(written, {
    extensions: [gfm()],
    mdastExtensions: [gfmFromMarkdown()],
  })
  const parts = children.flatMap((node) => (node.type === 'paragraph' ? node.children : []))
  if (parts.some(({ type }) => type === 'html')) return []
  const plain = parts.flatMap(({ type, position }) =>
    type === 'text' && position !== undefined ? [position] : [],
  )
  const spoken: string[] = []
  let offset = 0
  for (const line of written.split(/(?<=[\r\n])/)) {
    const start = offset + line.length - line.trimStart().length
    offset += line.length
    if (!commandLine.test(line)) continue
    if (plain.some((at) => (at.start.offset ?? 0) <= start && start < (at.end.offset ?? 0))) {
      spoken.push(line)
    }
  }
  return spoken
}

function toCommand(line: string): Command {
  const text = line.trim().slice('/groundswell'.length).trim()
  const [word = '', argument, ...more] = text.split(/[ \t]+/)
  const name = commandNames.find((known) => known === word.toLowerCase())
  if (text === '') return { name: 'help', argument: null }
  // "hide-me @somebody" must not be read as "hide-me": better to ask than to do half of what was said
  if (name === undefined || more.length > 0) return { name: 'unknown', text }
  if (argument === undefined) return { name, argument: null }
  const named = name === 'report' ? login.exec(argument)?.[1] : undefined
  return named === undefined ? { name: 'unknown', text } : { name, argument: named }
}
