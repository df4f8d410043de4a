import { DateTime } from 'luxon'
import type { RepositoryConfiguration } from '../config/repository.ts'

type Configuration = Pick<RepositoryConfiguration, 'quietHours' | 'timezone'>

const minuteMs = 60_000

/**
 * When the quiet hours end in which an instant lies; null: it lies in none.
 * The clock on the wall decides, also where it is turned meanwhile.
 */
export function quietUntil(instant: Date, { quietHours, timezone }: Configuration): Date | null {
  if (quietHours === null) return null
  const [from, to] = [minutesOf(quietHours.from), minutesOf(quietHours.to)]
  const isQuiet = (at: DateTime) => {
    const minutes = at.hour * 60 + at.minute
    return from < to ? minutes >= from && minutes < to : minutes >= from || minutes < to
  }
  let at = DateTime.fromJSDate(instant, { zone: timezone })
  if (!isQuiet(at)) return null
  // Minute by minute: where the clock is turned, an end can come twice or not at all.
  at = at.startOf('minute')
  while (isQuiet(at)) at = at.plus(minuteMs)
  return at.toJSDate()
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}
