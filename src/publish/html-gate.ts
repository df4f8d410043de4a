import type { Nodes, Root } from 'hast'
import { raw } from 'hast-util-raw'
import { type Allowed, linkFault } from './gate.ts'

const elements: ReadonlySet<string> = new Set([
  ...['html', 'head', 'meta', 'title', 'style', 'body'],
  ...['h1', 'h2', 'h3', 'h4', 'p', 'ul', 'ol', 'li', 'hr', 'br', 'a', 'strong', 'em', 'del'],
  ...['code', 'sub', 'details', 'summary', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
])
const attributes: ReadonlySet<string> = new Set(['href', 'align', 'lang', 'charSet'])

/**
 * The last look at HTML for a mail or a feed, whoever made it, as a reader
 * would parse it: what is wrong with it, or null. Nothing is loaded and nothing
 * runs; links lead where they may.
 */
export function refuseHtml(html: string, { urlBases }: Allowed): string | null {
  const root: Root = { type: 'root', children: [{ type: 'raw', value: html }] }
  return faultIn(
    raw(root),
    urlBases.map((base) => new URL(base)),
  )
}

function faultIn(node: Nodes, bases: readonly URL[]): string | null {
  const found = faultOf(node, bases)
  if (found !== null || !('children' in node)) return found
  for (const child of node.children) {
    const within = faultIn(child, bases)
    if (within !== null) return within
  }
  return null
}

function faultOf(node: Nodes, bases: readonly URL[]): string | null {
  if (node.type === 'comment') return 'it holds a comment'
  if (node.type !== 'element') return null
  const { tagName, properties } = node
  if (!elements.has(tagName)) return `it holds <${tagName}>`
  const odd = Object.keys(properties).find((name) => !attributes.has(name))
  if (odd !== undefined) return `<${tagName}> has ${odd}`
  if (tagName === 'style') {
    const [text] = node.children
    // What a style could load, it names by an address.
    return text?.type === 'text' && /url\(|@import|\\/i.test(text.value) ? 'a style loads' : null
  }
  return properties.href === undefined ? null : linkFault(String(properties.href), bases)
}
