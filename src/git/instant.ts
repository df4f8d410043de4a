/** What a Date can hold, with room for the end of a window; git takes years beyond it. */
const latest = 8.64e15 - 86_400_000

/** A time as git writes it, in seconds; a year that a Date cannot hold becomes the last or first one that it can. */
export function instantOf(seconds: string): Date {
  return new Date(Math.max(-latest, Math.min(latest, Number(seconds) * 1000)))
}
