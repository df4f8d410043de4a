import { type Fault, faultInLine, faultInWords } from './configuration-fault.ts'
import { type Inline, list, paragraph, serialise } from './markdown.ts'
import type { Place } from './place.ts'
import { strangerText } from './stranger-text.ts'
import { type Words, wordsOf } from './words/language.ts'

/** Something about one line of a configuration file. */
export interface Remark {
  /** from 1 */
  line: number
  fault: Fault
}

/** What there is to say about a file. */
export interface Remarks {
  /** why it is not in force */
  problems: readonly Remark[]
  /** what is in force and cannot work */
  shortcomings: readonly Remark[]
  /** what is in an old spelling, and read all the same */
  notices: readonly Remark[]
}

type There = Pick<Place, 'language'>

interface RenderedCheck {
  conclusion: 'success' | 'neutral' | 'failure'
  title: string
  /** Markdown */
  summary: string
  /** what GitHub shows beside the lines, as plain text */
  problems: { line: number; message: string }[]
}

/** The check on the commit that brought a file, or that would bring it once it is merged. */
export function renderConfigurationCheck(
  remarks: Remarks,
  { isProposed }: { isProposed: boolean },
  there: There,
): RenderedCheck {
  const { problems, shortcomings, notices } = remarks
  const all = [...problems, ...shortcomings, ...notices]
  const standing = standingOf(remarks)
  const { title, summary } =
    wordsOf(there).configuration[isProposed ? 'proposed' : 'arrived'][standing]
  const lines = all.map((remark) => remarkLine(remark, there))
  return {
    conclusion: conclusions[standing],
    title,
    summary: serialise([paragraph(summary), ...(lines.length === 0 ? [] : [list(lines)])]),
    problems: all.map(({ line, fault }) => ({ line, message: faultInLine(fault, there) })),
  }
}

/** A remark as one line of text, for the status; `file` names it where it is not the repository's own. */
export function remarkInLine({ line, fault }: Remark, file: string | null, there: There): string {
  return wordsOf(there).configuration.standing(file, line, faultInLine(fault, there))
}

/**
 * A pull request is by anybody, and so is what is quoted of it. What to do quotes
 * nothing of it, and stands as it can be copied.
 */
function remarkLine({ line, fault }: Remark, there: There): Inline {
  const { configuration: words } = wordsOf(there)
  const { message, remedy } = faultInWords(fault, there)
  return words.remark(line, strangerText(message, words.unseen), remedy)
}

type Standing = keyof Words['configuration']['arrived']

function standingOf({ problems, shortcomings, notices }: Remarks): Standing {
  if (problems.length > 0) return 'invalid'
  if (shortcomings.length > 0) return 'incomplete'
  return notices.length > 0 ? 'oldFashioned' : 'valid'
}

const conclusions = {
  invalid: 'failure',
  incomplete: 'failure',
  oldFashioned: 'neutral',
  valid: 'success',
} as const satisfies Record<Standing, unknown>
