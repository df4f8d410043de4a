export type Json = Record<string, unknown>

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Keywords that say nothing about validity, or nothing that JSON Schema knows. */
const silent = new Set([
  ...['description', 'example', 'examples', 'title', 'default', 'deprecated'],
  ...['discriminator', 'externalDocs', 'nullable'],
])

/**
 * An OpenAPI 3.0 schema as JSON Schema: `nullable` becomes a type of its own,
 * and references lead into the document that is registered as `github`.
 */
export function toJsonSchema(schema: unknown): Json {
  if (!isObject(schema)) return {}
  if (typeof schema.$ref === 'string') return { $ref: schema.$ref.replace(/^#/, 'github#') }
  const kept: Json = {}
  for (const [key, value] of Object.entries(schema)) {
    if (silent.has(key) || key.startsWith('x-')) continue
    kept[key] = keyword(key, value)
  }
  return schema.nullable === true ? { anyOf: [kept, { type: 'null' }] } : kept
}

/** A table of schemas by name; a name may be a keyword too. */
export function toJsonSchemas(table: unknown): Json {
  if (!isObject(table)) return {}
  return Object.fromEntries(
    Object.entries(table).map(([name, schema]) => [name, toJsonSchema(schema)]),
  )
}

function keyword(key: string, value: unknown): unknown {
  if (key === 'properties') return toJsonSchemas(value)
  if (['oneOf', 'anyOf', 'allOf'].includes(key) && Array.isArray(value)) {
    return value.map(toJsonSchema)
  }
  return ['items', 'not', 'additionalProperties'].includes(key) && isObject(value)
    ? toJsonSchema(value)
    : value
}
