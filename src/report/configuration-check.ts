import { list, paragraph, phrase, serialise } from './markdown.ts'
import { strangerText } from './stranger-text.ts'

/** Something about one line of a configuration file; `message` may quote it. */
export interface Remark {
  /** from 1 */
  line: number
  message: string
  remedy: string
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

/** The check on the commit that brought a file, or that would bring it once it is merged. */
export function renderConfigurationCheck(
  remarks: Remarks,
  { isProposed }: { isProposed: boolean },
): { conclusion: 'success' | 'neutral' | 'failure'; title: string; summary: string } {
  const standing = standingOf(remarks)
  const { title, summary } = (isProposed ? proposed : arrived)[standing]
  const lines = Object.values(remarks).flat().map(remarkLine)
  return {
    conclusion: conclusions[standing],
    title,
    summary: serialise([paragraph(summary), ...(lines.length === 0 ? [] : [list(lines)])]),
  }
}

/** A pull request is by anybody, and so is what is quoted of it. */
function remarkLine({ line, message, remedy }: Remark) {
  return phrase`Line ${String(line)}: ${strangerText(message, words.unseen)} ${strangerText(remedy, '')}`
}

type Standing = keyof typeof conclusions

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
} as const

const words = { unseen: 'This cannot be shown.' }

type Words = Record<Standing, { title: string; summary: string }>

const arrived: Words = {
  invalid: {
    title: 'The configuration is not in force',
    summary: 'Until this is mended, what was valid before stays in force.',
  },
  incomplete: {
    title: 'The digest cannot go everywhere',
    summary: 'The configuration is in force. These places are passed over:',
  },
  oldFashioned: {
    title: 'The configuration is valid, in an old spelling',
    summary: 'It is in force from now on. This is read as it is meant, and better respelt:',
  },
  valid: { title: 'The configuration is valid', summary: 'It is in force from now on.' },
}

const proposed: Words = {
  invalid: {
    title: 'The configuration would not be in force',
    summary: 'Merged like this it would change nothing: what is valid now would stay in force.',
  },
  incomplete: {
    title: 'The digest could not go everywhere',
    summary: 'It would be in force once it is merged. These places would be passed over:',
  },
  oldFashioned: {
    title: 'The configuration is valid, in an old spelling',
    summary: 'It will be in force once it is merged. This is understood, and better respelt:',
  },
  valid: {
    title: 'The configuration is valid',
    summary: 'It will be in force once it is merged.',
  },
}
