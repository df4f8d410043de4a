import type { Database } from '../store/database.ts'
import { type IncomingDelivery, keepDeliveries } from '../store/deliveries.ts'

/** How long the first delivery of a group waits for others: one commit then serves them all. */
const gatherMs = 3
/** GitHub has given up by then, and one lost connection must not hold up all that come after. */
const defaultKeepWithinMs = 8_000
const mostInOneGroup = 500
/** Together at most this much text in one statement. */
const mostBytesInOneGroup = 8 * 1024 * 1024

interface Waiting {
  delivery: IncomingDelivery
  kept(): void
  failed(error: unknown): void
}

/**
 * Keeps deliveries in groups: a commit costs the same for one as for many.
 * `afterKept` is told the GUIDs once they are durable; nobody waits for it.
 */
export class Inbox {
  readonly #db: Database
  readonly #afterKept: (guids: string[]) => void
  readonly #keepWithinMs: number
  #waiting: Waiting[] = []
  #timer: NodeJS.Timeout | null = null
  #writing: Promise<void> = Promise.resolve()

  constructor(
    db: Database,
    afterKept: (guids: string[]) => void,
    { keepWithinMs = defaultKeepWithinMs } = {},
  ) {
    this.#db = db
    this.#afterKept = afterKept
    this.#keepWithinMs = keepWithinMs
  }

  /** Resolves when the delivery is durable; rejects when the database did not take it. */
  keep(delivery: IncomingDelivery): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ delivery, kept: resolve, failed: reject })
      this.#timer ??= setTimeout(() => this.#flush(), gatherMs)
    })
  }

  /** Waits until everything handed in is kept or refused. */
  async drain(): Promise<void> {
    if (this.#timer !== null) this.#flush()
    await this.#writing
  }

  #flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    const groups = inGroups(this.#waiting)
    this.#waiting = []
    for (const group of groups) {
      this.#writing = this.#writing.then(() => this.#write(group))
    }
  }

  async #write(group: readonly Waiting[]): Promise<void> {
    const deliveries = group.map(({ delivery }) => delivery)
    try {
      await within(this.#keepWithinMs, keepDeliveries(this.#db, deliveries))
    } catch (error) {
      for (const { failed } of group) failed(error)
      return
    }
    for (const { kept } of group) kept()
    this.#afterKept(deliveries.map(({ guid }) => guid))
  }
}

async function within(ms: number, kept: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The database took too long')), ms)
  })
  await Promise.race([kept, late]).finally(() => clearTimeout(timer))
}

function inGroups(waiting: readonly Waiting[]): Waiting[][] {
  const groups: Waiting[][] = []
  let bytes = 0
  for (const one of waiting) {
    const group = groups.at(-1)
    bytes += one.delivery.body.length
    if (group === undefined || group.length === mostInOneGroup || bytes > mostBytesInOneGroup) {
      groups.push([one])
      bytes = one.delivery.body.length
    } else group.push(one)
  }
  return groups
}
