import type { Element, ElementContent, Nodes, Root } from 'hast'
import { raw } from 'hast-util-raw'
import { sanitize } from 'hast-util-sanitize'
import { toHtml } from 'hast-util-to-html'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { toHast } from 'mdast-util-to-hast'
import { gfm } from 'micromark-extension-gfm'

/** What GitHub knows when it turns names and numbers in a text into links. */
export interface References {
  /** `owner/name` of the repository that the text stands in */
  repository: string
  hasAccount(login: string): boolean
  hasThread(number: number): boolean
}

/** Markdown as GitHub shows it: its dialect, its sanitising, mentions and numbers linked. */
export function renderMarkdown(text: string, references: References): string {
  const tree = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
  const safe = sanitize(raw(toHast(tree, { allowDangerousHtml: true })))
  link(safe, references)
  return toHtml(safe)
}

const unlinked: ReadonlySet<string> = new Set(['a', 'code', 'pre'])

function link(node: Nodes, references: References): void {
  if (node.type !== 'root' && node.type !== 'element') return
  if (node.type === 'element' && unlinked.has(node.tagName)) return
  // as: what a root or an element holds after sanitising are elements and text
  const children = node.children as ElementContent[]
  const linked = children.flatMap((child) =>
    child.type === 'text' ? linksIn(child.value, references) : [child],
  )
  for (const child of children) link(child, references)
  ;(node as Root | Element).children = linked
}

const reference = /(?<![\w/@#`])(?:@([a-z\d][a-z\d-]{0,38})|#(\d{1,9}))(?![\w-])/gi

function linksIn(text: string, references: References): ElementContent[] {
  const parts: ElementContent[] = []
  let end = 0
  for (const { 0: found, 1: login, 2: number, index } of text.matchAll(reference)) {
    const target = targetOf({ login, number }, references)
    if (target === null) continue
    parts.push({ type: 'text', value: text.slice(end, index) })
    const properties = { href: target, className: [login === undefined ? 'reference' : 'mention'] }
    const children = [{ type: 'text' as const, value: found }]
    parts.push({ type: 'element', tagName: 'a', properties, children })
    end = index + found.length
  }
  return [...parts, { type: 'text', value: text.slice(end) }]
}

function targetOf(
  { login, number }: { login: string | undefined; number: string | undefined },
  { repository, hasAccount, hasThread }: References,
): string | null {
  if (login !== undefined) return hasAccount(login) ? `/${login}` : null
  return hasThread(Number(number)) ? `/${repository}/issues/${number}` : null
}
