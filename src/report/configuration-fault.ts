import type { Fault as FaultOfFile } from '../../config/fault.ts'
import type { Place } from './place.ts'
import { wordsOf } from './words/language.ts'

/** What keeps a file from being read, or what it says from being done in its repository. */
export type Fault =
  | FaultOfFile
  /** `to`: a place of `digest.to`; `offered`: those that the repository may use instead */
  | { code: 'no such channel'; to: string; offered: readonly string[] }
  | { code: 'not for private'; to: string }
  /** `path` in `.github` of `owner` is where it belongs */
  | { code: 'roll-up here'; owner: string; path: string }
  | { code: 'no roll-up there'; owner: string; name: string }

/** What is wrong, which may quote the file, and what to do about it, which does not. */
export interface Said {
  message: string
  remedy: string
}

type There = Pick<Place, 'language'>

/** A fault in sentences, for a place or for the log. */
export function faultInWords(fault: Fault, there: There): Said {
  const { faults } = wordsOf(there).configuration
  const say = faults[fault.code] as (of: Fault) => Said // as: the entry of its own code
  return say(fault)
}

/** The same as one line. */
export function faultInLine(fault: Fault, there: There): string {
  const { message, remedy } = faultInWords(fault, there)
  return [message, remedy].join(wordsOf(there).formats.between)
}
