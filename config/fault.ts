import type { Rule } from './rule.ts'
import type { YamlMistake } from './yaml-mistake.ts'

/**
 * What is wrong in a configuration file, in no language: `src/report` says it.
 * Texts are excerpts of the file, as a person finds them there.
 */
export type Fault =
  | UnreadableFile
  /** `option` null: the file itself; `isEntry`: what is bad is one of a list */
  | {
      code: 'bad value'
      option: string | null
      isEntry: boolean
      given: Given
      hint: Hint | null
      rule: Rule
    }
  /** `known`: the names that may stand there instead */
  | { code: 'unknown option'; option: string; guess: string | null; known: readonly string[] }
  | { code: 'merge key' }
  /** `isBoth`: the file gives the new name, too, and that one counts */
  | { code: 'old name'; old: string; now: string; isBoth: boolean }
  | { code: 'old spelling'; option: string; given: Given; proper: string }

/** Why a text is not the YAML that we read. */
export type UnreadableFile =
  /** `most`: `64 KB` */
  | { code: 'too large'; most: string }
  | { code: 'not text' }
  | { code: 'not UTF-8' }
  | { code: 'too deep' }
  | { code: 'too much' }
  | { code: 'aliases' }
  | { code: 'another YAML'; version: string }
  | { code: 'syntax'; mistake: YamlMistake }

export type Given =
  | { is: 'nothing' | 'an empty list' | 'a list' | 'options' }
  | { is: 'text' | 'other'; shown: string }

/** What somebody probably meant. */
export type Hint = 'quotes' | { guess: string }
