import { raw } from 'hast-util-raw'
import { defaultSchema, type Schema, sanitize } from 'hast-util-sanitize'
import { toHtml } from 'hast-util-to-html'
import type { RootContent } from 'mdast'
import { toHast } from 'mdast-util-to-hast'

/** What a mail reader and a feed reader get: structure and links, nothing that is loaded. */
const schema: Schema = {
  ...defaultSchema,
  tagNames: [
    ...['h1', 'h2', 'h3', 'h4', 'p', 'ul', 'ol', 'li', 'hr', 'br', 'a', 'strong', 'em', 'del'],
    ...['code', 'sub', 'details', 'summary', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
  ],
  attributes: { a: ['href'], details: ['open'], th: ['align'], td: ['align'] },
  protocols: { href: ['https', 'http'] },
}

/**
 * HTML of a tree. Texts are escaped; scripts, styles and charts for GitHub alone
 * are left out, and images but for those at the addresses of `pictures`.
 */
export function htmlOf(content: readonly RootContent[], pictures: readonly string[] = []): string {
  const shown = content.filter(({ type }) => type !== 'chart')
  const tree = toHast({ type: 'root', children: shown }, { allowDangerousHtml: true })
  return toHtml(sanitize(raw(tree), pictures.length === 0 ? schema : withPictures(pictures)))
}

/** A text of no markup as HTML. */
export function htmlText(value: string): string {
  return toHtml({ type: 'text', value })
}

function withPictures(pictures: readonly string[]): Schema {
  return {
    ...schema,
    tagNames: [...(schema.tagNames ?? []), 'img'],
    attributes: {
      ...schema.attributes,
      img: [['src', ...pictures], 'alt', 'width', 'height'],
    },
    protocols: { ...schema.protocols, src: ['cid'] },
  }
}
