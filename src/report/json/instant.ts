import { z } from 'zod'

/** A Date in the program; in JSON the ISO 8601 text that JSON.stringify makes of it. */
export const Instant = z.codec(z.string().meta({ format: 'date-time' }), z.date(), {
  decode: (text) => new Date(text),
  encode: (instant) => instant.toISOString(),
})
