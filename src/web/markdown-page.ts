import { defaultSchema, sanitize } from 'hast-util-sanitize'
import { toHtml } from 'hast-util-to-html'
import type { Heading, Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { toHast } from 'mdast-util-to-hast'
import { gfm } from 'micromark-extension-gfm'
import { plainText } from '../report/plain-text.ts'

/** A document of ours, ready to be put into a page. */
export interface MarkdownPage {
  /** its first heading; empty without one */
  title: string
  html: string
}

/** Ids stay as they are: no script is there for them to confuse. */
const schema = { ...defaultSchema, clobberPrefix: '' }

/** A document with an id for every heading, by GitHub's rule, so that links written for GitHub work. */
export function markdownPage(text: string): MarkdownPage {
  const tree = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
  const headings = headingsOf(tree)
  const taken = new Map<string, number>()
  for (const heading of headings) {
    heading.data = { ...heading.data, hProperties: { id: idOf(plainText(heading), taken) } }
  }
  const [first] = headings
  return {
    title: first === undefined ? '' : plainText(first),
    html: toHtml(sanitize(toHast(tree), schema)),
  }
}

function headingsOf({ children }: Root): Heading[] {
  return children.filter((node) => node.type === 'heading')
}

/** `Time to Close` is `time-to-close`, and the second of that name `time-to-close-1`. */
function idOf(heading: string, taken: Map<string, number>): string {
  const id = heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
    .replaceAll(' ', '-')
  const before = taken.get(id) ?? 0
  taken.set(id, before + 1)
  return before === 0 ? id : `${id}-${before}`
}
