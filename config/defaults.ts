import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { parse } from 'yaml'
import type { CompleteConfiguration } from './repository.ts'
import { completeOptions } from './repository-options.ts'

/** The options of `defaults.yml`, which belongs to the program: a fault in it is ours, and is thrown. */
export function readDefaults(): CompleteConfiguration {
  const file = createRequire(import.meta.url).resolve('#defaults.yml')
  return completeOptions.parse(parse(readFileSync(file, 'utf8')))
}
