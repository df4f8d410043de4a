import type { ArchiveImport } from '../report/json/archive-import.ts'

const hourMs = 60 * 60_000

/** Hours that events were stamped in, each with how many. */
export class ArchiveHours {
  /** in all hours together */
  events = 0
  readonly #inHour = new Map<number, number>()

  add(createdAt: string): void {
    this.events += 1
    const hour = Math.floor(Date.parse(createdAt) / hourMs)
    this.#inHour.set(hour, (this.#inHour.get(hour) ?? 0) + 1)
  }

  /** From the first to the last hour, and what is missing between; stragglers of an hour do not stand for it. */
  span(): Pick<ArchiveImport, 'hours' | 'missingHours'> {
    const fullest = [...this.#inHour.values()].reduce((most, events) => Math.max(most, events), 0)
    const there = [...this.#inHour]
      .filter(([, events]) => events * 100 >= fullest)
      .map(([hour]) => hour)
      .toSorted((a, b) => a - b)
    const [first, last] = [there[0], there.at(-1)]
    if (first === undefined || last === undefined) return { hours: null, missingHours: [] }
    return {
      hours: between(first, last + 1),
      missingHours: there.flatMap((hour, index) => {
        const next = there[index + 1] ?? hour + 1
        return next === hour + 1 ? [] : [between(hour + 1, next)]
      }),
    }
  }
}

function between(from: number, to: number): { from: Date; to: Date } {
  return { from: new Date(from * hourMs), to: new Date(to * hourMs) }
}
