import type { Element, Nodes, Root } from 'hast'
import { raw } from 'hast-util-raw'
import { type Allowed, linkFault } from './gate.ts'

const elements: ReadonlySet<string> = new Set([
  ...['html', 'head', 'meta', 'title', 'style', 'body'],
  ...['h1', 'h2', 'h3', 'h4', 'p', 'ul', 'ol', 'li', 'hr', 'br', 'a', 'strong', 'em', 'del'],
  ...['code', 'sub', 'details', 'summary', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
])
const attributes: ReadonlySet<string> = new Set(['href', 'align', 'lang', 'charSet', 'open'])
/** Of a picture, all of them and no other. */
const pictureAttributes = ['alt', 'height', 'src', 'width'].join()
/** Made of our own words: the name of a chart, and that of a digest. */
const ownName = /^[a-z]+\.[\w.-]+@groundswell$/

/**
 * The last look at HTML for a mail or a feed, whoever made it, as a reader
 * would parse it: what is wrong with it, or null. Nothing is loaded and nothing
 * runs; links lead where they may. It shows each of the pictures that are
 * attached under the names `cids` once, and no other.
 */
export function refuseHtml(
  html: string,
  { urlBases }: Pick<Allowed, 'urlBases'>,
  cids: readonly string[] = [],
): string | null {
  const root: Root = { type: 'root', children: [{ type: 'raw', value: html }] }
  const bases = urlBases.map((base) => new URL(base))
  const unseen = new Set(cids)
  const fault = faultIn(raw(root), (node) => {
    const isPicture = node.type === 'element' && node.tagName === 'img'
    return isPicture ? faultOfPicture(node, unseen) : faultOf(node, bases)
  })
  const [hidden] = unseen
  return fault ?? (hidden === undefined ? null : `it does not show ${hidden}, which is attached`)
}

function faultIn(node: Nodes, faultOf: (node: Nodes) => string | null): string | null {
  const found = faultOf(node)
  if (found !== null || !('children' in node)) return found
  for (const child of node.children) {
    const within = faultIn(child, faultOf)
    if (within !== null) return within
  }
  return null
}

/** Takes what it shows from what is `unseen`. */
function faultOfPicture({ properties }: Element, unseen: Set<string>): string | null {
  const { src, width, height } = properties
  const cid = /^cid:(.*)$/.exec(String(src))?.[1] ?? ''
  if (!ownName.test(cid) || !unseen.delete(cid)) return 'it shows a picture that is not attached'
  if (Object.keys(properties).toSorted().join() !== pictureAttributes) {
    return 'a picture has other attributes than ours have'
  }
  return [width, height].every(Number.isInteger) ? null : 'a picture has no size'
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
