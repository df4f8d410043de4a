import { DateTime } from 'luxon'
import { weekAfter, weekOf } from '../../metrics/window.ts'
import { weekRule, zone } from './cast.ts'
import { dayMinutes, weekMinutes } from './happening.ts'

/** A digest is posted at nine on a Monday; the rest is time to post it in. */
const digestMinute = 9 * 60
const spareMs = 15 * 60_000

/** The clock of the story: it stands still until it is moved, and at the end runs with the real one. */
export class StoryClock {
  readonly #real: () => Date
  readonly #firstMonday: Date
  #stands: Date | null

  /** The story ends on the last Monday morning that is over, so that nothing in it lies ahead. */
  constructor(real: () => Date, weeks: number) {
    this.#real = real
    const lately = new Date(real().getTime() - digestMinute * 60_000 - spareMs)
    this.#firstMonday = weekAfter(weekOf(lately, weekRule), -weeks).from
    this.#stands = this.#firstMonday
  }

  /** An arrow, since the App and the double are handed it as their only clock. */
  readonly now = (): Date => this.#stands ?? this.#real()

  /** Minutes since the first Monday began, by the clock on the wall: changes of daylight time are left out. */
  moveTo(minutes: number): void {
    const day = Math.floor(minutes / dayMinutes)
    const minute = minutes - day * dayMinutes
    this.#stands = DateTime.fromJSDate(this.#firstMonday, { zone })
      .plus({ days: day })
      .set({ hour: Math.floor(minute / 60), minute: Math.floor(minute % 60) })
      .toJSDate()
  }

  /** When the digest of the week before is posted. */
  moveToDigestOf(week: number): void {
    this.moveTo((week + 1) * weekMinutes + digestMinute)
  }

  runWithRealTime(): void {
    this.#stands = null
  }
}
