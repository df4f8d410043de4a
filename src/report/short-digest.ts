import type { List, RootContent, Table } from 'mdast'
import type { DigestContent } from './digest.ts'
import { join, list } from './markdown.ts'
import { type Language, wordsOf } from './words/language.ts'

/** A digest for places where people chat: what changed and who waits. */
export interface ShortDigest {
  language: Language
  title: string
  /** where the whole of it is */
  url: string
  /** the most important first */
  sections: RootContent[][]
  /** something did not fit and is only in the whole */
  shortened: boolean
}

export function shortDigest(
  title: string,
  content: Pick<DigestContent, 'language' | 'beginning' | 'headlines' | 'waiting'>,
  url: string,
): ShortDigest {
  const { language, beginning, headlines, waiting } = content
  const { aside } = wordsOf(content).formats
  const told = [[...beginning, ...headlines], waiting.map((node) => tableAsList(node, aside))]
  const sections = told.filter(({ length }) => length > 0)
  return { language, title, url, sections, shortened: false }
}

/** Leaves out whole sections, the last one first, until a place takes what is written. */
export function fitting<Message>(
  digest: ShortDigest,
  write: (digest: ShortDigest) => Message,
  fits: (message: Message) => boolean,
): Message {
  const message = write(digest)
  if (digest.sections.length === 0 || fits(message)) return message
  const sections = digest.sections.slice(0, -1)
  return fitting({ ...digest, sections, shortened: true }, write, fits)
}

/** Chats have no tables: each row is a line, without the row of headings. */
function tableAsList(node: RootContent, between: string): Table | List | RootContent {
  if (node.type !== 'table') return node
  return list(
    node.children.slice(1).map((row) =>
      join(
        row.children.map(({ children }) => children),
        between,
      ),
    ),
  )
}
