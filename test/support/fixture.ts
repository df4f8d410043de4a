import { readFileSync } from 'node:fs'
import type { Delivery } from './builders.ts'

/** A payload cut by hand, `<event>.<action>[.<situation>]` in test/fixtures. */
export function fixture(name: string): Delivery {
  const file = new URL(`../fixtures/${name}.json`, import.meta.url)
  const [event = ''] = name.split('.')
  return { event, payload: JSON.parse(readFileSync(file, 'utf8')) }
}
