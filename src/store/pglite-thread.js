/**
 * The thread that PGlite lives in. PGlite runs wherever it is called, and one
 * aggregate over millions of rows would hold the event loop for seconds; here
 * it holds only this thread. Plain JavaScript, since a worker thread loads its
 * file as it is, from the sources in tests and from the build in production.
 *
 * @typedef {{ id: number, text: string, values?: unknown[] | undefined, int8: 'number' | 'string' }} QueryRequest
 * @typedef {{ id: number, listen: string } | { id: number, close: true } | QueryRequest} Request
 */

import { parentPort, workerData } from 'node:worker_threads'
import { PGlite, types } from '@electric-sql/pglite'

/** `null` keeps the database in memory, for tests. @type {{ dataDir: string | null }} */
const { dataDir } = workerData
const port = parentPort
if (port === null) throw new Error('pglite-thread.js only runs as a worker thread')

const db = await PGlite.create(dataDir === null ? {} : { dataDir })
/** Our ids fit in a double; BullMQ expects what node-postgres gives. */
const int8Parsers = { number: { [types.INT8]: Number }, string: { [types.INT8]: String } }

/** @param {Request} request */
async function answer(request) {
  if ('listen' in request) {
    await db.listen(request.listen, (payload) =>
      port?.postMessage({ channel: request.listen, payload }),
    )
    return null
  }
  if ('close' in request) return db.close()
  const options = { parsers: int8Parsers[request.int8] }
  if (request.values !== undefined && request.values.length > 0) {
    const { rows, affectedRows, fields } = await db.query(request.text, request.values, options)
    return { rows, rowCount: fields.length > 0 ? rows.length : (affectedRows ?? 0) }
  }
  // Several statements in one text are allowed only without values, as in node-postgres.
  const last = (await db.exec(request.text, options)).at(-1)
  if (last === undefined) return { rows: [], rowCount: 0 }
  return {
    rows: last.rows,
    rowCount: last.fields.length > 0 ? last.rows.length : (last.affectedRows ?? 0),
  }
}

port.on('message', async (/** @type {Request} */ request) => {
  try {
    port.postMessage({ id: request.id, result: await answer(request) })
  } catch (error) {
    // Errors lose their fields on the way through a port, and callers decide by `code`.
    const { message, code, detail, constraint } = /** @type {Record<string, string>} */ (
      /** @type {unknown} */ (error)
    )
    port.postMessage({ id: request.id, error: { message, code, detail, constraint } })
  }
})
port.postMessage({ ready: true })
