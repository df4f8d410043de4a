import type { InlineCode, Text } from 'mdast'

/**
 * Text that strangers wrote (titles, logins, directory names) on its way into
 * a body of ours. The Markdown serialiser keeps it from becoming structure;
 * what is done here keeps GitHub's own extras off it, which look at the
 * rendered text and so do not care about escapes: mentions, references to
 * issues and commits, bare links, emoji codes, math and our own commands.
 */

/** Invisible and unbreakable, and no word character: it ends every pattern that GitHub looks for. */
export const joint = '\u2060'

const longest = 120

/** What nobody sees, but a reader that is not a person does. */
const hidden: readonly RegExp[] = [
  /(?!\u200c|\u200d|\ufe0e|\ufe0f)\p{Default_Ignorable_Code_Point}/gu,
  /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u2800\ufff9-\ufffb]/gu,
  // Several scripts and composed emoji need joiners and style selectors; elsewhere they can carry messages.
  /(?<![\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}]|\ufe0f)(?:\u200c|\u200d)/gu,
  /(?:\u200c|\u200d)(?![\p{L}\p{Extended_Pictographic}])/gu,
  /(?<!\p{Emoji})(?:\ufe0e|\ufe0f)/gu,
  // No script piles up more marks on a letter; those who do want to cover the lines around.
  /(?<=\p{M}{8})\p{M}/gu,
]

const comment = /<!--[\s\S]*?-->/g

/** Where a joint goes in, and what for. */
const seams: readonly RegExp[] = [
  /(?<=[@\uff20\ufe6b])/gu, // @mona, owner/repo@sha, e-mail addresses
  /(?<=[#\uff03\ufe5f])(?=[\p{L}\p{N}])/gu, // #12, owner/repo#12
  /(?<=GH-)(?=\d)/gi, // GH-12
  /(?<=:)(?=\/\/)/g, // https://…
  /(?<=www)(?=\.)/gi, // www.…
  /(?<=:)(?=[\w+-]+:)/g, // :tada:
  /(?<=\/)(?=groundswell)/gi, // /groundswell help
  /(?=\$)|(?<=\$)/g, // $math$
  /(?<=\\)(?=\|)/g, // code in a table can hold a bar, and a backslash, but not the two together
  /(?<=[0-9a-f]{6})(?=[0-9a-f])/gi, // commit ids: no run of seven is left
]

/**
 * Text as it will be seen: without comments, control, bidirectional and other
 * invisible characters, on one line, cut at 120 characters. Empty when nothing
 * of it can be seen.
 */
export function visibleText(text: string): string {
  // Nothing after this can reach the first 120 visible characters of an honest text.
  const start = text.slice(0, longest * 20)
  const shown = oneLine(withoutHidden(withoutComments(withoutHidden(oneLine(start)))))
  const characters = Array.from(shown)
  return characters.length <= longest
    ? shown
    : `${characters
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`
}

/** A stranger's text as a Markdown text node that means nothing but itself. */
export function strangerText(text: string, placeholder: string): Text {
  return { type: 'text', value: jointed(text, placeholder) }
}

/** A stranger's name for a place in the code. In code GitHub adds no extras, but replies by e-mail quote it as plain text. */
export function strangerCode(text: string, placeholder: string): InlineCode {
  return { type: 'inlineCode', value: jointed(text, placeholder) }
}

function jointed(text: string, placeholder: string): string {
  const shown = visibleText(text)
  if (shown === '') return placeholder
  return seams.reduce((sewn, seam) => sewn.replace(seam, joint), shown)
}

/** Until none is left: taking one out can make another one whole. */
function withoutComments(text: string): string {
  const without = text.replace(comment, '')
  return without === text ? text : withoutComments(without)
}

function withoutHidden(text: string): string {
  return hidden.reduce((shown, pattern) => shown.replace(pattern, ''), text)
}

function oneLine(text: string): string {
  return text.replace(/[\s\u0085]+/g, ' ').trim()
}
