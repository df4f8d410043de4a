import type { Nodes } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { commandsIn } from '../../../src/events/command.ts'
import { joint } from '../../../src/report/stranger-text.ts'
import { renderMarkdown } from '../../../src/sandbox/pages/markdown.ts'
import { place } from '../samples.ts'

/** A body as GitHub takes it apart. */
export function parsed(body: string): Nodes {
  return fromMarkdown(body, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
}

/** The shape of a text without its words. Whether a fork has a page to compare it on depends on its name. */
export function shapeOf(node: Nodes): unknown {
  if (!('children' in node)) return node.type
  const children = node.children.map(shapeOf)
  const isComparison = node.type === 'link' && node.url.startsWith(`${place.url}/compare/`)
  return isComparison ? children[0] : [node.type, ...children]
}

/** What a reader sees, without joints. */
export function seenIn(tree: Nodes): string {
  return textsIn(tree).join('\n').replaceAll(joint, '')
}

/** What a body does that no body of ours may do, as GitHub would do it. The gate has no part in this. */
export function faultsIn(body: string, tree: Nodes): string[] {
  const faults = nodesIn(tree).flatMap((node) => faultOf(node) ?? [])
  for (const text of liveTextsIn(tree)) {
    const [found] = live.exec(text) ?? []
    if (found !== undefined) faults.push(`GitHub makes something of ${JSON.stringify(found)}`)
  }
  const html = renderMarkdown(body, {
    repository: place.fullName,
    hasAccount: () => true,
    hasThread: () => true,
  })
  if (/class="(?:mention|reference)"/.test(html)) faults.push('the double links a mention')
  if (commandsIn(body).length > 0) faults.push('it gives a command')
  if (commandsIn(quotable(tree)).length > 0) faults.push('quoted as plain text it gives a command')
  if (/\p{M}{9}/u.test(body)) faults.push('a flood of marks')
  const [hidden] = unseen.exec(body.replaceAll('\n', '')) ?? []
  if (hidden !== undefined) faults.push(`unseen ${JSON.stringify(hidden)}`)
  return faults
}

const live =
  /(?<!\w)[@＠﹫]\w|[#＃﹟]\d|GH-\d|:\/\/|www\.|:[\w+-]+:|\/groundswell|\b[0-9a-f]{7,64}\b|(?<=^|[\s(])\$\S/i
const unseen =
  /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e0fff}]/u
const ourHtml = /^(?:<\/?sub>|<\/details>|<details>\n<summary>[^<>&]*<\/summary>)$/
const profile = /^\/[^/]*$/

function faultOf(node: Nodes): string | null {
  switch (node.type) {
    case 'image':
    case 'imageReference':
    case 'definition':
    case 'footnoteReference':
    case 'footnoteDefinition':
    case 'linkReference':
    case 'blockquote':
      return `a ${node.type}`
    case 'html':
      return ourHtml.test(node.value) ? null : `HTML: ${node.value}`
    case 'link': {
      const { origin, pathname, href } = new URL(node.url)
      const { origin: own } = new URL(place.url)
      const isOurs = [place.url, place.docsUrl].some(
        (base) => base !== null && (href === base || href.startsWith(`${base}/`)),
      )
      return isOurs || (origin === own && profile.test(pathname)) ? null : `a link to ${href}`
    }
    case 'table': {
      const widths = new Set(node.children.map(({ children }) => children.length))
      return widths.size === 1 ? null : `a table with rows of ${[...widths].join(' and ')} cells`
    }
    default:
      return null
  }
}

function nodesIn(node: Nodes): Nodes[] {
  return 'children' in node ? [node, ...node.children.flatMap(nodesIn)] : [node]
}

function textsIn(tree: Nodes): string[] {
  return nodesIn(tree).flatMap((node) =>
    node.type === 'text' || node.type === 'inlineCode' ? [node.value] : [],
  )
}

/** Texts that GitHub looks into: not code; of links all but our own #12. */
function liveTextsIn(node: Nodes): string[] {
  if (node.type === 'text') return [node.value]
  if (!('children' in node)) return []
  const texts = node.children.flatMap(liveTextsIn)
  return node.type === 'link' ? texts.map((text) => text.replace(/^#\d+$/, '')) : texts
}

/** As a mail program quotes it in an answer: every text on a line, without marks. Our own commands are code and may be copied. */
function quotable(tree: Nodes): string {
  return textsIn(tree)
    .filter((text) => !/^\/groundswell(?: [a-z-]+)?$/.test(text))
    .join('\n\n')
}
