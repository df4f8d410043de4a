import { z } from 'zod'

/**
 * A body that is not what its event's name promises. GitHub signs the body
 * only, not the event header, so a signed body may still arrive under the
 * wrong name. The message names paths, never values: they are strangers' text.
 */
export class PayloadMismatch extends Error {
  override readonly name = 'PayloadMismatch'
}

/** The fields of `schema` in `payload`; other fields are ignored. Throws PayloadMismatch. */
export function parsePayload<Schema extends z.ZodType>(
  event: string,
  schema: Schema,
  payload: unknown,
): z.output<Schema> {
  const result = schema.safeParse(payload)
  if (result.success) return result.data
  const faults = result.error.issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.length > 0 ? path.join('.') : 'payload'}: ${message}`)
  throw new PayloadMismatch(`This is not the payload of a "${event}" event. ${faults.join('; ')}`)
}

/** ISO 8601, or seconds since 1970 as pushes and installations have it. */
export const Instant = z.union([z.string(), z.number()]).transform((value, context) => {
  const instant = new Date(typeof value === 'number' ? value * 1000 : value)
  if (!Number.isNaN(instant.getTime())) return instant
  context.addIssue('Invalid input: expected an instant')
  return z.NEVER
})
