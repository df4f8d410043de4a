/** Whoever commits sets the clock, and a year of six digits is possible; no database takes it. */
export function commitInstant(instant: Date): Date {
  return new Date(Math.min(Math.max(instant.getTime(), 0), Date.UTC(9999, 0)))
}
