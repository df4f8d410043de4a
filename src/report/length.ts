import type { RootContent } from 'mdast'
import { serialise } from './markdown.ts'

/** A part of a body that can be left out when the body gets too long. */
export interface Section {
  /** how a reader knows it; named when it is left out. Null: never left out */
  name: string | null
  /** the least important goes first */
  importance: number
  content: RootContent[]
}

/** GitHub refuses a body over 65,536 characters; how it counts is not documented, so both ways are kept below it. */
export interface Limit {
  /** UTF-16 code units */
  characters: number
  /** in UTF-8 */
  bytes: number
}

const bodyLimit: Limit = { characters: 60_000, bytes: 65_000 }

/**
 * Sections as one Markdown body that GitHub accepts. Sections are left out,
 * the least important first, until it fits; `leftOut` says so in their place.
 */
export function withinLimit(
  sections: readonly Section[],
  leftOut: (names: string[]) => RootContent,
  limit: Limit = bodyLimit,
): string {
  const expendable = sections
    .filter(({ name }) => name !== null)
    .toSorted((a, b) => a.importance - b.importance)
  for (let count = 0; ; count += 1) {
    const dropped = new Set(expendable.slice(0, count))
    const kept = sections.filter((section) => !dropped.has(section))
    const names = sections.flatMap((section) =>
      dropped.has(section) && section.name !== null ? [section.name] : [],
    )
    const body = serialise(withNote(kept, names.length === 0 ? [] : [leftOut(names)]))
    if (count >= expendable.length || isWithin(body, limit)) return body
  }
}

/** The note stands before the last section, which is the small print. */
function withNote(kept: readonly Section[], note: RootContent[]): RootContent[] {
  return kept.flatMap(({ content }, index) =>
    index === kept.length - 1 ? [...note, ...content] : content,
  )
}

function isWithin(body: string, { characters, bytes }: Limit): boolean {
  return body.length <= characters && Buffer.byteLength(body) <= bytes
}
