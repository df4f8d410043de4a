import type { Nodes, Parents, RootContent } from 'mdast'

/** The words of a node, without what they look like or lead to. */
export function plainText(node: Nodes): string {
  if (node.type === 'text' || node.type === 'inlineCode') return node.value
  if (node.type === 'break') return '\n'
  return 'children' in node ? node.children.map(plainText).join('') : ''
}

/** A text for a reader without any markup: headings underlined, a row of a table a line. */
export function plainLines(content: readonly RootContent[]): string {
  return content
    .map(blockOf)
    .filter((block) => block !== '')
    .join('\n\n')
}

function blockOf(node: RootContent): string {
  switch (node.type) {
    case 'heading': {
      const text = plainText(node)
      return `${text}\n${(node.depth <= 2 ? '=' : '-').repeat(widthOf(text))}`
    }
    case 'list':
      return node.children.map((item) => `- ${childrenOf(item)}`).join('\n')
    case 'table':
      return node.children
        .map(({ children }) => children.map((cell) => plainText(cell).trim() || ' ').join(' | '))
        .join('\n')
    case 'thematicBreak':
      return '-- '
    case 'blockquote':
      return childrenOf(node)
    case 'chart':
    case 'html':
      // What is drawn, and what folds.
      return ''
    default:
      return plainText(node)
  }
}

/** In columns: a letter of Chinese, and its marks, take two. */
function widthOf(text: string): number {
  return Array.from(text).reduce(
    (width, letter) => width + (/[\p{Script=Han}\u3000-\u303f\uff00-\uff60]/u.test(letter) ? 2 : 1),
    0,
  )
}

function childrenOf({ children }: Parents): string {
  return children.map((child) => plainText(child)).join('\n')
}
