import { expect } from 'vitest'
import { readConfiguration } from '../../config/repository.ts'
import { faultInWords } from '../../src/report/configuration-fault.ts'

/** What is wrong in a file, as it is said in English. */
export function problemsOf(text: string) {
  const result = readConfiguration(text, '.github/groundswell.yml')
  const problems = 'problems' in result ? result.problems : []
  return problems.map(({ fault, ...place }) => {
    return { ...place, ...faultInWords(fault, { language: 'en' }) }
  })
}

/** What a person reads first of a file, after line and column. */
function told(text: string): string | undefined {
  const [first] = problemsOf(text).map(
    ({ line, column, message, remedy }) => `${line}:${column} ${message} ${remedy}`,
  )
  return first
}

/** @param words end in an ellipsis where a list goes on */
export function expectTold(text: string, words: string): void {
  const [beginning = '', isCut] = words.endsWith('…') ? [words.slice(0, -1), true] : [words, false]
  expect(isCut ? told(text)?.slice(0, beginning.length) : told(text)).toBe(beginning)
}

/** A mistake, a file with it, and what its writer reads. */
export type Row = [mistake: string, text: string, told: string]
