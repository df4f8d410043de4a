import { IANAZone } from 'luxon'
import { nearest } from './nearest.ts'

const zones: readonly string[] = Intl.supportedValuesOf('timeZone')

/** Offsets such as `+02:00`, which some versions of Node take, have no summer time and are none. */
export function isTimeZone(name: string): boolean {
  return /^[A-Za-z]/.test(name) && IANAZone.isValidZone(name)
}

/** What somebody who wrote no zone most likely meant. */
export function nearestZone(text: string): string | null {
  return zoneMeant(text) ?? nearest(text, zones)
}

/** The zone of the list that a text names in another case, or by its city alone; null: that cannot be told. */
export function zoneMeant(text: string): string | null {
  const wanted = plain(text)
  const [only, ...others] = zones.filter(
    (zone) => plain(zone) === wanted || plain(zone.slice(zone.lastIndexOf('/') + 1)) === wanted,
  )
  return only !== undefined && others.length === 0 ? only : null
}

function plain(name: string): string {
  return name.trim().toLowerCase().replaceAll(/[ _]+/g, '_')
}
