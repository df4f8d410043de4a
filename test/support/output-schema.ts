import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'vitest'

/**
 * Fails unless a command's JSON is what `docs/schemas` publishes for it, with
 * nothing in it that the schema does not name.
 * @param printed as text, or as the value that would be printed
 */
export function expectPublished(command: string, printed: unknown): void {
  const file = new URL(`../../docs/schemas/${command}.json`, import.meta.url)
  const schema: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const output: unknown =
    typeof printed === 'string' ? JSON.parse(printed) : JSON.parse(JSON.stringify(printed))
  const ajv = new Ajv2020({ allErrors: true, formats: { 'date-time': isInstant } })
  const validate = ajv.compile(Object(closed(schema)))
  validate(output)
  expect(validate.errors ?? []).toEqual([])
}

function isInstant(text: string): boolean {
  return new Date(text).toISOString() === text
}

/** The same schema, but of objects that have no other fields. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const parts = Object.entries(schema).map(([key, value]) => [key, closed(value)])
  const same = Object.fromEntries(parts)
  return 'properties' in schema && 'type' in schema
    ? { ...same, additionalProperties: false }
    : same
}
