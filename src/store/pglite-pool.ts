import { EventEmitter, once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'

/**
 * A `pg.Pool` over an embedded PGlite, for Kysely and BullMQ alike. PGlite has
 * one session, so a transaction holds it from BEGIN to COMMIT and everybody
 * else waits for their turn.
 */

type Values = readonly unknown[]
interface QueryResult {
  rows: unknown[]
  rowCount: number
  /** the statement's first word, from which Kysely knows what `rowCount` counts */
  command: string
}

const Message = z.union([
  z.object({ ready: z.literal(true) }),
  z.object({ channel: z.string(), payload: z.string() }),
  z.object({ id: z.number(), result: z.unknown() }),
  z.object({ id: z.number(), error: z.looseObject({ message: z.string() }) }),
])

/** The embedded database: one PGlite in its thread, and pools that share it. */
export class EmbeddedDatabase {
  readonly notifications = new EventEmitter().setMaxListeners(0)
  readonly #thread: Worker
  readonly #waiting = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (error: Error) => void }
  >()
  readonly #listened = new Set<string>()
  #lastId = 0
  #isTaken = false
  readonly #line: { urgent: (() => void)[]; patient: (() => void)[] } = { urgent: [], patient: [] }
  #closed = false

  private constructor(thread: Worker) {
    this.#thread = thread
    thread.on('message', (message) => this.#receive(Message.parse(message)))
    thread.on('error', (error) => this.#failAll(error))
    thread.on('exit', () => this.#failAll(new Error('The embedded database stopped')))
  }

  /** Opens a folder, or a database in memory that is gone when it is closed (null). */
  static async open(dataDir: string | null): Promise<EmbeddedDatabase> {
    const thread = new Worker(new URL('./pglite-thread.js', import.meta.url), {
      workerData: { dataDir },
    })
    await once(thread, 'message')
    return new EmbeddedDatabase(thread)
  }

  /**
   * `int8: 'string'` answers as node-postgres does, for BullMQ. `urgent` queries
   * go before all others that wait: GitHub is on the line, and everybody else is not.
   */
  pool(int8: 'number' | 'string' = 'number', { urgent = false } = {}): EmbeddedPool {
    return new EmbeddedPool(this, { int8, urgent })
  }

  /** Waits for the session; call the returned function, once, to give it back. */
  async takeTurn(urgent: boolean): Promise<() => void> {
    if (this.#isTaken) {
      const line = urgent ? this.#line.urgent : this.#line.patient
      await new Promise<void>((resolve) => line.push(resolve))
    }
    this.#isTaken = true
    return () => {
      const next = this.#line.urgent.shift() ?? this.#line.patient.shift()
      // The session goes from hand to hand: nobody can slip in between.
      if (next === undefined) this.#isTaken = false
      else next()
    }
  }

  async query(text: string, values: Values | undefined, int8: 'number' | 'string') {
    // as: made by pglite-thread.js
    const result = (await this.#ask({ text, values, int8 })) as Omit<QueryResult, 'command'>
    return { ...result, command: commandOf(text) }
  }

  /** Once a channel, however many listen: each time would bring every notification once more. */
  async listen(channel: string): Promise<void> {
    if (this.#listened.has(channel)) return
    this.#listened.add(channel)
    await this.#ask({ listen: channel })
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    const giveBack = await this.takeTurn(false)
    await this.#ask({ close: true }).catch(() => {})
    giveBack()
    await this.#thread.terminate()
  }

  #ask(request: object): Promise<unknown> {
    this.#lastId += 1
    const id = this.#lastId
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#thread.postMessage({ id, ...request })
    })
  }

  #receive(message: z.infer<typeof Message>): void {
    if ('ready' in message) return
    if ('channel' in message) {
      this.notifications.emit('notification', message)
      return
    }
    const waiting = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    if ('error' in message) {
      waiting?.reject(Object.assign(new Error(message.error.message), message.error))
    } else waiting?.resolve(message.result)
  }

  #failAll(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}

const commandOf = (text: string): string => /\w+/.exec(text)?.[0].toUpperCase() ?? ''
const begins = /^\s*(begin|start\s+transaction)\b/i
const ends = /^\s*(commit|end|rollback(?!\s+to\b)(?!\s+transaction\s+to\b))\b/i
/** BullMQ's statement opens with comment lines. */
const listens = /^(?:\s*--.*\n)*\s*listen\s+"?([^"\s;]+)"?/i

/** How a pool's queries are answered, and when. */
interface Ways {
  int8: 'number' | 'string'
  urgent: boolean
}

/** One checked-out client; the session is its own between BEGIN and COMMIT. */
export class EmbeddedClient extends EventEmitter {
  readonly #database: EmbeddedDatabase
  readonly #ways: Ways
  readonly #channels = new Set<string>()
  #giveBack: (() => void) | null = null

  constructor(database: EmbeddedDatabase, ways: Ways) {
    super()
    this.#database = database
    this.#ways = ways
    database.notifications.on('notification', this.#forward)
  }

  async query(text: string, values?: Values): Promise<QueryResult> {
    const [, channel] = listens.exec(text) ?? []
    if (channel !== undefined) {
      this.#channels.add(channel)
      await this.#database.listen(channel)
      return { rows: [], rowCount: 0, command: 'LISTEN' }
    }
    const giveBack = this.#giveBack ?? (await this.#database.takeTurn(this.#ways.urgent))
    if (begins.test(text)) this.#giveBack = giveBack
    try {
      return await this.#database.query(text, values, this.#ways.int8)
    } finally {
      if (ends.test(text)) this.#giveBack = null
      if (this.#giveBack === null) giveBack()
    }
  }

  release(): void {
    this.#database.notifications.off('notification', this.#forward)
    if (this.#giveBack !== null) void this.query('ROLLBACK').catch(() => {})
  }

  #forward = (notification: { channel: string; payload: string }): void => {
    if (this.#channels.has(notification.channel)) this.emit('notification', notification)
  }
}

/** The part of `pg.Pool` that Kysely and BullMQ use. */
export class EmbeddedPool extends EventEmitter {
  /** BullMQ reads it: a listener in this process cannot be dropped silently. */
  readonly options = { keepAlive: true }
  readonly #database: EmbeddedDatabase
  readonly #ways: Ways

  constructor(database: EmbeddedDatabase, ways: Ways) {
    super()
    this.setMaxListeners(0)
    this.#database = database
    this.#ways = ways
  }

  async connect(): Promise<EmbeddedClient> {
    return new EmbeddedClient(this.#database, this.#ways)
  }

  async query(text: string, values?: Values): Promise<QueryResult> {
    const client = await this.connect()
    try {
      return await client.query(text, values)
    } finally {
      client.release()
    }
  }

  /** The database outlives its pools; whoever opened it closes it. */
  async end(): Promise<void> {}
}
