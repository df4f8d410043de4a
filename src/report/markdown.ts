import type {
  AlignType,
  Heading,
  Link,
  List,
  Paragraph,
  PhrasingContent,
  RootContent,
  Strong,
  Table,
  Text,
} from 'mdast'
import { gfmToMarkdown } from 'mdast-util-gfm'
import { toMarkdown } from 'mdast-util-to-markdown'

/** A part of a sentence: words of ours, or nodes. Words of strangers come as nodes only. */
export type Inline = string | PhrasingContent | readonly PhrasingContent[]

/** GitHub-flavoured Markdown of a tree. */
export function serialise(content: readonly RootContent[]): string {
  const children = content.flatMap((node) => (node.type === 'chart' ? node.children : [node]))
  return toMarkdown(
    { type: 'root', children },
    {
      bullet: '-',
      rule: '-',
      extensions: [gfmToMarkdown({ tablePipeAlign: false })],
    },
  )
}

/** A sentence with nodes in it: phrase`reported ${link}`. */
export function phrase(strings: TemplateStringsArray, ...values: Inline[]): PhrasingContent[] {
  return join(strings.flatMap((string, index) => [string, values[index] ?? '']))
}

/** Parts put together, with neighbouring texts made one, so that escaping sees them whole. */
export function join(parts: readonly Inline[], between = ''): PhrasingContent[] {
  const joined: PhrasingContent[] = []
  for (const node of parts.flatMap((part, index) => [
    ...(index === 0 ? [] : nodesOf(between)),
    ...nodesOf(part),
  ])) {
    const last = joined.at(-1)
    if (node.type === 'text' && last?.type === 'text') {
      joined[joined.length - 1] = { type: 'text', value: last.value + node.value }
    } else joined.push(node)
  }
  return joined
}

function nodesOf(part: Inline): readonly PhrasingContent[] {
  if (typeof part === 'string') return part === '' ? [] : [{ type: 'text', value: part }]
  return 'type' in part ? [part] : part
}

export function strong(...parts: Inline[]): Strong {
  return { type: 'strong', children: join(parts) }
}

export function code(value: string): PhrasingContent {
  return { type: 'inlineCode', value }
}

/** A link of our own making; links do not nest, so its text holds none. */
export function link(url: string, text: string | Text): Link {
  return {
    type: 'link',
    url,
    children: [typeof text === 'string' ? { type: 'text', value: text } : text],
  }
}

export function paragraph(...parts: Inline[]): Paragraph {
  return { type: 'paragraph', children: join(parts) }
}

export function heading(depth: Heading['depth'], ...parts: Inline[]): Heading {
  return { type: 'heading', depth, children: join(parts) }
}

export function list(items: readonly Inline[]): List {
  return {
    type: 'list',
    spread: false,
    children: items.map((item) => ({
      type: 'listItem',
      spread: false,
      children: [paragraph(item)],
    })),
  }
}

/** The first row is the heading. */
export function table(align: AlignType[], rows: readonly (readonly Inline[])[]): Table {
  return {
    type: 'table',
    align,
    children: rows.map((cells) => ({
      type: 'tableRow',
      children: cells.map((cell) => ({ type: 'tableCell', children: join([cell]) })),
    })),
  }
}

/** Small print. */
export function sub(...parts: Inline[]): Paragraph {
  return paragraph(html('<sub>'), join(parts), html('</sub>'))
}

/** Something to unfold, with a summary of our own words. */
export function details(summary: string, children: readonly RootContent[]): RootContent[] {
  return [html(`<details>\n<summary>${summary}</summary>`), ...children, html('</details>')]
}

function html(value: string) {
  return { type: 'html', value } as const
}
