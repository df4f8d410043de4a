import type { Definition, Html, Link, Nodes, Paragraph } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

/** What a body may point to. */
export interface Allowed {
  /** addresses, each with all that lies below it: the repository's, the documentation's; profiles on the same hosts are fine too */
  urlBases: string[]
  /** the folder of the charts that may be shown, without a slash at the end; none where it is left out */
  chartsUrl?: string | null
}

/** GitHub's own limit. In bytes too, since how it counts is not documented. */
const longest = 65_536

/** Far more than any body of ours holds, and little enough for the parser, whose time grows with the square of it. */
const mostMarkup = 2_000
const markup = /[*_~[]/g
const deep = /^(?:[ \t]*(?:>|[-+*]|\d{1,9}[.)])){20}/m

/** What GitHub would turn into a mention of a person or a team; a joint after the @ prevents it. */
const mention = /(?<!\w)[@\uff20\ufe6b][a-z\d]/i

/** `owner/repo#1`, `owner#1` and `owner/repo@sha`, which appear in the timelines of strangers. */
const crossReference = /[\w.-](?:#\d|@[\da-f]{7})/i

/** GitHub links these too; `https` and `www` the parser already finds. */
const bareAddress = /\bftp:\/\/\w/i

const command = /^\s*\/groundswell(?!\S)/im

const marker = /^<!-- groundswell:(?:(?!--)[^<>\n])* -->$/
/** A chart of ours as a block of its own: one of a week, for dark and for light, and nothing else in it. */
const picture =
  /^<picture>\n<source media="\(prefers-color-scheme: dark\)" srcset="(?<url>[^"\s]+)\?theme=dark&amp;week=(?<week>\d{4}-W\d{2})">\n<img alt="(?<alt>[^"<>&\n]*)" src="\k<url>\?theme=light&amp;week=\k<week>">\n<\/picture>$/
const chartFile = /^[a-z]+\.svg$/

const harmlessTag = /<\/?(?:sub|details|summary)>|<br ?\/?>/g

/** Issues, pull requests, discussions and commits: a link to one shows up there. */
const threadPath = /^\/[^/]+\/[^/]+\/(?:issues|pull|pulls|discussions|commit|compare)\/./

/**
 * The last look at a body before it is posted, independent of how it was
 * rendered: what is wrong with it, or null. Nobody may be called, no stranger's
 * thread referenced, nothing remote loaded and no command given.
 */
export function refuse(body: string, { urlBases, chartsUrl = null }: Allowed): string | null {
  if (body.length > longest || Buffer.byteLength(body) > longest) {
    return `the body is longer than ${longest} characters or bytes`
  }
  if (deep.test(body) || (body.match(markup)?.length ?? 0) > mostMarkup) {
    return 'it holds more markup than any text of ours'
  }
  const tree = fromMarkdown(body, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
  const bases = urlBases.map((base) => new URL(base))
  return firstFault(tree, (node) => faultOf(node, { bases, chartsUrl }))
}

/** Depth first, in reading order. */
function firstFault(node: Nodes, fault: (node: Nodes) => string | null): string | null {
  const found = fault(node)
  if (found !== null || !('children' in node)) return found
  for (const child of node.children) {
    const within = firstFault(child, fault)
    if (within !== null) return within
  }
  return null
}

interface Permitted {
  bases: readonly URL[]
  chartsUrl: string | null
}

function faultOf(node: Nodes, { bases, chartsUrl }: Permitted): string | null {
  switch (node.type) {
    case 'text':
      return faultOfText(node.value)
    case 'paragraph':
      return faultOfParagraph(node)
    case 'html':
      return faultOfHtml(node, chartsUrl)
    case 'link':
    case 'definition':
      return faultOfLink(node, bases)
    case 'image':
    case 'imageReference':
      return 'it holds an image'
    default:
      return null
  }
}

function faultOfText(text: string): string | null {
  if (mention.test(text)) return `it mentions somebody: ${excerpt(text, mention)}`
  if (crossReference.test(text)) {
    return `it refers to another repository: ${excerpt(text, crossReference)}`
  }
  if (bareAddress.test(text)) return `it holds an address: ${excerpt(text, bareAddress)}`
  return null
}

/** Only what stands at the start of a line, outside code, is a command. */
function faultOfParagraph({ children }: Paragraph): string | null {
  const lines = children.map((child) => {
    if (child.type === 'text') return child.value
    return child.type === 'break' ? '\n' : '\ufffc'
  })
  return command.test(lines.join('')) ? 'a line in it reads as a command' : null
}

function faultOfHtml({ value, position }: Html, chartsUrl: string | null): string | null {
  if (position?.start.offset === 0 && marker.test(value)) return null
  const { url = '', alt = '' } = picture.exec(value)?.groups ?? {}
  if (isChart(url, chartsUrl)) return faultOfText(alt)
  const text = value.replace(harmlessTag, '')
  if (/[<>&]/.test(text)) return `it holds HTML that is not allowed: ${value.slice(0, 80)}`
  return faultOfText(text)
}

/** Compared letter by letter: an address that has to be resolved first is none of ours. */
function isChart(url: string, chartsUrl: string | null): boolean {
  if (chartsUrl === null || !url.startsWith(`${chartsUrl}/`)) return false
  return chartFile.test(url.slice(chartsUrl.length + 1))
}

function faultOfLink({ url }: Link | Definition, bases: readonly URL[]): string | null {
  return linkFault(url, bases)
}

/** What is wrong with where a link leads, or null. */
export function linkFault(url: string, bases: readonly URL[]): string | null {
  const target = URL.canParse(url) ? new URL(url) : null
  return target !== null && isAllowed(target, bases)
    ? null
    : `it links to a place that is not allowed: ${url.slice(0, 200)}`
}

function isAllowed(target: URL, bases: readonly URL[]): boolean {
  if (target.username !== '' || target.password !== '') return false
  const near = bases.filter(({ origin }) => origin === target.origin && origin !== 'null')
  if (near.length > 0 && isProfile(target)) return true
  return near.some(
    (base) => isBelow(target, base) && (!threadPath.test(target.pathname) || isRepository(base)),
  )
}

function isProfile({ pathname }: URL): boolean {
  return /^\/[^/]*\/?$/.test(pathname)
}

function isBelow(target: URL, base: URL): boolean {
  const path = base.pathname.replace(/\/$/, '')
  return target.pathname === path || target.pathname.startsWith(`${path}/`)
}

/** A base that is a whole host does not allow the threads of every repository on it. */
function isRepository({ pathname }: URL): boolean {
  return /^\/[^/]+\/[^/]+/.test(pathname)
}

function excerpt(text: string, pattern: RegExp): string {
  const start = text.search(pattern)
  return text.slice(Math.max(0, start - 20), start + 40)
}
