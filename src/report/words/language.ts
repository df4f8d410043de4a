import { english } from './en/index.ts'
import { chinese } from './zh-cn/index.ts'

/** The languages that reports are written in, by their BCP 47 names. */
export type Language = 'en' | 'zh-CN'

/** Every sentence for people, with its plurals, and how numbers and days are written. */
export type Words = typeof english

const words: Record<Language, Words> = { en: english, 'zh-CN': chinese }

/** The words of the language that a text is written in. */
export function wordsOf({ language }: { language: Language }): Words {
  return words[language]
}
